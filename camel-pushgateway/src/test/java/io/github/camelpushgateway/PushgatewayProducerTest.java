package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServerTestSupport;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that the producer sends for exchanges, and the outcomes that it writes to the exchanges. */
class PushgatewayProducerTest extends WireServerTestSupport {

    static Stream<Arguments> bodies() {
        MetricSnapshot gauge = GaugeSnapshot.builder()
                .name("rows")
                .dataPoint(new GaugeSnapshot.GaugeDataPointSnapshot(42, Labels.of("table", "a"), null))
                .build();
        PrometheusRegistry registry = new PrometheusRegistry();
        Counter.builder().name("rows").register(registry).inc(42);
        Gauge collector = Gauge.builder().name("rows").build();
        collector.set(42);
        MultiCollector several = () -> MetricSnapshots.of(gauge);
        return Stream.of(
                Arguments.of("metricName=rows", 42, "# TYPE rows gauge\nrows 42.0\n"),
                Arguments.of("metricName=rows", "42", "# TYPE rows gauge\nrows 42.0\n"),
                Arguments.of("metricName=rows", true, "# TYPE rows gauge\nrows 1.0\n"),
                Arguments.of(
                        "metricName=took_seconds",
                        Duration.ofMinutes(2),
                        "# TYPE took_seconds gauge\ntook_seconds 120.0\n"),
                Arguments.of("metricName=at", Instant.ofEpochSecond(10), "# TYPE at gauge\nat 10.0\n"),
                Arguments.of(
                        "metricName=rows&metricType=counter&metricHelp=Rows.",
                        42,
                        "# HELP rows_total Rows.\n# TYPE rows_total counter\nrows_total 42.0\n"),
                Arguments.of("metricName=rows&labels.stage=load", 42, "# TYPE rows gauge\nrows{stage=\"load\"} 42.0\n"),
                Arguments.of("metricName=rows&metricValue=7", "an unrelated body", "# TYPE rows gauge\nrows 7.0\n"),
                Arguments.of("labels.stage=load", Map.of("rows", 42), "# TYPE rows gauge\nrows{stage=\"load\"} 42.0\n"),
                Arguments.of(
                        "",
                        Map.of("name", "rows", "value", 42, "labels", "table=a"),
                        "# TYPE rows gauge\nrows{table=\"a\"} 42.0\n"),
                Arguments.of(
                        "",
                        List.of(Map.of("name", "rows", "value", 42, "type", "untyped")),
                        "# TYPE rows untyped\nrows 42.0\n"),
                Arguments.of("", gauge, "# TYPE rows gauge\nrows{table=\"a\"} 42.0\n"),
                Arguments.of("", MetricSnapshots.of(gauge), "# TYPE rows gauge\nrows{table=\"a\"} 42.0\n"),
                Arguments.of("", collector, "# TYPE rows gauge\nrows 42.0\n"),
                Arguments.of("", several, "# TYPE rows gauge\nrows{table=\"a\"} 42.0\n"),
                Arguments.of("", registry, "# TYPE rows_total counter\nrows_total 42.0\n"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("bodies")
    void everyDocumentedBodyIsSentAndUnchanged(String options, Object body, String text) {
        Exchange done = template.request(
                "pushgateway:batchA?" + options, e -> e.getMessage().setBody(body));

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody()).isSameAs(body);
        assertThat(done.getMessage().getHeader(PushgatewayConstants.RESPONSE_CODE))
                .isEqualTo(200);
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/metrics/job/batchA");
            assertThat(request.text()).isEqualTo(text);
        });
    }

