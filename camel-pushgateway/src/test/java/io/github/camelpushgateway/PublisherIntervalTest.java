package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.testing.WireServer;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pushes of a publisher at an interval, which is at least one second. */
@Timeout(60)
class PublisherIntervalTest extends PublisherTestSupport {

    private static final String PUBLISHER = PushgatewayPublisher.class.getName();

    @Test
    void intervalPushesSendTheCurrentState() {
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics", "1s"));
        assertThat(server.requests()).isEmpty();

        await().atMost(TIMEOUT).until(() -> server.requests().size() == 1);
        assertThat(lastBody()).contains("orders_total 0.0");
        template.sendBody("direct:count", "1");
        await().atMost(TIMEOUT).until(() -> lastBody().contains("orders_total 1.0"));
        template.sendBody("direct:count", "1");
        context.stop();

        assertThat(lastBody()).contains("orders_total 2.0");
        assertThat(log.lines())
                .containsExactly("INFO " + PUBLISHER + " Publishing the metrics of pushgateway:orders to "
                        + server.url() + " every 1s, onStop=push");
    }

    /** The last request waits for an interval push in progress. */
    @ParameterizedTest
    @CsvSource({"push, POST", "delete, DELETE"})
    void lastRequestFollowsIntervalPushInProgress(String onStop, String method) throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger concurrent = new AtomicInteger();
        AtomicBoolean overlapped = new AtomicBoolean();
        response = (request, out) -> {
            if (concurrent.incrementAndGet() > 1) {
                overlapped.set(true);
            }
            if (server.requests().size() == 1) {
                released.await();
            }
            concurrent.decrementAndGet();
            WireServer.status(202, "").to(request, out);
        };
        // without the order that coalesce would enforce
        start(publisher("pushgateway:orders?registry=#metrics&coalesce=false", "1s", onStop));
        await().atMost(TIMEOUT).until(() -> server.requests().size() == 1);
        template.sendBody("direct:count", "1");
        CompletableFuture<Void> stop = CompletableFuture.runAsync(context::stop);
        await().until(() -> context.isStopping());

        assertThat(stop).isNotDone();
        assertThat(server.requests()).hasSize(1);
        released.countDown();

