package io.github.camelpushgateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MetricsBuilderTest {

    private final MetricsBuilder metrics = new MetricsBuilder(Map.of("stage", "load"));

    @Test
    void buildsGaugeWithDefaultLabels() {
        metrics.metric("rows", MetricType.GAUGE, "Rows read.", 42);

        assertThat(text(metrics)).isEqualTo("""
                        # HELP rows Rows read.
                        # TYPE rows gauge
                        rows{stage="load"} 42.0
                        """);
    }

    @Test
    void counterNameEndsWithExactlyOneTotal() {
        metrics.metric("rows", MetricType.COUNTER, null, 1);
        metrics.metric("bytes_total", MetricType.COUNTER, null, 2);

        assertThat(text(metrics)).isEqualTo("""
                        # TYPE bytes_total counter
                        bytes_total{stage="load"} 2.0
                        # TYPE rows_total counter
                        rows_total{stage="load"} 1.0
                        """);
    }

    @Test
    void gaugeAndUntypedMetricMayEndWithTotal() {
        metrics.metric("rows_total", MetricType.GAUGE, null, 1);
        metrics.metric("bytes_total", MetricType.UNTYPED, null, 2);

        assertThat(text(metrics)).isEqualTo("""
                        # TYPE bytes_total untyped
                        bytes_total{stage="load"} 2.0
                        # TYPE rows_total gauge
                        rows_total{stage="load"} 1.0
                        """);
    }

    @Test
    void mapHasOneGaugePerEntry() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rows", 42);
        map.put("took_seconds", Duration.ofMillis(1500));
        map.put("complete", true);

        metrics.map(map);

        assertThat(text(metrics))
                .contains(
                        "rows{stage=\"load\"} 42.0",
                        "took_seconds{stage=\"load\"} 1.5",
                        "complete{stage=\"load\"} 1.0");
    }

    @Test
    void numericNameAndValueAreGauges() {
        metrics.map(Map.of("name", 1, "value", 2));

        assertThat(text(metrics)).contains("name{stage=\"load\"} 1.0", "value{stage=\"load\"} 2.0");
    }

    @Test
    void mapWithNameAndValueDescribesOneMetric() {
        metrics.map(Map.of(
                "name", "rows", "value", "7", "type", "Counter", "help", "Rows.", "labels", Map.of("table", "a")));

        assertThat(text(metrics)).isEqualTo("""
                        # HELP rows_total Rows.
                        # TYPE rows_total counter
                        rows_total{stage="load",table="a"} 7.0
                        """);
    }

    @Test
    void listMayContainSeveralSeriesOfOneMetric() {
        metrics.maps(List.of(
                Map.of("name", "took_seconds", "value", 1, "labels", "stage=extract"),
                Map.of("name", "took_seconds", "value", 2)));

        assertThat(text(metrics)).isEqualTo("""
                        # TYPE took_seconds gauge
                        took_seconds{stage="extract"} 1.0
                        took_seconds{stage="load"} 2.0
                        """);
    }

    @Test
    void emptyLabelIsOmitted() {
        MetricsBuilder unlabelled = new MetricsBuilder(Map.of("stage", ""));
        unlabelled.metric("rows", MetricType.GAUGE, null, 1);

        assertThat(text(unlabelled)).contains("rows 1.0");
    }

    @Test
    void gaugeIfNumericSkipsOtherValues() {
        metrics.gaugeIfNumeric("rows", "42");
        metrics.gaugeIfNumeric("file", "a.csv");
        metrics.gaugeIfNumeric("nothing", null);
        metrics.gaugeIfNumeric("not a name", "text, so it is skipped");

        assertThat(text(metrics)).isEqualTo("# TYPE rows gauge\nrows{stage=\"load\"} 42.0\n");
    }

    @Test
    void snapshotsKeepTheirLabels() {
        metrics.snapshots(MetricSnapshots.of(GaugeSnapshot.builder()
                .name("rows")
                .dataPoint(new GaugeDataPointSnapshot(1, Labels.of("table", "a"), null))
                .build()));

        assertThat(text(metrics)).isEqualTo("# TYPE rows gauge\nrows{table=\"a\"} 1.0\n");
    }

    interface Addition {
        void to(MetricsBuilder metrics);
    }

    static Stream<Arguments> rejections() {
        return Stream.of(
                rejection("not a metric name", m -> m.metric("a b", MetricType.GAUGE, null, 1)),
                rejection("not a metric name", m -> m.metric("", MetricType.GAUGE, null, 1)),
                rejection("not a metric name", m -> m.metric("é", MetricType.GAUGE, null, 1)),
                rejection("not a metric name", m -> m.gaugeIfNumeric("Content-Length", "12")),
                rejection("has no value", m -> m.metric("a", MetricType.GAUGE, null, null)),
                rejection("java.util.ImmutableCollections", m -> m.metric("a", MetricType.GAUGE, null, List.of(1))),
                rejection("not a number", m -> m.metric("a", MetricType.GAUGE, null, "secret text")),
                rejection("no name before its suffix", m -> m.metric("_total", MetricType.COUNTER, null, 1)),
                rejection("cannot be negative", m -> m.metric("a", MetricType.COUNTER, null, -1)),
                rejection("surrogate", m -> m.metric("a", MetricType.GAUGE, "\ud800", 1)),
                rejection("null", m -> m.map(Collections.singletonMap("a", null))),
                rejection("must be a String", m -> m.map(Map.of(1, 1))),
                rejection("not a number", m -> m.map(Map.of("a", Map.of("b", 1)))),
                rejection("unknown keys: [tpye]", m -> m.map(Map.of("name", "a", "value", 1, "tpye", "gauge"))),
                rejection("metric type 'histogram'", m -> m.map(Map.of("name", "a", "value", 1, "type", "histogram"))),
                rejection(
                        "not a label name", m -> m.map(Map.of("name", "a", "value", 1, "labels", Map.of("a-b", "x")))),
                rejection("reserved", m -> m.map(Map.of("name", "a", "value", 1, "labels", Map.of("__a", "x")))),
                rejection("surrogate", m -> m.map(Map.of("name", "a", "value", 1, "labels", Map.of("b", "\udc00")))),
                rejection("an element of the list", m -> m.maps(List.of(1))),
                rejection("an element of the list", m -> m.maps(List.of(Map.of("a", 1)))),
                rejection("occurs twice", m -> m.maps(List.of(series("a", "gauge"), series("a", "gauge")))),
                rejection(
                        "as gauge and as untyped", m -> m.maps(List.of(series("a", "gauge"), series("a", "untyped")))),
                rejection(
                        "two different help texts",
                        m -> m.maps(List.of(
                                Map.of("name", "a", "value", 1, "help", "x", "labels", "l=1"),
                                Map.of("name", "a", "value", 1, "help", "y", "labels", "l=2")))));
    }

    private static Arguments rejection(String message, Addition addition) {
        return Arguments.of(message, addition);
    }

    private static Map<String, Object> series(String name, String type) {
        return Map.of("name", name, "value", 1, "type", type);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rejections")
    void rejectsInvalidMetrics(String message, Addition addition) {
        assertThatThrownBy(() -> addition.to(metrics))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret text");
    }

    @Test
    void rejectsTwoTypesOfOneNameEvenIfSuffixesDiffer() {
        metrics.metric("rows", MetricType.GAUGE, null, 1);
        metrics.metric("rows", MetricType.COUNTER, null, 1);

        assertThatThrownBy(metrics::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rename one of them");
    }

    private static String text(MetricsBuilder metrics) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(bytes, metrics.build(), EscapingScheme.ALLOW_UTF8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
