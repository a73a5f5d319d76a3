package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.github.camelpushgateway.testing.LossyProxy;
import io.github.camelpushgateway.testing.LossyProxy.Loss;
import io.github.camelpushgateway.testing.WireServer;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operation {@code accumulate} in routes, on real gateways. */
class AccumulateRouteIT extends ContextTestSupport {

    private static Pushgateway gateway;
    private static Pushgateway other;

    @BeforeAll
    static void startGateways() {
        gateway = Pushgateway.start();
        other = Pushgateway.start();
    }

    @AfterAll
    static void stopGateways() {
        gateway.close();
        other.close();
    }

    private Exchange send(String job, String options, Object body, Map<String, Object> headers) {
        return template.request("pushgateway:" + job + "?" + options, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(headers);
        });
    }

    private static PushgatewayGroup group(String job) {
        return gateway.group("job", job).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&synchronous=true", "&coalesce=false", "&accumulateRefresh=0"})
    void valuesOfExchangesAreAdded(String options) {
        String job = "added" + options.replaceAll("[^a-zA-Z]", "");
        String uri = "operation=accumulate&metricName=rows&metricType=counter&url=" + gateway.url() + options;

        for (int i = 1; i <= 4; i++) {
            Exchange exchange = send(job, uri, i, Map.of());
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader(PushgatewayConstants.RESPONSE_CODE))
                    .isEqualTo(200);
        }

        assertThat(group(job).value("rows_total")).isEqualTo(10);
    }

    @Test
    void headerSelectsTheOperation() {
        for (int i = 0; i < 2; i++) {
            send(
                    "header",
                    "metricName=rows&metricType=counter&url=" + gateway.url(),
                    3,
                    Map.of(PushgatewayConstants.OPERATION, "Accumulate"));
        }

        assertThat(group("header").value("rows_total")).isEqualTo(6);
    }

    @Test
    void metricsOfBodiesAreAddedOrReplacedByTheirType() {
        String text = """
                # TYPE requests counter
                requests 2
                # TYPE temperature gauge
                temperature 20
                # TYPE seconds histogram
                seconds_bucket{le="1"} 1
                seconds_bucket{le="+Inf"} 3
                seconds_sum 7
                seconds_count 3
                # TYPE bytes summary
                bytes{quantile="0.5"} 4
                bytes_sum 8
                bytes_count 2
                """;
        for (int i = 0; i < 2; i++) {
            assertThat(send("bodies", "operation=accumulate&url=" + gateway.url(), text, Map.of())
                            .getException())
                    .isNull();
        }

        assertThat(group("bodies").value("requests")).isEqualTo(4);
        assertThat(group("bodies").value("temperature")).isEqualTo(20);
        assertThat(gateway.metrics())
                .contains("seconds_bucket{instance=\"\",job=\"bodies\",le=\"1\"} 2")
                .contains("seconds_count{instance=\"\",job=\"bodies\"} 6")
                .contains("bytes_count{instance=\"\",job=\"bodies\"} 4")
                .doesNotContain("bytes{instance");
    }

    @Test
    void histogramsOfRegistriesAreAdded() {
        for (int i = 0; i < 2; i++) {
            PrometheusRegistry registry = new PrometheusRegistry();
            Histogram histogram = Histogram.builder().name("load_seconds").register(registry);
            histogram.observe(0.2);
            context.getRegistry().bind("registry" + i, registry);
            assertThat(send(
                                    "registries",
                                    "operation=accumulate&registry=#registry" + i + "&url=" + gateway.url(),
                                    "",
                                    Map.of())
                            .getException())
                    .isNull();
        }

        assertThat(gateway.metrics())
                .contains("load_seconds_count{instance=\"\",job=\"registries\"} 2")
                .contains("load_seconds_bucket{instance=\"\",job=\"registries\",le=\"0.25\"} 2");
    }

    /** The gauge {@code load} and the counter {@code load_total} are one name in the model of client_java. */
    @ParameterizedTest
    @ValueSource(strings = {"accumulate", "pushadd"})
    void protobufHasAGaugeAndACounterOfSimilarNames(String operation) {
        String text = "# TYPE load gauge\nload 7\n# TYPE load_total counter\nload_total 2\n";
        String options = "operation=" + operation + "&format=protobuf&url=" + gateway.url();
        for (int i = 0; i < 2; i++) {
            assertThat(send("similar-" + operation, options, text, Map.of()).getException())
                    .isNull();
        }

        PushgatewayGroup similar = group("similar-" + operation);
        assertThat(similar.value("load")).isEqualTo(7);
        assertThat(similar.family("load_total").type()).isEqualToIgnoringCase("counter");
        assertThat(similar.value("load_total")).isEqualTo(operation.equals("accumulate") ? 4 : 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rows_total{table=\"a\"} NaN", "rows_total{table=\"a\"} +Inf", "rows_total{table=\"b\"} NaN"})
    void heldValueThatIsNotFiniteIsNamed(String held) {
        send(
                "not-finite",
                "operation=push&url=" + gateway.url(),
                "# TYPE rows_total counter\n" + held + "\n",
                Map.of());

        assertThat(send(
                                "not-finite",
                                "operation=accumulate&metricName=rows&metricType=counter&labels.table=b&url="
                                        + gateway.url(),
                                1,
                                Map.of())
                        .getException())
                .hasMessageContaining("the group holds the metric 'rows_total' with the value "
                        + (held.contains("NaN") ? "NaN" : "Infinity")
                        + ", so nothing can be added to it; delete the group, or rename the metric");
    }

    @Test
    void redeliveredExchangeIsCountedOnce() throws Exception {
        try (LossyProxy proxy = new LossyProxy(gateway.url(), Loss.NONE, Loss.RESPONSE, Loss.REQUEST)) {
            routeWithRedelivery("redelivered", proxy.url());

            Exchange exchange = template.request("direct:redelivered", sent -> {});

            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getAllProperties()).doesNotContainKey(AccumulatedPush.FAILED);
            assertThat(group("redelivered").value("rows_total")).isEqualTo(1);
            // the second read shows that the first POST was executed; it may be sent once more, with the same totals
            assertThat(proxy.methods()).startsWith("GET", "POST", "GET", "GET");
            assertThat(group("redelivered").value("rows_total")).isEqualTo(1);
        }
    }

    @Test
    void redeliveredExchangeIsAddedIfItWasNotBefore() throws Exception {
        try (LossyProxy proxy =
                new LossyProxy(gateway.url(), Loss.NONE, Loss.REQUEST, Loss.REQUEST, Loss.NONE, Loss.NONE)) {
            routeWithRedelivery("added-again", proxy.url());

            assertThat(template.request("direct:added-again", sent -> {}).getException())
                    .isNull();

            assertThat(group("added-again").value("rows_total")).isEqualTo(1);
        }
    }

    @Test
    void laterPushOfTheSameExchangeIsAdded() throws Exception {
        try (LossyProxy proxy = new LossyProxy(gateway.url(), Loss.NONE, Loss.RESPONSE, Loss.REQUEST)) {
            String uri = "pushgateway:later?operation=accumulate&metricName=rows&metricType=counter&metricValue=1"
                    + "&maxRetries=0&onPushFailure=warn&url=" + proxy.url();
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:later").to(uri).to(uri);
                }
            });

            template.sendBody("direct:later", "");

            // the first one was executed, although it is reported as failed
            assertThat(group("later").value("rows_total")).isEqualTo(2);
        }
    }

    @Test
    void redeliveredExchangeIsAddedOnceToEachMirror() throws Exception {
        try (LossyProxy proxy = new LossyProxy(other.url(), Loss.REQUEST)) {
            routeWithRedelivery("mirrored", gateway.url() + "," + proxy.url() + "&distribution=mirror");

            assertThat(template.request("direct:mirrored", sent -> {}).getException())
                    .isNull();

            assertThat(group("mirrored").value("rows_total")).isEqualTo(1);
            assertThat(other.group("job", "mirrored").orElseThrow().value("rows_total"))
                    .isEqualTo(1);
        }
    }

    @Test
    void endpointsWithDifferentOptionsLoseNothing() {
        sendConcurrently("different", context, context);
    }

    @Test
    void contextsOfOneJvmLoseNothing() throws Exception {
        CamelContext second = new DefaultCamelContext();
        second.disableJMX();
        try {
            second.start();
            sendConcurrently("contexts", context, second);
        } finally {
            second.stop();
        }
    }

    private void sendConcurrently(String job, CamelContext first, CamelContext second) {
        String uri = "pushgateway:" + job
                + "?operation=accumulate&metricName=rows&metricType=counter&metricValue=1&url=" + gateway.url();
        ProducerTemplate one = first.createProducerTemplate();
        ProducerTemplate another = second.createProducerTemplate();
        List<CompletableFuture<Object>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(one.asyncRequestBody(uri, (Object) null));
            all.add(another.asyncRequestBody(first == second ? uri + "&requestTimeout=29s" : uri, (Object) null));
        }

        all.forEach(each -> assertThat(each).succeedsWithin(Duration.ofSeconds(30)));
        assertThat(group(job).value("rows_total")).isEqualTo(200);
    }

    /** Without a cache, Camel creates an endpoint for each delivery, and closes its client after it. */
    @ParameterizedTest
    @ValueSource(strings = {"RESPONSE", "REQUEST"})
    void redeliveredExchangeOfADynamicEndpointIsCountedOnce(Loss loss) throws Exception {
        String job = "dynamic-" + loss;
        try (LossyProxy proxy = new LossyProxy(gateway.url(), Loss.NONE, loss, Loss.REQUEST)) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:" + job)
                            .errorHandler(
                                    defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(1))
                            .toD()
                            .cacheSize(-1)
                            .uri("pushgateway:" + job + "?operation=accumulate&metricName=rows&metricType=counter"
                                    + "&metricValue=1&maxRetries=0&url=" + proxy.url() + "&labels.table=${body}");
                }
            });

            assertThat(template.request(
                                    "direct:" + job,
                                    exchange -> exchange.getMessage().setBody("a"))
                            .getException())
                    .isNull();
        }

        assertThat(group(job).value("rows_total")).isEqualTo(1);
    }

    /** A gateway that is down for a while meets many pushes, all of which are redelivered at its end. */
    @Test
    void redeliveredExchangeIsAddedOnceAfterManyOthers() throws Exception {
        try (LossyProxy proxy = new LossyProxy(other.url(), Loss.REQUEST, Loss.REQUEST)) {
            String uri = "pushgateway:many?operation=accumulate&metricName=rows&metricType=counter&metricValue=1"
                    + "&maxRetries=0&distribution=mirror&url=" + gateway.url() + "," + proxy.url();
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(defaultErrorHandler()
                            .maximumRedeliveries(3)
                            .redeliveryDelay(1)
                            .onRedelivery(exchange -> sendMany(uri)));
                    from("direct:many").to(uri);
                }
            });

            assertThat(template.request("direct:many", sent -> {}).getException())
                    .isNull();
        }

        assertThat(group("many").value("rows_total")).isEqualTo(1 + 1_001);
    }

    private void sendMany(String uri) {
        List<CompletableFuture<Object>> all = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            all.add(template.asyncRequestBody(uri, (Object) null));
        }
        all.forEach(each -> assertThat(each.handle((body, failure) -> true)).succeedsWithin(Duration.ofSeconds(30)));
    }

    @Test
    void redeliveredRegistryIsAddedOnceAlthoughItContinuesToCount() throws Exception {
        PrometheusRegistry registry = new PrometheusRegistry();
        Counter rows = Counter.builder().name("rows").register(registry);
        rows.inc(10);
        context.getRegistry().bind("counting", registry);
        try (LossyProxy proxy = new LossyProxy(other.url(), Loss.REQUEST, Loss.REQUEST)) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(defaultErrorHandler()
                            .maximumRedeliveries(3)
                            .redeliveryDelay(1)
                            .onRedelivery(exchange -> rows.inc()));
                    from("direct:counting")
                            .to("pushgateway:counting?operation=accumulate&registry=#counting&maxRetries=0"
                                    + "&distribution=mirror&url=" + gateway.url() + "," + proxy.url());
                }
            });

            assertThat(template.request("direct:counting", sent -> {}).getException())
                    .isNull();
        }

        assertThat(group("counting").value("rows_total")).isEqualTo(10);
        assertThat(other.group("job", "counting").orElseThrow().value("rows_total"))
                .isEqualTo(12);
    }

    private void routeWithRedelivery(String job, String url) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(1));
                from("direct:" + job)
                        .to("pushgateway:" + job + "?operation=accumulate&metricName=rows&metricType=counter"
                                + "&metricValue=1&maxRetries=0&url=" + url);
            }
        });
    }

    @Test
    void unknownOutcomeIsReported() throws Exception {
        try (LossyProxy proxy = new LossyProxy(gateway.url(), Loss.NONE, Loss.RESPONSE, Loss.REQUEST)) {
            Exchange exchange = send(
                    "unknown",
                    "operation=accumulate&metricName=rows&metricType=counter&maxRetries=0&url=" + proxy.url(),
                    1,
                    Map.of());

            assertThat(exchange.getException())
                    .isInstanceOf(PushgatewayException.class)
                    .hasMessageContaining(
                            "it is unknown whether its values were added, because the read of the group failed as well");
        }
    }

    @Test
    void gatewayWithoutQueryApiIsNamed() throws Exception {
        try (WireServer server = new WireServer(WireServer.status(404, ""))) {
            Exchange exchange = send(
                    "none", "operation=accumulate&metricName=rows&metricType=counter&url=" + server.url(), 1, Map.of());

            assertThat(exchange.getException())
                    .hasMessage(
                            "accumulate of the group {job=\"none\"} to " + server.url()
                                    + " was not sent, because the read of the group failed: it responded with 404; it has no query"
                                    + " API, which only a Pushgateway from 1.2 on has, so check the option url and its path prefix");
        }
    }

    @Test
    void negativeCounterIsRejected() {
        assertThat(send(
                                "negative",
                                "operation=accumulate&metricName=rows&metricType=counter&url=" + gateway.url(),
                                -1,
                                Map.of())
                        .getException())
                .hasMessageContaining("a counter cannot be negative");
    }

    @Test
    void namedGaugeWithoutTypeIsWarnedAbout() {
        try (LogCapture log = LogCapture.of(MetricsBinding.class, Level.WARN)) {
            context.getEndpoint("pushgateway:warned?operation=accumulate&metricName=rows");
            context.getEndpoint("pushgateway:warned?operation=accumulate&metricName=rows&metricType=gauge");
            context.getEndpoint("pushgateway:warned?operation=accumulate&metricName=rows&metricType=counter");

            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void refreshMustNotBeNegative() {
        assertThatThrownBy(() -> context.getEndpoint("pushgateway:a?operation=accumulate&accumulateRefresh=-1s"))
                .hasStackTraceContaining("accumulateRefresh");
        assertThat(List.of("0", "1h"))
                .allSatisfy(refresh -> assertThat(
                                context.getEndpoint("pushgateway:a?operation=accumulate&accumulateRefresh=" + refresh))
                        .isNotNull());
    }
}
