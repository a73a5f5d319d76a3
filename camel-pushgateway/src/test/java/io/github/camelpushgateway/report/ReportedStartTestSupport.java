package io.github.camelpushgateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServerTestSupport;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;

/** Base class of tests of runs whose start is reported by a route policy. A test may change the response of the gateway. */
abstract class ReportedStartTestSupport extends WireServerTestSupport {

    static final String START = "job_last_start_unixtime";
    static final String COMPLETION = "job_last_completion_unixtime";

    /** A time in which the start of a run that is over would have been reported. */
    static final Duration AFTER_DELAY = Duration.ofMillis(1_250);

    /** Behaviour of the gateway, which a test may change. */
    volatile WireServer.Response response = WireServer.status(200, "");

    final ExecutorService threads = Executors.newCachedThreadPool();

    /** Holds runs until a test lets them continue. */
    volatile CountDownLatch running = new CountDownLatch(1);

    @Override
    protected WireServer.Response response() {
        return (request, out) -> response.to(request, out);
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    interface Configuration {
        void configure(RouteBuilder routes) throws Exception;
    }

    void addRoutes(String options, Configuration configuration) throws Exception {
        PushgatewayRoutePolicyFactory factory =
                new PushgatewayRoutePolicyFactory("*", "pushgateway:${routeId}?" + options);
        factory.setReportStart(true);
        context.addRoutePolicyFactory(factory);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                configuration.configure(this);
            }
        });
    }

    void hold(Exchange exchange) throws InterruptedException {
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
    }

    CompletableFuture<Exchange> send(String uri, Object body) {
        // not on a thread of Camel, for which a shutdown would wait
        return CompletableFuture.supplyAsync(
                () -> template.request(uri, exchange -> exchange.getMessage().setBody(body)), threads);
    }

    /** Returns the samples of each request for a job, in order. */
    List<Map<String, Double>> pushes(String job) {
        return server.requests().stream()
                .filter(request -> request.path().equals("/metrics/job/" + job))
                .map(request -> {
                    Map<String, Double> samples = new HashMap<>();
                    request.text()
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.split(" "))
                            .forEach(sample -> samples.put(sample[0], Double.valueOf(sample[1])));
                    return samples;
                })
                .toList();
    }

    void awaitRequests(int number) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> server.requests().size() >= number);
    }

    static boolean isRunning(Map<String, Double> report) {
        return Objects.requireNonNull(report.get(START)) > Objects.requireNonNull(report.get(COMPLETION));
    }
}
