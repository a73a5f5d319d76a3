package io.github.camelpushgateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.testing.ExposedProtobuf;
import io.github.camelpushgateway.testing.VersionedGateways;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.prometheus.metrics.expositionformats.generated.Metrics;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelTracingService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The trace of a failed run, as real gateways expose it in protobuf. */
@SuppressWarnings("NonCanonicalType") // the canonical name contains the version of protobuf
class FailureExemplarIT {

    private static final VersionedGateways GATEWAYS = new VersionedGateways();
    private static final String TELEMETRY = "opentelemetry-tracer-2";

    private static final AtomicInteger JOBS = new AtomicInteger();

    @AfterAll
    static void stopGateways() {
        GATEWAYS.close();
    }

    /** Returns the cases for each kind of tracing on the class path: see the module platforms/tracing. */
    static Stream<Arguments> cases() {
        Stream<String> tracers = Stream.of(TELEMETRY, "opentelemetry-tracer")
                .filter(tracer ->
                        FailureExemplarIT.class.getResource("/META-INF/services/org/apache/camel/" + tracer) != null);
        return Stream.concat(
                tracers.flatMap(tracer -> Stream.of(VersionedGateways.OLD, VersionedGateways.NEW)
                        .map(version -> arguments(version, tracer, "protobuf", true))),
                Stream.of(
                        arguments(VersionedGateways.NEW, TELEMETRY, "text", false),
                        arguments(VersionedGateways.NEW, "", "protobuf", false)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void failedRunHasItsTrace(String version, String tracing, String format, boolean isExpected) throws Exception {
        assumeTrue(GATEWAYS.find(version).isPresent());
        Pushgateway gateway = GATEWAYS.find(version).get();
        String job = "traced-" + JOBS.incrementAndGet();
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build();
                DefaultCamelContext context = new DefaultCamelContext()) {
            trace(context, tracing, provider);
            report(context, "pushgateway:" + job + "?format=" + format + "&url=" + gateway.url());
            context.start();

            context.createProducerTemplate()
                    .request("direct:in", exchange -> exchange.getMessage().setBody("fail"));
            await().untilAsserted(
                            () -> assertThat(failures(gateway, job).getValue()).isEqualTo(1));

            Map<String, String> labels = labels(failures(gateway, job));
            if (isExpected) {
                SpanData run = spans.getFinishedSpanItems().get(0);
                assertThat(labels).containsOnlyKeys("trace_id", "span_id").containsEntry("trace_id", run.getTraceId());
                assertThat(spans.getFinishedSpanItems())
                        .extracting(SpanData::getSpanId)
                        .contains(labels.get("span_id"));
            } else {
                assertThat(labels).isEmpty();
            }

            // a later success keeps the trace of the last failure
            context.createProducerTemplate()
                    .request("direct:in", exchange -> exchange.getMessage().setBody("ok"));
            await().untilAsserted(() -> assertThat(
                            counter(gateway, job, "job_runs_total").getValue())
                    .isEqualTo(2));
            assertThat(failures(gateway, job).getValue()).isEqualTo(1);
            assertThat(labels(failures(gateway, job))).isEqualTo(labels);
        }
    }

    private static void trace(CamelContext context, String tracing, SdkTracerProvider provider) throws Exception {
        context.getRegistry().bind("tracer", Tracer.class, provider.get("test"));
        context.getRegistry().bind("propagators", ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        if (!tracing.isEmpty()) {
            CamelTracingService tracer = context.getCamelContextExtension()
                    .getBootstrapFactoryFinder()
                    .newInstance(tracing, CamelTracingService.class)
                    .orElseThrow();
            tracer.setCamelContext(context);
            context.addService(tracer, true, true);
        }
    }

    private static void report(CamelContext context, String uri) throws Exception {
        PushgatewayRoutePolicyFactory factory = new PushgatewayRoutePolicyFactory("job", uri);
        factory.setReportCounters(true);
        context.addRoutePolicyFactory(factory);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true);
                from("direct:in").routeId("job").to("direct:work");
                from("direct:work").process(exchange -> {
                    if (exchange.getMessage().getBody().equals("fail")) {
                        throw new IllegalStateException("as the test wants");
                    }
                });
            }
        });
    }

    private static Metrics.Counter failures(Pushgateway gateway, String job) throws IOException {
        return counter(gateway, job, "job_failures_total");
    }

    private static Metrics.Counter counter(Pushgateway gateway, String job, String name) throws IOException {
        Map<String, ExposedProtobuf> families = ExposedProtobuf.scrape(gateway.url(), job);
        assertThat(families).containsKey(name);
        return Objects.requireNonNull(families.get(name))
                .metrics()
                .iterator()
                .next()
                .getCounter();
    }

    private static Map<String, String> labels(Metrics.Counter counter) {
        return counter.getExemplar().getLabelList().stream()
                .collect(Collectors.toMap(Metrics.LabelPair::getName, Metrics.LabelPair::getValue));
    }
}
