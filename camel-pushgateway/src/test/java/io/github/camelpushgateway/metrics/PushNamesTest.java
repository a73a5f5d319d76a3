package io.github.camelpushgateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.StateSet;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The names of one push with each scheme. */
class PushNamesTest {

    @ParameterizedTest
    @CsvSource({
        "UNDERSCORES,http_server_duration,service_name",
        "DOTS,http_dot_server_dot_duration,service_dot_name",
        "VALUES,U__http_2e_server_2e_duration,U__service_2e_name",
        "UTF8,U__http_2e_server_2e_duration,U__service_2e_name",
    })
    void namesOfValuesAreEscaped(Escaping escaping, String metric, String label) {
        MetricsBuilder metrics = new MetricsBuilder(Map.of("service.name", "shop"), new PushNames(escaping));
        metrics.metric("http.server.duration", MetricType.GAUGE, null, 1);

        MetricSnapshot family = metrics.build().get(0);
        assertThat(ExposedNames.nameOf(family)).isEqualTo(metric);
        assertThat(family.getDataPoints().get(0).getLabels().get(label)).isEqualTo("shop");
    }

    /** The suffix belongs to the name that is escaped, as in the families of a gateway. */
    @ParameterizedTest
    @CsvSource({
        "UNDERSCORES,http.requests,http_requests_total",
        "UNDERSCORES,http.requests.total,http_requests_total",
        "UNDERSCORES,http.requests_total,http_requests_total",
        "DOTS,http.requests,http_dot_requests__total",
        "DOTS,rows_total,rows__total",
        "DOTS,http.requests.total,http_dot_requests_dot_total",
        "VALUES,http.requests,U__http_2e_requests__total",
        "VALUES,rows,rows_total",
        "UTF8,http.requests.total,U__http_2e_requests_2e_total",
    })
    void countersHaveExactlyOneSuffix(Escaping escaping, String name, String exposed) {
        MetricsBuilder metrics = new MetricsBuilder(Map.of(), new PushNames(escaping));
        metrics.metric(name, MetricType.COUNTER, null, 1);
        MetricsBuilder registered = new MetricsBuilder(Map.of(), new PushNames(escaping));
        registered.snapshots(
                MetricSnapshots.of(Counter.builder().name(name).build().collect()));

        assertThat(ExposedNames.nameOf(metrics.build().get(0))).isEqualTo(exposed);
        assertThat(metrics.build().get(0)).isInstanceOf(CounterSnapshot.class).isNotInstanceOf(UnsuffixedCounter.class);
        if (!name.endsWith(".total")) {
            // client_java removes this suffix
            assertThat(ExposedNames.nameOf(registered.build().get(0))).isEqualTo(exposed);
        }
    }

    @Test
    void namesOfRegistryAreEscaped() {
        PrometheusRegistry registry = new PrometheusRegistry();
        Histogram.builder()
                .name("http.duration")
                .labelNames("service.name")
                .classicOnly()
                .register(registry)
                .labelValues("shop")
                .observe(1);
        Info.builder()
                .name("build")
                .labelNames("vcs.revision")
                .register(registry)
                .addLabelValues("1");
        Counter.builder()
                .name("rows")
                .labelNames("region")
                .register(registry)
                .labelValues("eu")
                .inc();

        MetricSnapshots escaped = new PushNames(Escaping.VALUES).metrics(registry.scrape());

        Map<String, String> labels = new TreeMap<>();
        for (MetricSnapshot family : escaped) {
            labels.put(
                    ExposedNames.nameOf(family),
                    family.getDataPoints().get(0).getLabels().getName(0));
        }
        assertThat(labels)
                .isEqualTo(Map.of(
                        "U__http_2e_duration",
                        "U__service_2e_name",
                        "build_info",
                        "U__vcs_2e_revision",
                        "rows_total",
                        "region"));
    }

    @Test
    void metricsThatBecomeOneAreRejected() {
        assertThatThrownBy(() -> metrics(Escaping.UNDERSCORES, "a.b", "a_b"))
                .hasMessage("the metrics 'a.b' and 'a_b' would both be sent as 'a_b' with escaping=underscores;"
                        + " rename one of them");
        assertThatThrownBy(() -> metrics(Escaping.DOTS, "a-b", "a/b")).hasMessageContaining("'a-b' and 'a/b'");
        assertThatThrownBy(() -> metrics(Escaping.UTF8, "a.b", "a_b"))
                .hasMessage("the metrics 'a.b' and 'a_b' would both be 'a_b' for a Prometheus that does not accept"
                        + " UTF-8 names; rename one of them");
        assertThatCode(() -> metrics(Escaping.VALUES, "a.b", "a_b")).doesNotThrowAnyException();
    }

