package io.github.camelpushgateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.GatewayConfiguration;
import io.github.camelpushgateway.LogCapture;
import io.github.camelpushgateway.PushgatewayConstants;
import io.github.camelpushgateway.PushgatewayProducer;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.testing.ContextTestSupport;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code operation=report} in every place of a route, with every outcome of the work before it. */
class ReportPlacesIT extends ContextTestSupport {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    private static final AtomicInteger JOBS = new AtomicInteger();

    private final String job = "places-" + JOBS.incrementAndGet();
    private final CountingHandler counting = new CountingHandler();

    @Override
    protected void prepare(CamelContext context) {
        GatewayConfiguration gateway = gatewayOptions(context);
        gateway.setUrl(GATEWAY.url());
        gateway.setHandler(counting);
    }

    private String report() {
        return "pushgateway:" + job + "?operation=report&records=${exchangeProperty.rows}&recordsFailed=${body}";
    }

    private static void work(Exchange exchange) {
        int failures = exchange.getProperty("failures", 0, Integer.class);
        String body = exchange.getMessage().getBody(String.class);
        if (body.equals("fail") || (body.equals("retry") && failures == 0)) {
            exchange.setProperty("failures", failures + 1);
            throw new IllegalStateException(body);
        }
    }

    private RouteBuilder route(String place) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(1));
                if (place.startsWith("onException")) {
                    onException(IllegalStateException.class)
                            .maximumRedeliveries(1)
                            .redeliveryDelay(1)
                            .handled(place.contains("handled"))
                            .to(report());
                }
                var route = from("direct:work").routeId(place);
                switch (place) {
                    case "lastStep", "onException", "onException handled" ->
                        route.process(ReportPlacesIT::work).to(report());
                    case "dead letter route that retries" -> {
                        route.errorHandler(deadLetterChannel("direct:dead")).process(ReportPlacesIT::work);
                        from("direct:dead")
                                .errorHandler(defaultErrorHandler()
                                        .maximumRedeliveries(1)
                                        .redeliveryDelay(1))
                                .process(exchange -> {
                                    if (exchange.getProperty("stored") == null) {
                                        exchange.setProperty("stored", true);
                                        throw new IllegalStateException("failed to store the message");
                                    }
                                })
                                .to(report());
                    }
                    case "onCompletion" ->
                        route.onCompletion().to(report()).end().process(ReportPlacesIT::work);
                    case "onCompletion modeBeforeConsumer" ->
                        route.onCompletion()
                                .modeBeforeConsumer()
                                .to(report())
                                .end()
                                .process(ReportPlacesIT::work);
                    case "onCompletion parallel" ->
                        route.onCompletion()
                                .parallelProcessing()
                                .to(report())
                                .end()
                                .process(ReportPlacesIT::work);
                    case "doFinally" ->
                        route.process(exchange -> retriedBefore(exchange))
                                .doTry()
                                .process(ReportPlacesIT::work)
                                .doFinally()
                                .to(report())
                                .end();
                    case "doCatch" ->
                        route.doTry()
                                .process(ReportPlacesIT::work)
                                .doCatch(IllegalStateException.class)
                                .to(report())
                                .end();
                    case "afterDoCatch" ->
                        route.doTry()
                                .process(ReportPlacesIT::work)
                                .doCatch(IllegalStateException.class)
                                .to("mock:recovered")
                                .end()
                                .to(report());
                    case "afterContinued" ->
                        route.onException(IllegalStateException.class)
                                .continued(true)
                                .end()
                                .process(ReportPlacesIT::work)
                                .to(report());
                    default -> throw new IllegalArgumentException(place);
                }
            }

            private void retriedBefore(Exchange exchange) {
                if (exchange.getMessage().getBody().equals("retried before")
                        && exchange.getProperty("retried") == null) {
                    exchange.setProperty("retried", true);
                    throw new IllegalStateException("before the doTry");
                }
            }
        };
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "lastStep, 7, 1",
        "lastStep, retry, 1",
        "onException, fail, 0",
        "onException handled, fail, 0",
        "onException handled, 7, 1",
        "onException handled, retry, 1",
        "dead letter route that retries, fail, 0",
        "onCompletion, 7, 1",
        "onCompletion, fail, 0",
        "onCompletion, retry, 1",
        "onCompletion modeBeforeConsumer, 7, 1",
        "onCompletion modeBeforeConsumer, fail, 0",
        "onCompletion modeBeforeConsumer, retry, 1",
        "onCompletion parallel, 7, 1",
        "onCompletion parallel, fail, 0",
        "onCompletion parallel, retry, 1",
        "doFinally, 7, 1",
        "doFinally, fail, 0",
        "doFinally, retried before, 1",
        "doCatch, fail, 0",
        "afterDoCatch, fail, 1",
        "afterContinued, fail, 1",
    })
    void successAndFailureAreDistinguished(String place, String body, int success) throws Exception {
        context.addRoutes(route(place));

        context.createProducerTemplate().request("direct:work", exchange -> {
            exchange.getMessage().setBody(body);
            exchange.setProperty("rows", 42);
        });
        await().until(() -> GATEWAY.group("job", job).isPresent());
        context.stop();

        assertThat(counting.requests()).containsExactly("POST /metrics/job/" + job);
        PushgatewayGroup group = GATEWAY.group("job", job).orElseThrow();
        assertThat(group.value("job_success")).isEqualTo(success);
        assertThat(group.has("job_last_success_unixtime")).isEqualTo(success == 1);
        assertThat(group.has("job_last_failure_unixtime")).isEqualTo(success == 0);
        assertThat(group.value("job_records_processed")).isEqualTo(42);
        // a body that is not a number is not reported
        assertThat(group.has("job_records_failed")).isEqualTo(body.equals("7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"onCompletion", "policy"})
    void failedRunKeepsTimeOfLastSuccess(String place) throws Exception {
        if (place.equals("policy")) {
            context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("*", "pushgateway:" + job));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:work").process(ReportPlacesIT::work);
                }
            });
        } else {
            context.addRoutes(route(place));
        }
        run("7");
        double first = group().value("job_last_success_unixtime");
        assertThat(group().has("job_last_failure_unixtime")).isFalse();
        // the times are whole seconds
        await().until(() -> Instant.now().getEpochSecond() > first);

        run("fail");
        run("fail");

        assertThat(group().value("job_last_success_unixtime")).isEqualTo(first);
        assertThat(group().value("job_last_failure_unixtime")).isGreaterThan(first);
        assertThat(group().value("job_last_completion_unixtime")).isGreaterThan(first);
        assertThat(group().value("job_success")).isZero();

        run("7");

        assertThat(group().value("job_last_success_unixtime")).isGreaterThan(first);
        assertThat(group().value("job_success")).isEqualTo(1);
        assertThat(group().has("job_last_failure_unixtime")).isTrue();
        assertThat(counting.requests()).hasSize(4);
    }

    private void run(String body) {
        context.createProducerTemplate()
                .request("direct:work", exchange -> exchange.getMessage().setBody(body));
    }

    private PushgatewayGroup group() {
        return GATEWAY.group("job", job).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&onPushFailure=fail", "&onPushFailure=warn", "&onPushFailure=ignore"})
    void failedReportNeverFailsJob(String policy) throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        String unavailable =
                "pushgateway:" + job + "?operation=report&maxRetries=0&url=http://127.0.0.1:" + port + policy;
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("policy", unavailable));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:policy").routeId("policy").to("mock:done");
                from("direct:step").to(unavailable).to("mock:done");
            }
        });
        try (LogCapture log = LogCapture.of(PushgatewayProducer.class, Level.INFO)) {
            for (String from : new String[] {"direct:policy", "direct:step"}) {
                Exchange exchange = context.createProducerTemplate()
                        .request(from, it -> it.getMessage().setBody(1));
                assertThat(exchange.getException()).isNull();
            }
            assertThat(log.lines()).hasSize(policy.endsWith("ignore") ? 0 : 2);
            assertThat(log.lines())
                    .allSatisfy(
                            line -> assertThat(line).startsWith("WARN").contains("report of the group {job=\"" + job));
        }
        context.getEndpoint("mock:done", org.apache.camel.component.mock.MockEndpoint.class)
                .expectedMessageCount(2);
        context.getEndpoint("mock:done", org.apache.camel.component.mock.MockEndpoint.class)
                .assertIsSatisfied();
    }

    @Test
    void headerSelectsReport() {
        context.createProducerTemplate()
                .sendBodyAndHeader("pushgateway:" + job, 7, PushgatewayConstants.OPERATION, "Report");

        assertThat(group().value("job_success")).isEqualTo(1);
    }

    @Test
    void reportUsesPrefixAndGaugeHeaders() {
        context.createProducerTemplate()
                .sendBodyAndHeader(
                        "pushgateway:" + job + "?operation=report&reportPrefix=etl&gaugeHeaders=batch_*",
                        "",
                        "batch_size",
                        5);

        assertThat(group().families().keySet())
                .containsExactlyInAnyOrder(
                        "etl_last_completion_unixtime",
                        "etl_last_success_unixtime",
                        "etl_success",
                        "etl_duration_seconds",
                        "batch_size",
                        "push_time_seconds",
                        "push_failure_time_seconds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reportPrefix=a b", "metricName=rows", "metricValue=now", "records=many"})
    void invalidOptionIsRejectedWhenEndpointIsCreated(String option) {
        assertThatThrownBy(() -> context.getEndpoint("pushgateway:load?operation=report&" + option))
                .isInstanceOf(ResolveEndpointFailedException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }
}
