package io.github.camelpushgateway.tracing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.PushgatewayConstants;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.testing.WireServer;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelTracingService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The spans of the component with Camel's own tracing and the SDK of OpenTelemetry. */
class TracingTest {

    private static final String GROUPS = "{\"status\":\"success\",\"data\":[{\"labels\":{\"job\":\"x\"},"
            + "\"last_push_successful\":true,\"push_time_seconds\":{\"type\":\"GAUGE\",\"metrics\":[{\"labels\":{"
            + "\"job\":\"x\"},\"value\":\"1.7e9\"}]}}]}";

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build();
    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void bind() {
        context.getRegistry().bind("tracer", Tracer.class, provider.get("test"));
        context.getRegistry().bind("propagators", ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
    }

    @AfterEach
    void close() throws Exception {
        context.close();
        provider.close();
    }

    /** Returns the kinds of tracing on the class path, of which there is at least one. */
    static Stream<Tracing> available() {
        return Stream.of(Tracing.values())
                .filter(tracing ->
                        TracingTest.class.getResource("/META-INF/services/org/apache/camel/" + tracing.service)
                                != null);
    }

    /** The tracing of an application. */
    private enum Tracing {
        /** On camel-tracing. It replaces Camel's thread pools, so only the module platforms/tracing has it. */
        OPENTELEMETRY("opentelemetry-tracer"),
        /** On camel-telemetry. */
        OPENTELEMETRY2("opentelemetry-tracer-2");

        private final String service;

        Tracing(String service) {
            this.service = service;
        }

        void init(CamelContext context) throws Exception {
            CamelTracingService tracer = context.getCamelContextExtension()
                    .getBootstrapFactoryFinder()
                    .newInstance(service, CamelTracingService.class)
                    .orElseThrow();
            tracer.setCamelContext(context);
            context.addService(tracer, true, true);
        }
    }

    @ParameterizedTest
    @MethodSource("available")
    void spanOfAPushHasJobOperationGatewayAndStatus(Tracing tracing) throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            tracing.init(context);
            context.start();

            send("pushgateway:nightly?metricName=rows&operation=push&url=" + server.url() + "/prefix", Map.of());

            SpanData span = span("pushgateway push");
            assertThat(tags(span))
                    .containsEntry("component", "camel-pushgateway")
                    .containsEntry("camel.pushgateway.job", "nightly")
                    .containsEntry("camel.pushgateway.operation", "push")
                    .containsEntry("server.address", server.url() + "/prefix")
                    .containsEntry("http.status_code", "200")
                    .doesNotContainKeys("camel.uri", "url.query", "url.path");
        }
    }

    @ParameterizedTest
    @MethodSource("available")
    void headersWinOverOptions(Tracing tracing) throws Exception {
        try (WireServer server = new WireServer(WireServer.status(202, ""))) {
            tracing.init(context);
            context.start();

            send(
                    "pushgateway:nightly?url=" + server.url(),
                    Map.of(PushgatewayConstants.JOB, "other", PushgatewayConstants.OPERATION, "DELETE"));

            assertThat(tags(span("pushgateway delete")))
                    .containsEntry("camel.pushgateway.job", "other")
                    .containsEntry("camel.pushgateway.operation", "delete")
                    .containsEntry("http.status_code", "202");
        }
    }

    /** A span name or a tag must not grow with the data of a message. */
    @ParameterizedTest
    @MethodSource("available")
    void unknownOperationAndLongJobAreBounded(Tracing tracing) throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            tracing.init(context);
            context.start();

            send(
                    "pushgateway:nightly?metricName=rows&url=" + server.url(),
                    Map.of(PushgatewayConstants.JOB, "x".repeat(5000), PushgatewayConstants.OPERATION, "no-such"));

            SpanData span = span("pushgateway");
            assertThat(tags(span)).doesNotContainKeys("camel.pushgateway.operation", "http.status_code");
            assertThat(tags(span).get("camel.pushgateway.job"))
                    .startsWith("xxx")
                    .hasSizeLessThan(200);
        }
    }

    @ParameterizedTest
    @MethodSource("available")
    void refusedPushIsAnErrorWithItsStatus(Tracing tracing) throws Exception {
        try (WireServer server = new WireServer(WireServer.status(400, "bad"))) {
            tracing.init(context);
            context.start();

            send("pushgateway:nightly?metricName=rows&url=" + server.url(), Map.of());

            assertThat(tags(span("pushgateway pushadd")))
                    .containsEntry("http.status_code", "400")
                    .containsEntry("error", "true");
        }
    }

    @ParameterizedTest
    @MethodSource("available")
    void spansContainNoSecret(Tracing tracing) throws Exception {
        try (WireServer server =
                new WireServer((request, out) -> out.write(("HTTP/1.1 403 X\r\nContent-Length: 100\r\n\r\n"
                                + (request.headers().get("authorization")
                                                + request.headers().get("x-key"))
                                        .concat(" ".repeat(100))
                                        .substring(0, 100))
                        .getBytes(US_ASCII)))) {
            tracing.init(context);
            context.getRegistry().bind("credentials", (PushgatewayHandler)
                    (request, next) -> next.handle(request.withHeader("X-Handler", "h4ndler-secret")));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .to("pushgateway:nightly?metricName=rows&username=us3r-secret&password=RAW(pa55-secret)"
                                    + "&httpHeader.X-Key=k3y-secret&handler=#credentials&maxRetries=0&url="
                                    + server.url());
                }
            });
            context.start();

            send("direct:in", Map.of());
            send(
                    "pushgateway:nightly?metricName=rows&bearerToken=t0ken-secret&maxRetries=0&url=" + server.url(),
                    Map.of());

            await().untilAsserted(() -> assertThat(spans.getFinishedSpanItems()).hasSizeGreaterThanOrEqualTo(4));
            assertThat(server.requests()).hasSize(2);
            assertThat(spans.getFinishedSpanItems().stream()
                            .filter(span -> span.getName().startsWith("pushgateway"))
                            .map(SpanData::toString))
                    .hasSize(2)
                    .allSatisfy(text -> assertThat(text)
                            .contains("403")
                            .doesNotContain("us3r-", "pa55-", "k3y-", "t0ken-", "h4ndler-"));
        }
    }

    @ParameterizedTest
    @MethodSource("available")
    void exchangesOfAConsumerAreNamedGroups(Tracing tracing) throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, GROUPS))) {
            tracing.init(context);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("pushgateway:*?initialDelay=0&repeatCount=1&url=" + server.url())
                            .to("pushgateway:seen?metricName=rows&metricValue=1&url=" + server.url());
                }
            });
            context.start();

            SpanData span = span("pushgateway groups");

            assertThat(tags(span))
                    .containsEntry("camel.pushgateway.operation", "groups")
                    .containsEntry("camel.pushgateway.job", "x")
                    .doesNotContainKey("http.status_code");
        }
    }

    private void send(String uri, Map<String, Object> headers) {
        Exchange done = context.createProducerTemplate().request(uri, exchange -> {
            exchange.getMessage().setBody(1);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
        assertThat(done).isNotNull();
    }

    private SpanData span(String name) {
        await().untilAsserted(() -> assertThat(spans.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .contains(name));
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> tags(SpanData span) {
        Map<String, String> tags = new TreeMap<>();
        span.getAttributes().forEach((key, value) -> tags.put(key.getKey(), String.valueOf(value)));
        return tags;
    }
}