    private static void metrics(Escaping escaping, String... names) {
        MetricsBuilder metrics = new MetricsBuilder(Map.of(), new PushNames(escaping));
        for (String name : names) {
            metrics.metric(name, MetricType.GAUGE, null, 1);
        }
        metrics.build();
    }

    @ParameterizedTest
    @EnumSource(
            value = Escaping.class,
            names = {"UNDERSCORES", "UTF8"})
    void metricThatBecomesAPartOfAHistogramIsRejected(Escaping escaping) {
        PushNames names = new PushNames(escaping);
        names.metrics(MetricSnapshots.of(
                Histogram.builder().name("http.duration").build().collect()));

        assertThatThrownBy(() -> names.metric("http.duration.count"))
                .hasMessageContaining("'http.duration' and 'http.duration.count' would both be");
    }

    @ParameterizedTest
    @EnumSource(
            value = Escaping.class,
            names = {"UNDERSCORES", "UTF8"})
    void labelsThatBecomeOneAreRejected(Escaping escaping) {
        assertThatThrownBy(() -> new PushNames(escaping).series("rows", Map.of("a.b", "1", "a_b", "2")))
                .hasMessageContaining("'a.b'")
                .hasMessageContaining("'a_b'")
                .hasMessageContaining("of the metric 'rows'");
        assertThatThrownBy(() -> new PushNames(escaping).key(Map.of("a.b", "1", "a-b", "2")))
                .hasMessageContaining("the grouping labels")
                .hasMessageContaining("'a.b'")
                .hasMessageContaining("'a-b'");
        PushNames names = new PushNames(escaping);
        names.key(Map.of("service.name", "shop"));
        assertThatThrownBy(() -> names.series("rows", Map.of("service_name", "x")))
                .hasMessageContaining(
                        "the grouping label 'service.name' and the label 'service_name' of the metric 'rows' would both be");
    }

    @ParameterizedTest
    @EnumSource(value = Escaping.class, names = "REJECT", mode = Mode.EXCLUDE)
    void reservedLabelsAreRejected(Escaping escaping) {
        for (String reserved : List.of("__name__", "__x", "__a.b")) {
            assertThatThrownBy(() -> new PushNames(escaping).key(Map.of(reserved, "x")))
                    .hasMessageContaining("'" + reserved + "' is reserved");
        }
        assertThatThrownBy(() -> new PushNames(escaping).key(Map.of("", "x"))).hasMessageContaining("is empty");
        assertThatThrownBy(() -> new PushNames(escaping).metric("a\uD800.b"))
                .hasMessageContaining("unpaired surrogate");
    }

    @Test
    void labelsThatBecomeReservedAreRejected() {
        assertThatThrownBy(() -> new PushNames(Escaping.UNDERSCORES).key(Map.of("..a", "x")))
                .hasMessageContaining("the label '..a' cannot be escaped with escaping=underscores: the label '__a' is"
                        + " reserved");
        assertThatThrownBy(() -> new PushNames(Escaping.DOTS).key(Map.of("_a", "x")))
                .hasMessageContaining("'__a'");
        assertThatThrownBy(() -> new PushNames(Escaping.DOTS).key(Map.of("U_x", "x")))
                .hasMessageContaining("U__");
        assertThatThrownBy(() -> new PushNames(Escaping.UTF8).key(Map.of("..name..", "x")))
                .hasMessageContaining("'..name..'");
        assertThat(new PushNames(Escaping.UTF8).key(Map.of("状态", "x"))).containsKey("U___72b6__6001_");
    }