        assertThat(stop).succeedsWithin(TIMEOUT);
        assertThat(requests()).containsExactly("POST /metrics/job/orders", method + " /metrics/job/orders");
        assertThat(overlapped).isFalse();
        if (method.equals("POST")) {
            assertThat(lastBody()).contains("orders_total 1.0");
        }
    }

    /** Responses take longer than several intervals. */
    @Test
    void pushesToSlowGatewayNeitherOverlapNorAccumulate() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger concurrent = new AtomicInteger();
        AtomicBoolean overlapped = new AtomicBoolean();
        response = (request, out) -> {
            if (concurrent.incrementAndGet() > 1) {
                overlapped.set(true);
            }
            if (server.requests().size() == 1) {
                released.await();
            }
            concurrent.decrementAndGet();
            WireServer.status(200, "").to(request, out);
        };
        start(publisher("pushgateway:orders?registry=#metrics&coalesce=false", "1s", "none"));
        await().atMost(TIMEOUT).until(() -> server.requests().size() == 1);
        long waited = System.nanoTime();
        await().during(Duration.ofMillis(2_200)).until(() -> server.requests().size() == 1);

        released.countDown();
        long release = System.nanoTime();
        await().atMost(TIMEOUT).until(() -> server.requests().size() == 2);

        // the next push follows a whole interval later, not three at once
        assertThat(Duration.ofNanos(System.nanoTime() - release)).isGreaterThan(Duration.ofMillis(900));
        assertThat(Duration.ofNanos(release - waited)).isGreaterThan(Duration.ofSeconds(2));
        context.stop();
        assertThat(overlapped).isFalse();
    }

    @Test
    void failuresAreLoggedWhenTheyBeginAndEnd() {
        AtomicInteger status = new AtomicInteger(503);
        response = (request, out) -> WireServer.status(status.get(), "no").to(request, out);
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics", "1s"));
        await().atMost(TIMEOUT).until(() -> server.requests().size() >= 2);
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("A push of the publisher of pushgateway:orders failed", "pushes again every 1 s", "503")
                .doesNotContain("\n");

        status.set(200);
        await().atMost(TIMEOUT)
                .until(() -> log.lines().stream()
                        .anyMatch(
                                line -> line.matches("INFO .* pushgateway:orders succeeded after [12] failed pushes")));
        context.stop();
        assertThat(warnings()).hasSize(1);
    }

    @Test
    void failingCollectorDoesNotEndIntervalPushes() {
        AtomicBoolean broken = new AtomicBoolean(true);
        GaugeWithCallback.builder()
                .name("broken")
                .callback(callback -> {
                    if (broken.getAndSet(false)) {
                        throw new AssertionError("broken collector");
                    }
                    callback.call(1);
                })
                .register(registry);
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics", "1s"));

        await().atMost(TIMEOUT).until(() -> !server.requests().isEmpty());

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("could not be read", "AssertionError", "further failures at DEBUG");
        assertThat(lastBody()).contains("broken 1.0");
    }

    @Test
    void failuresAreNotLoggedWithOnPushFailureIgnore() {
        response = WireServer.status(400, "why");
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics&onPushFailure=ignore", "1s"));
        await().atMost(TIMEOUT).until(() -> server.requests().size() >= 2);

        context.stop();

        assertThat(warnings()).isEmpty();
    }

    @Test
    void intervalPushToGatewayThatNeverRespondsDoesNotDelayStopBeyondShutdownTimeout() {
        response = (request, out) -> new CountDownLatch(1).await();
        context.getShutdownStrategy().setTimeout(2);
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics", "1s"));
        await().atMost(TIMEOUT).until(() -> server.requests().size() == 1);
        long begin = System.nanoTime();

        context.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        assertThat(server.requests()).hasSize(1);
        assertThat(warnings()).singleElement().asString().contains("The last metrics were not sent");
    }

    @Test
    void publisherWorksAfterRestartOfTheContext() {
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics", "1s"));
        await().atMost(TIMEOUT).until(() -> !server.requests().isEmpty());
        context.stop();
        int before = server.requests().size();
        await().during(Duration.ofMillis(1_200)).until(() -> server.requests().size() == before);

        // a stop clears the components and the registry, but not the lifecycle of the publisher
        gatewayOptions(context).setUrl(server.url());
        context.getRegistry().bind("metrics", registry);
        context.start();
        await().atMost(TIMEOUT).until(() -> server.requests().size() > before);
        counter.inc();
        context.stop();

        assertThat(lastBody()).contains("orders_total 1.0");
        assertNoThreads();
        assertThat(context.getManagementStrategy().getEventNotifiers())
                .noneMatch(notifier -> notifier.getClass().getName().contains(".publisher."));
    }

    @Test
    void publisherContinuesWhileTheContextIsSuspended() {
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics", "1s"));
        context.suspend();
        int before = server.requests().size();

        await().atMost(TIMEOUT).until(() -> server.requests().size() >= before + 2);
        context.resume();
        template.sendBody("direct:count", "1");
        await().atMost(TIMEOUT).until(() -> lastBody().contains("orders_total 1.0"));
        context.suspend();
        int suspended = server.requests().size();
        context.stop();

        assertThat(server.requests()).hasSizeGreaterThan(suspended);
        assertThat(lastBody()).contains("orders_total 1.0");
    }

    @Test
    void contextThatFailsToStartPushesAndDeletesNothing() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:fails")
                        .routePolicy(new RoutePolicySupport() {
                            @Override
                            public void onStart(Route route) {
                                throw new IllegalStateException("does not start");
                            }
                        })
                        .to("log:fails");
            }
        });
        PushgatewayPublisher push = new PushgatewayPublisher("pushgateway:orders?registry=#metrics", "1s");

        assertThatThrownBy(() -> start(push, publisher("pushgateway:other?registry=#metrics", "1s", "delete")))
                .hasStackTraceContaining("does not start");
        context.stop();

        assertThat(server.requests()).isEmpty();
        assertNoThreads();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void contextWhoseStartIsVetoedPushesNothing() {
        PushgatewayPublisher publisher = new PushgatewayPublisher("pushgateway:orders?registry=#metrics", "1s");
        context.getRegistry().bind("publisher", publisher);
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStarting(CamelContext starting) throws VetoCamelContextStartException {
                throw new VetoCamelContextStartException("not today", starting, false);
            }
        });

        context.start();

        assertThat(context.isStopped()).isTrue();
        assertThat(server.requests()).isEmpty();
        assertNoThreads();
    }

    @Test
    void replacedPublisherEndsItsIntervalPushes() {
        String old = "POST /metrics/job/old";
        start(publisher("pushgateway:old?registry=#metrics", "1s", "none"));
        await().atMost(TIMEOUT).until(() -> requests().contains(old));

        context.getRegistry().bind("publisher0", publisher("pushgateway:new?registry=#metrics", "1s", "none"));
        int before = server.requests().size();
        await().atMost(TIMEOUT).until(() -> Collections.frequency(requests(), "POST /metrics/job/new") >= 3);

        // one may have been in progress
        assertThat(Collections.frequency(requests(), old)).isLessThanOrEqualTo(before + 1);
        context.stop();
        assertNoThreads();
    }

    @Test
    void publisherThatIsBoundAfterTheStartWorks() {
        context.start();
        PushgatewayPublisher publisher = new PushgatewayPublisher("pushgateway:orders?registry=#metrics", "1s");

        context.getRegistry().bind("publisher", publisher);

        await().atMost(TIMEOUT).until(() -> !server.requests().isEmpty());
        context.stop();
        assertThat(server.requests()).hasSizeGreaterThan(1);
    }
}
