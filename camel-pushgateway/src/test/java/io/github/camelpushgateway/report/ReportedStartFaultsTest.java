package io.github.camelpushgateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.LogCapture;
import io.github.camelpushgateway.PushgatewayEndpoint;
import io.github.camelpushgateway.PushgatewayProducer;
import io.github.camelpushgateway.testing.WireServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that hangs or fails for the start of a run delays neither the run nor its report. */
class ReportedStartFaultsTest extends ReportedStartTestSupport {

    /** A gateway that hangs or fails for each request. */
    enum Fault {
        BLACK_HOLE,
        SLOW,
        ERROR,
        DOWN
    }

    private String faultyUrl(Fault fault) throws Exception {
        switch (fault) {
            case BLACK_HOLE -> response = (request, out) -> new CountDownLatch(1).await();
            case SLOW ->
                response = (request, out) -> {
                    TimeUnit.MILLISECONDS.sleep(900);
                    WireServer.status(200, "").to(request, out);
                };
            case ERROR -> response = WireServer.status(503, "");
            case DOWN -> server.close();
        }
        return server.url();
    }

    /**
     * The reports of runs with a start take no longer than those without one. A busy machine may delay a try, but not three of
     * them; a report that waits for a start is slow in each.
     */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void runTakesNoLongerWithFaultyGateway(Fault fault) throws Exception {
        String url = faultyUrl(fault);
        addRoutes(
                "requestTimeout=1s&maxRetries=1&retryDelay=200&onPushFailure=ignore&url=" + url,
                routes -> routes.from("direct:in").routeId("faulty").process(this::hold));
        // 4.4 s: two attempts of one second, for one report in flight and then for the others; a start before them adds
        // 2.2 s
        Duration limit = Duration.ofMillis(6_200);

        Duration fastest = timeOfEnd(fault);
        for (int retry = 0; retry < 2 && fastest.compareTo(limit) >= 0; retry++) {
            fastest = timeOfEnd(fault);
        }

        assertThat(fastest).isLessThan(limit);
    }

    /** Returns the time from the end of the work of parallel runs to the end of their reports. */
    private Duration timeOfEnd(Fault fault) throws Exception {
        running = new CountDownLatch(1);
        int before = server.requests().size();
        List<CompletableFuture<Exchange>> runs = new ArrayList<>();
        // more than the connections of a client
        for (int i = 0; i < 12; i++) {
            runs.add(send("direct:in", ""));
        }
        if (fault == Fault.DOWN) {
            await().pollDelay(AFTER_DELAY).until(() -> true);
        } else {
            // starts are in flight
            awaitRequests(before + 5);
        }
        long released = System.nanoTime();
        running.countDown();
        for (CompletableFuture<Exchange> run : runs) {
            assertThat(run.get().getException()).isNull();
        }
        return Duration.ofNanos(System.nanoTime() - released);
    }

    @Test
    void reportDoesNotWaitForStartWithoutResponse() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        response = (request, out) -> {
            if (requests.getAndIncrement() == 0) {
                new CountDownLatch(1).await();
            }
            WireServer.status(200, "").to(request, out);
        };
        addRoutes(
                "requestTimeout=30s",
                routes -> routes.from("direct:in").routeId("hanging").process(this::hold));
        try (LogCapture log = LogCapture.of(PushgatewayProducer.class, Level.INFO)) {
            CompletableFuture<Exchange> run = send("direct:in", "");
            awaitRequests(1);

            running.countDown();
            run.get(15, TimeUnit.SECONDS);

            assertThat(pushes("hanging")).hasSize(2);
            assertThat(pushes("hanging").get(1)).containsEntry("job_success", 1.0);
            assertThat(log.lines()).isEmpty();
        }
        PushgatewayEndpoint endpoint = (PushgatewayEndpoint) context.getEndpoints().stream()
                .filter(PushgatewayEndpoint.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(endpoint.getPushesRequested())
                .as("a cancelled start is not counted")
                .isEqualTo(1);
        assertThat(endpoint.getPushesFailed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"warn", "fail", "ignore"})
    void failedStartIsLoggedAndHasNoOtherEffect(String onPushFailure) throws Exception {
        response = WireServer.status(400, "no starts here");
        addRoutes(
                "onPushFailure=" + onPushFailure,
                routes -> routes.from("direct:in").routeId("refused").process(this::hold));
        try (LogCapture log = LogCapture.of(PushgatewayProducer.class, Level.INFO)) {
            CompletableFuture<Exchange> run = send("direct:in", "");
            awaitRequests(1);
            if (onPushFailure.equals("ignore")) {
                await().pollDelay(Duration.ofMillis(300)).until(() -> true);
                assertThat(log.lines()).isEmpty();
            } else {
                await().untilAsserted(() -> assertThat(log.lines())
                        .singleElement()
                        .asString()
                        .startsWith("WARN " + PushgatewayProducer.class.getName()
                                + " The start of a run is not reported: report of the group {job=\"refused\"}")
                        .contains("no starts here"));
            }
            response = WireServer.status(200, "");
            running.countDown();

            assertThat(run.get().getException()).isNull();
            assertThat(pushes("refused")).hasSize(2);
        }
    }
}
