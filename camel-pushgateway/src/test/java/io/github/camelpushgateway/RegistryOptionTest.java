package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServerTestSupport;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.support.SimpleTypeConverter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The option {@code registry}, alone and in combination with other metrics. */
class RegistryOptionTest extends WireServerTestSupport {

    private static final String ROWS = "# TYPE rows gauge\nrows 42.0\n";

    /** Application type with a type converter to metrics. */
    record Custom(int rows) {}

    @Override
    protected void prepare(CamelContext context) throws Exception {
        super.prepare(context);
        context.getTypeConverterRegistry()
                .addTypeConverter(
                        MetricSnapshots.class,
                        Custom.class,
                        new SimpleTypeConverter(
                                false, (type, exchange, value) -> MetricSnapshots.of(gauge(((Custom) value).rows()))));
        context.getRegistry().bind("metrics", registry());
    }

    private static MetricSnapshot gauge(double value) {
        return GaugeSnapshot.builder()
                .name("rows")
                .dataPoint(new GaugeDataPointSnapshot(value, Labels.EMPTY, null))
                .build();
    }

    private static PrometheusRegistry registry() {
        PrometheusRegistry registry = new PrometheusRegistry();
        Gauge.builder().name("rows").register(registry).set(42);
        return registry;
    }

    private Exchange push(String options, @Nullable Object body, Map<String, Object> headers) {
        return template.request("pushgateway:a?" + options.replaceAll("&$", ""), exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    static Stream<Object> registries() {
        PrometheusMeterRegistry micrometer = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        micrometer.gauge("rows", 42);
        Gauge collector = Gauge.builder().name("rows").build();
        collector.set(42);
        MultiCollector several = () -> MetricSnapshots.of(gauge(42));
        return Stream.of(
                registry(), micrometer, collector, several, gauge(42), MetricSnapshots.of(gauge(42)), new Custom(42));
    }

    @ParameterizedTest
    @MethodSource("registries")
    void wholeRegistryIsSentAndBodyIsNotRead(Object registry) {
        context.getRegistry().bind("all", registry);

        Exchange done = push("registry=#all", new Object(), Map.of());

        assertThat(done.getException()).isNull();
        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.text()).endsWith(ROWS));
    }

    @Test
    void registryIsReadForEachExchange() {
        PrometheusRegistry registry = new PrometheusRegistry();
        Counter counter = Counter.builder().name("runs").register(registry);
        context.getRegistry().bind("runs", registry);

        counter.inc();
        push("registry=#runs", null, Map.of());
        counter.inc();
        push("registry=#bean:runs", null, Map.of());

        assertThat(server.requests())
                .extracting(WireServer.Request::text)
                .containsExactly(
                        "# TYPE runs_total counter\nruns_total 1.0\n", "# TYPE runs_total counter\nruns_total 2.0\n");
    }

    static Stream<Arguments> together() {
        String named = "# TYPE errors gauge\nerrors 7.0\n" + ROWS;
        return Stream.of(
                Arguments.of("metricName=errors", 7, Map.of(), named),
                Arguments.of("metricName=errors&metricValue=7", new Object(), Map.of(), named),
                Arguments.of("", 7, Map.of(PushgatewayConstants.METRIC_NAME, "errors", "other", 1), named),
                Arguments.of("gaugeHeaders=err*", "rows_of_text 1", Map.of("errors", 7), named),
                Arguments.of(
                        "metricName=errors&metricFilter=nothing*", 7, Map.of(), "# TYPE errors gauge\nerrors 7.0\n"),
                Arguments.of(
                        "gaugeHeaders=errors&metricFilter=!rows",
                        null,
                        Map.of("errors", 7),
                        "# TYPE errors gauge\nerrors 7.0\n"));
    }

    @ParameterizedTest
    @MethodSource("together")
    void otherMetricsAreSentWithRegistry(String options, Object body, Map<String, Object> headers, String text) {
        Exchange done = push("registry=#metrics&" + options, body, headers);

        assertThat(done.getException()).isNull();
        assertThat(server.requests().get(0).text()).isEqualTo(text);
    }

    static Stream<Arguments> rejected() {
        Collector broken = () -> {
            throw new IllegalStateException("s3cret");
        };
        return Stream.of(
                Arguments.of(registry(), "metricValue=7", "set metricName"),
                Arguments.of(registry(), "metricName=rows&metricValue=7", "'rows'"),
                Arguments.of(registry(), "metricFilter=camel_*", "matches metricFilter=camel_*"),
                Arguments.of(new PrometheusRegistry(), "", "no metric to send"),
                Arguments.of(broken, "", "the registry is of type"));
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void invalidPushIsRejected(Object registry, String options, String expectedMessage) {
        context.getRegistry().bind("all", registry);

        Exchange failed = push("registry=#all&" + options, null, Map.of());

        assertThat(server.requests()).isEmpty();
        assertThat(failed.getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining(expectedMessage)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void emptyFilteredRegistryIsSentWithAllowEmpty() {
        push("operation=push&allowEmpty=true&registry=#metrics&metricFilter=camel_*", null, Map.of());

        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.body()).isEmpty());
    }

    static Stream<Object> otherObjects() {
        return Stream.of("rows 1", Map.of("rows", 1), List.of(), Path.of("rows.prom"), 5, new Object());
    }

    @ParameterizedTest
    @MethodSource("otherObjects")
    void objectThatIsNotRegistryIsRejected(Object object) {
        context.getRegistry().bind("object", object);

        assertThatThrownBy(() -> context.getEndpoint("pushgateway:a?registry=#object"))
                .isInstanceOf(ResolveEndpointFailedException.class)
                .hasMessageContaining("registry is of type " + object.getClass().getName())
                .hasMessageContaining("use the #bean of a PrometheusRegistry, a PrometheusMeterRegistry");
    }

    @Test
    void deleteIgnoresRegistry() {
        push("operation=delete&registry=#metrics&metricFilter=!rows", null, Map.of());

        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("DELETE");
            assertThat(request.body()).isEmpty();
        });
    }

    @Test
    void registryIsSentWithReport() {
        PrometheusRegistry registry = registry();
        Gauge.builder().name("other").register(registry).set(1);
        context.getRegistry().bind("all", registry);

        push("operation=report&registry=#all&metricFilter=rows", null, Map.of());

        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.text())
                        .contains("job_success 1.0\n", ROWS)
                        .doesNotContain("other"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void gaugeHeadersAreSentWithEveryBody(String options, @Nullable Object body) {
        Exchange done = push("gaugeHeaders=batch_*&" + options, body, Map.of("batch_rows", "7", "batch_file", "a.csv"));

        assertThat(done.getException()).isNull();
        assertThat(server.requests().get(0).text())
                .startsWith("# TYPE batch_rows gauge\nbatch_rows 7.0\n")
                .hasSizeGreaterThan("# TYPE batch_rows gauge\nbatch_rows 7.0\n".length());
    }

    static Stream<Arguments> bodies() {
        return Stream.concat(
                registries().map(body -> Arguments.of("", body)),
                Stream.of(
                        Arguments.of("metricName=rows_read", 42),
                        Arguments.of("metricName=rows_read&metricValue=42", null),
                        Arguments.of("registry=#metrics", null),
                        Arguments.of("", Map.of("rows", 1)),
                        Arguments.of("", List.of(Map.of("name", "rows", "value", 1))),
                        Arguments.of("operation=report", null)));
    }
}