    /** The gateway accepts these labels, but then no Prometheus, or none with one of the schemes, can scrape it. */
    @ParameterizedTest
    @CsvSource({"a:b,contains a colon", "a:b.c,contains a colon", "-name-,would be '__name__'"})
    void utf8LabelsThatBreakTheScrapeAreRejected(String label, String reason) {
        PushNames names = new PushNames(Escaping.UTF8);

        assertThatThrownBy(() -> names.series("rows", Map.of(label, "x")))
                .hasMessageContaining("'" + label + "' " + reason);
        assertThatThrownBy(() -> names.key(Map.of(label, "x"))).hasMessageContaining("'" + label + "' " + reason);
        // a group that another client has pushed can be deleted
        assertThat(names.existingKey(Map.of(label, "x"))).hasSize(1);
        assertThatCode(() -> new PushNames(Escaping.VALUES).key(Map.of(label, "x")))
                .doesNotThrowAnyException();
    }

    @Test
    void utf8NamesWithTheCharacterZeroAreRejected() {
        PushNames names = new PushNames(Escaping.UTF8);

        assertThatThrownBy(() -> names.metric("a\0b")).hasMessageContaining("contains the character U+0000");
        assertThatThrownBy(() -> names.key(Map.of("a\0b", "x"))).hasMessageContaining("the name of the label");
        assertThatThrownBy(() -> names.series("rows", Map.of("a\0b", "x"))).hasMessageContaining("U+0000");
    }

    /** A gateway that escapes with dots does not change classic names. */
    @ParameterizedTest
    @CsvSource({"a.b,a_dot_b", "a-b,a__b"})
    void utf8LabelsThatBecomeOneWithDotsAreRejected(String label, String other) {
        assertThatThrownBy(() -> new PushNames(Escaping.UTF8).series("rows", Map.of(label, "1", other, "2")))
                .hasMessageContaining("would both be '" + other + "' for a Prometheus that escapes names with dots");
        PushNames names = new PushNames(Escaping.UTF8);
        names.key(Map.of(label, "x"));
        assertThatThrownBy(() -> names.series("rows", Map.of(other, "x")))
                .hasMessageContaining("the grouping label '" + label + "' and the label '" + other + "'");
    }

    /** A deletion takes such a label for the other name, and a gateway that escapes with values exposes it twice. */
    @ParameterizedTest
    @EnumSource(
            value = Escaping.class,
            names = {"VALUES", "UTF8"})
    void labelsInTheFormOfAnEscapedNameAreRejected(Escaping escaping) {
        PushNames names = new PushNames(escaping);

        assertThatThrownBy(() -> names.key(Map.of("U__a_2e_b", "x")))
                .hasMessageContaining("the label 'U__a_2e_b' is the escaped form of 'a.b'");
        assertThatThrownBy(() -> names.series("rows", Map.of("U__a_2e_b", "x", "a.b", "y")))
                .hasMessageContaining("escaped form");
    }

    @Test
    void groupingLabelThatBecomesTheLabelOfAStateSetIsRejected() {
        PushNames names = new PushNames(Escaping.UTF8);
        names.key(Map.of("a_b", "x"));
        MetricSnapshots states = MetricSnapshots.of(
                StateSet.builder().name("a.b").states("on").build().collect());

        assertThatThrownBy(() -> names.metrics(states))
                .hasMessageContaining("the grouping label 'a_b' and the label 'a.b' of the metric 'a.b'");
    }

    @Test
    void labelsOfExistingGroupsMayBeEscaped() {
        PushNames names = new PushNames(Escaping.UTF8);

        assertThat(names.existingKey(Map.of("U__service_2e_name", "a", "cloud.region", "b")))
                .isEqualTo(Map.of("U__service_2e_name", "a", "U__cloud_2e_region", "b"));
        assertThatThrownBy(() -> names.existingKey(Map.of("U__a_2e_b", "a", "a.b", "b")))
                .hasMessageContaining("given twice");
    }

    @Test
    void filterMatchesOriginalNames() {
        PushNames names = new PushNames(Escaping.UNDERSCORES);
        MetricSnapshots metrics = MetricSnapshots.of(
                ValueSnapshots.of(MetricType.GAUGE, names.metric("http.rows"), null, Map.of()),
                ValueSnapshots.of(MetricType.COUNTER, names.metric("http.sent_total"), null, Map.of()),
                ValueSnapshots.of(MetricType.GAUGE, names.metric("other"), null, Map.of()));

        assertThat(MetricFilter.of("http.*").keep(metrics, names).size()).isEqualTo(2);
        assertThat(MetricFilter.of("http.sent").keep(metrics, names).size()).isEqualTo(1);
        assertThat(MetricFilter.of("http_*").keep(metrics, names).size()).isZero();
    }
}