    /** A stream can be read only once. */
    @ParameterizedTest
    @ValueSource(strings = {"push", "pushadd", "delete", "report"})
    void jobMayBeAStreamInItsHeader(String operation) {
        Exchange done = template.request("pushgateway:batchA?operation=" + operation, e -> {
            e.getMessage().setHeader(PushgatewayConstants.JOB, new ByteArrayInputStream("other".getBytes(UTF_8)));
            e.getMessage().setBody(operation.startsWith("push") ? Map.of("rows", 1) : null);
        });

        assertThat(done.getException()).isNull();
        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.path()).isEqualTo("/metrics/job/other"));
    }

    @Test
    void nowIsUnixTimeInWholeSeconds() {
        long before = Instant.now().getEpochSecond();
        template.sendBody("pushgateway:a?metricName=job_last_success_unixtime&metricValue=now", "text");
        long after = Instant.now().getEpochSecond();

        String text = server.requests().get(0).text();
        double value = Double.parseDouble(text.substring(text.lastIndexOf(' ')));
        assertThat(value).isBetween((double) before, (double) after);
        assertThat(Long.toString((long) value)).hasSize(10);
    }

    @Test
    void headerOverridesOption() {
        Map<String, Object> headers = Map.of(
                PushgatewayConstants.OPERATION, "push",
                PushgatewayConstants.JOB, "b/c",
                PushgatewayConstants.GROUPING_KEY, Map.of("stage", "x y"),
                PushgatewayConstants.METRIC_NAME, "rows",
                PushgatewayConstants.METRIC_VALUE, 7,
                PushgatewayConstants.METRIC_TYPE, "counter",
                PushgatewayConstants.METRIC_HELP, "Rows.",
                PushgatewayConstants.LABELS, "table=a");

        template.sendBodyAndHeaders(
                "pushgateway:a?operation=pushadd&groupingKey=region=eu&instanceIp=true&metricName=x&metricValue=1"
                        + "&metricType=untyped&metricHelp=X&labels.table=z&labels.kind=k",
                "body",
                headers);

        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.path()).isEqualTo("/metrics/job@base64/Yi9j/stage@base64/eCB5");
            assertThat(request.text())
                    .isEqualTo(
                            "# HELP rows_total Rows.\n# TYPE rows_total counter\nrows_total{kind=\"k\",table=\"a\"} 7.0\n");
        });
    }

    @Test
    void headerSelectsGroupToDelete() {
        template.sendBodyAndHeaders(
                "pushgateway:a?metricName=x",
                "body",
                Map.of(PushgatewayConstants.OPERATION, "DELETE", PushgatewayConstants.GROUPING_KEY, "region=eu,old="));

        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("DELETE");
            assertThat(request.path()).isEqualTo("/metrics/job/a/old@base64/=/region/eu");
        });
    }

    @Test
    void headersDoNotChangeUrl() {
        template.sendBodyAndHeaders(
                "pushgateway:a?metricName=x",
                1,
                Map.of(Exchange.HTTP_URI, "http://127.0.0.1:1", "CamelPushgatewayUrl", "http://127.0.0.1:1"));

        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void matchingHeadersAreSentAsGauges() {
        template.sendBodyAndHeaders(
                "pushgateway:a?gaugeHeaders=batch_*, rows&metricName=x",
                1,
                Map.of("batch_seconds", Duration.ofSeconds(3), "rows", "42", "batch_file", "a.csv", "other", 5));

        assertThat(server.requests().get(0).text())
                .isEqualTo(
                        "# TYPE batch_seconds gauge\nbatch_seconds 3.0\n# TYPE rows gauge\nrows 42.0\n# TYPE x gauge\nx 1.0\n");
    }

    @Test
    void camelHeadersMatchOnlyPatternsThatStartWithCamel() {
        template.sendBodyAndHeaders("pushgateway:a?gaugeHeaders=*", "", Map.of("CamelFileLength", 10, "rows", 1));
        template.sendBodyAndHeaders(
                "pushgateway:a?gaugeHeaders=CamelFile*", "", Map.of("CamelFileLength", 10, "rows", 1));

        assertThat(server.requests().get(0).text()).isEqualTo("# TYPE rows gauge\nrows 1.0\n");
        assertThat(server.requests().get(1).text()).isEqualTo("# TYPE CamelFileLength gauge\nCamelFileLength 10.0\n");
    }

    @Test
    void emptyPushIsSentOnlyWithAllowEmpty() {
        Exchange rejected = template.request("pushgateway:a?operation=push", e -> {});
        template.request("pushgateway:a?operation=push&allowEmpty=true", e -> {});

        assertThat(rejected.getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining("allowEmpty");
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.body()).isEmpty();
        });
    }

    record Pojo(String secret) {}

    static Stream<Arguments> rejected() {
        return Stream.of(
                rejection("", new Pojo("s3cret"), Map.of(), "PushgatewayProducerTest$Pojo"),
                rejection("", "s3cret text", Map.of(), "line 1, column "),
                rejection("", 5, Map.of(), "metricName"),
                rejection("", new ByteArrayInputStream(new byte[0]), Map.of(), "no metric to send"),
                rejection("", Map.of("pojo", new Pojo("s3cret")), Map.of(), "PushgatewayProducerTest$Pojo"),
                rejection("", null, Map.of(), "no metric to send"),
                rejection("", new PrometheusRegistry(), Map.of(), "no metric to send"),
                rejection("metricName=x", "s3cret text", Map.of(), "java.lang.String"),
                rejection("metricName=x", "now", Map.of(), "not a number"),
                rejection("metricName=x", null, Map.of(), "has no value"),
                rejection("metricValue=5", 5, Map.of(), "metricName"),
                rejection("metricName=x&groupingKey.instance=", 5, Map.of(), "'instance' is empty"),
                rejection("metricName=x&groupingKey=region=eu&labels.region=us", 5, Map.of(), "label 'region'"),
                rejection("metricName=x&labels.job=b", 5, Map.of(), "label 'job'"),
                rejection("metricName=push_time_seconds", 5, Map.of(), "itself"),
                rejection("metricName=x", 5, Map.of(PushgatewayConstants.JOB, ""), "job is empty"),
                rejection("metricName=x", 5, Map.of(PushgatewayConstants.OPERATION, "wipe"), "operation 'wipe'"),
                rejection("metricName=x", 5, Map.of(PushgatewayConstants.OPERATION, "sweep"), "operation 'sweep'"),
                rejection("metricName=x", 5, Map.of(PushgatewayConstants.METRIC_NAME, "a b"), "not a metric name"),
                rejection("metricName=x", 5, Map.of(PushgatewayConstants.METRIC_TYPE, "info"), "metric type 'info'"),
                rejection("metricName=x", 5, Map.of(PushgatewayConstants.GROUPING_KEY, "job=b"), "the label 'job'"),
                rejection(
                        "metricName=x",
                        5,
                        Map.of(PushgatewayConstants.GROUPING_KEY, Map.of("a", "\ud800")),
                        "surrogate"),
                rejection("metricName=x", 5, Map.of(PushgatewayConstants.LABELS, "x"), "name=value"),
                rejection("metricName=x&gaugeHeaders=x", 5, Map.of("x", 5), "occurs twice"),
                rejection("gaugeHeaders=x", Map.of("x", 5), Map.of("x", 5), "occurs twice"),
                rejection("gaugeHeaders=*", null, Map.of("Content-Length", 5), "not a metric name"));
    }

    private static Arguments rejection(
            String options, @Nullable Object body, Map<String, Object> headers, String expectedMessage) {
        return Arguments.of(options, body, headers, expectedMessage);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("rejected")
    void invalidPushIsRejected(String options, Object body, Map<String, Object> headers, String expectedMessage) {
        Exchange failed = template.request("pushgateway:batchA?" + options, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });

        assertThat(server.requests()).isEmpty();
        assertThat(failed.getException()).isInstanceOfSatisfying(PushgatewayException.class, refusal -> {
            assertThat(refusal).hasMessageContaining(expectedMessage).hasMessageNotContaining("s3cret");
            assertThat(refusal.getAttempts()).isZero();
            assertThat(refusal.getStatusCode()).isZero();
            assertThat(refusal.getGroup()).startsWith("{job=\"");
        });
        assertThat(failed.getMessage().getBody()).isSameAs(body);
    }

    @Test
    void failureIsSetOnExchange() throws Exception {
        try (WireServer refusing = new WireServer(WireServer.status(400, "inconsistent"))) {
            Exchange failed = template.request(
                    "pushgateway:a?metricName=x&url=" + refusing.url(),
                    e -> e.getMessage().setBody(5));

            // not wrapped, so that a route can use ${exception.statusCode}
            assertThat(failed.getException())
                    .isInstanceOfSatisfying(
                            PushgatewayException.class,
                            failure -> assertThat(failure.getStatusCode()).isEqualTo(400));
            assertThat(failed.getMessage().getHeaders()).doesNotContainKey(PushgatewayConstants.RESPONSE_CODE);
        }
    }

    @Test
    void dynamicEndpointsShareClient() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").toD("pushgateway:${header.tenant}?metricName=rows");
            }
        });

        template.sendBodyAndHeader("direct:start", 1, "tenant", "a");
        template.sendBodyAndHeader("direct:start", 2, "tenant", "b");

        assertThat(server.requests())
                .extracting(WireServer.Request::path)
                .containsExactly("/metrics/job/a", "/metrics/job/b");
        // the endpoints differ, but they share a client and so its connection
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachExchangeCompletesExactlyOnce(boolean synchronous) throws Exception {
        Producer producer = context.getEndpoint("pushgateway:a?metricName=x&synchronous=" + synchronous)
                .createProducer();
        producer.start();
        AtomicIntegerArray completions = new AtomicIntegerArray(1_000);
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(i);
            exchanges.add(exchange);
            int number = i;
            if (producer instanceof AsyncProcessor async) {
                async.process(exchange, doneSync -> completions.incrementAndGet(number));
            } else {
                producer.process(exchange);
                completions.incrementAndGet(number);
            }
        }

        await().atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(IntStream.range(0, 1_000).map(completions::get))
                        .doesNotContain(0));
        // after the stop nothing is pending, so a second completion would have occurred by now
        producer.stop();
        context.stop();
        assertThat(IntStream.range(0, 1_000).map(completions::get)).containsOnly(1);
        // pending pushes are coalesced
        assertThat(server.requests()).hasSizeBetween(1, producer instanceof AsyncProcessor ? 200 : 1_000);
        assertThat(exchanges).allSatisfy(exchange -> {
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader(PushgatewayConstants.RESPONSE_CODE))
                    .isEqualTo(200);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void errorWhileReadingMetricsFailsExchange(boolean async) throws Exception {
        Collector broken = () -> {
            throw new NoClassDefFoundError("s3cret");
        };
        Exchange failed = async
                ? template.asyncSend("pushgateway:a", e -> e.getMessage().setBody(broken))
                        .get(10, TimeUnit.SECONDS)
                : template.request("pushgateway:a", e -> e.getMessage().setBody(broken));

        assertThat(failed.getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageNotContaining("s3cret")
                .hasMessageContaining("{job=\"a\"}");
    }

    @Test
    void messageIsBoundedAndOnOneLine() {
        Map<String, Object> headers = Map.of(
                PushgatewayConstants.OPERATION,
                "pu\nsh",
                PushgatewayConstants.JOB,
                "a\n2026 forged",
                PushgatewayConstants.GROUPING_KEY,
                "x".repeat(100_000));
        Exchange failed = template.request(
                "pushgateway:a?metricName=x", e -> e.getMessage().setHeaders(new HashMap<>(headers)));

        assertThat(failed.getException().getMessage())
                .hasSizeLessThanOrEqualTo(1_000)
                .doesNotContain("\n");
    }

    @Test
    void jobHeaderMayBeBytes() {
        template.sendBodyAndHeader(
                "pushgateway:a?metricName=x", 1, PushgatewayConstants.JOB, "nightly".getBytes(US_ASCII));

        assertThat(server.requests().get(0).path()).isEqualTo("/metrics/job/nightly");
    }

    @Test
    void failedPushRemovesStatusOfEarlierPush() throws Exception {
        try (WireServer refusing = new WireServer(WireServer.status(400, ""))) {
            Exchange exchange = template.send(
                    "pushgateway:a?metricName=x", e -> e.getMessage().setBody(1));
            template.send("pushgateway:a?metricName=x&url=" + refusing.url(), exchange);

            assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(PushgatewayConstants.RESPONSE_CODE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&requestTimeout=${header.timeout}"})
    void evictedEndpointDoesNotLosePushes(String settings) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:many").toD("pushgateway:${body}?metricName=x&metricValue=1&coalesce=false" + settings, 1);
            }
        });
        List<CompletableFuture<Exchange>> all = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            int number = i;
            all.add(template.asyncSend("direct:many", exchange -> {
                exchange.getMessage().setBody("job" + number % 50);
                exchange.getMessage().setHeader("timeout", 20_000 + number % 50);
            }));
        }

        int neverSent = 0;
        for (CompletableFuture<Exchange> each : all) {
            Exception failure = each.get(60, TimeUnit.SECONDS).getException();
            // Camel's producer cache may briefly have no producer, which cannot be fixed here
            if (failure instanceof IllegalStateException none
                    && String.valueOf(none.getMessage()).startsWith("No producer")) {
                neverSent++;
            } else {
                assertThat(failure).isNull();
            }
        }
        assertThat(server.requests()).hasSize(600 - neverSent);
    }

    @Test
    void componentCanBeStoppedAndStartedAgain() {
        PushgatewayComponent component = context.getComponent("pushgateway", PushgatewayComponent.class);
        template.sendBody("pushgateway:a?metricName=x", 1);

        component.stop();
        assertThat(template.request(
                                "pushgateway:a?metricName=x",
                                e -> e.getMessage().setBody(1))
                        .getException())
                .hasMessageContaining("stopped");
        component.start();

        template.sendBody("pushgateway:a?metricName=x", 2);
        template.sendBody("pushgateway:b?metricName=x", 3);
        context.getEndpoint("pushgateway:a?metricName=x").stop();
        template.sendBody("pushgateway:b?metricName=x", 4);
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void slowGatewayDoesNotBlockCallerThread() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        try (WireServer slow = new WireServer((request, out) -> {
            released.await();
            WireServer.status(200, "").to(request, out);
        })) {
            Producer producer = context.getEndpoint("pushgateway:a?metricName=x&url=" + slow.url())
                    .createProducer();
            producer.start();
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(1);

            // returns before the gateway responds; otherwise this test would block forever
            boolean sync = ((AsyncProcessor) producer).process(exchange, done::complete);
            assertThat(sync).isFalse();
            assertThat(done).isNotDone();
            released.countDown();

            assertThat(done.get(30, TimeUnit.SECONDS)).isFalse();
            producer.stop();
        }
    }

    @Test
    void blockedContinuationsDoNotDelayOtherPushes() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:stages")
                        .to("pushgateway:a?metricName=x&coalesce=false")
                        .process(exchange -> released.await());
            }
        });
        List<CompletableFuture<Object>> blocked = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            blocked.add(template.asyncRequestBody("direct:stages", i));
        }
        await().untilAsserted(() -> assertThat(server.requests()).hasSize(40));

        template.sendBody("pushgateway:b?metricName=x", 1);

        assertThat(blocked).noneMatch(CompletableFuture::isDone);
        released.countDown();
        CompletableFuture.allOf(blocked.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    }

    @Test
    void instanceIpIsAddressThatRoutesToGateway() {
        template.sendBody("pushgateway:a?metricName=x&instanceIp=true", 1);
        template.sendBody("pushgateway:a?metricName=x&instanceIp=true&groupingKey.instance=mine", 1);

        assertThat(server.requests())
                .extracting(WireServer.Request::path)
                .containsExactly("/metrics/job/a/instance/127.0.0.1", "/metrics/job/a/instance/mine");
    }
}
