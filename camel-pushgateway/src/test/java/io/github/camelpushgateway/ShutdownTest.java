package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.report.FailureTracker;
import io.github.camelpushgateway.testing.WireServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.jupiter.api.Test;

/** Pending pushes complete or fail when a context stops. No connections or threads remain. */
class ShutdownTest {

    @Test
    void pendingPushesCompleteBeforeStop() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        try (WireServer server = new WireServer((request, out) -> {
            released.await();
            WireServer.status(200, "").to(request, out);
        })) {
            DefaultCamelContext context = started("seda:in?pollTimeout=10", server.url() + "&coalesce=false");
            for (int i = 0; i < 20; i++) {
                context.createProducerTemplate().sendBody("seda:in", i);
            }
            await().until(() -> !server.requests().isEmpty());

            CompletableFuture<Void> stopping = CompletableFuture.runAsync(context::stop);
            assertThat(stopping).isNotDone();
            released.countDown();

            assertThat(stopping).succeedsWithin(60, TimeUnit.SECONDS);
            assertThat(server.requests()).hasSize(20);
            assertNoConnectionsOrThreads(server);
        }
    }

    @Test
    void hangingPushesFailWithinShutdownTimeout() throws Exception {
        // receives requests and never responds
        try (WireServer server = new WireServer((request, out) -> {})) {
            DefaultCamelContext context = started("direct:in", server.url());
            context.getShutdownStrategy().setTimeout(1);
            List<CompletableFuture<Exchange>> pushes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int number = i;
                pushes.add(context.createProducerTemplate()
                        .asyncSend(
                                "direct:in", exchange -> exchange.getMessage().setBody(number)));
            }
            await().until(() -> !server.requests().isEmpty());
            Instant start = Instant.now();

            context.stop();

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(30));
            assertThat(pushes)
                    .allSatisfy(push -> assertThat(push)
                            .succeedsWithin(10, TimeUnit.SECONDS)
                            .satisfies(exchange ->
                                    assertThat(exchange.getException()).isNotNull()));
            assertNoConnectionsOrThreads(server);
        }
    }

    @Test
    void idleContextLeavesNoConnectionsOrThreads() throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            DefaultCamelContext context = started("direct:in", server.url());
            for (int i = 0; i < 50; i++) {
                context.createProducerTemplate().sendBody("direct:in", i);
            }
            assertThat(server.openConnections()).isPositive();

            context.stop();

            assertNoConnectionsOrThreads(server);
        }
    }

    @Test
    void pushAfterStopFailsWithClearMessage() throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            DefaultCamelContext context = new DefaultCamelContext();
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").split(body()).to("pushgateway:a?metricName=x&url=" + server.url());
                }
            });
            context.start();
            context.createProducerTemplate().sendBody("direct:in", 1);
            Endpoint endpoint = context.getEndpoints().stream()
                    .filter(PushgatewayEndpoint.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            AsyncProducer producer = endpoint.createAsyncProducer();
            context.stop();

            Exchange blocking = endpoint.createExchange();
            blocking.getMessage().setBody(1);
            producer.process(blocking);
            Exchange asynchronous = endpoint.createExchange();
            asynchronous.getMessage().setBody(1);
            producer.process(asynchronous, done -> {});
            Exchange report = endpoint.createExchange();
            report.getMessage().setHeader(PushgatewayConstants.OPERATION, "report");
            producer.process(report);

            assertThat(List.of(blocking, asynchronous))
                    .allSatisfy(exchange -> assertThat(exchange.getException())
                            .isInstanceOf(PushgatewayException.class)
                            .hasMessageContainingAll("{job=\"a\"}", "the component pushgateway is stopped"));
            assertThat(server.requests()).hasSize(1);
            assertThat(context.getManagementStrategy().getEventNotifiers())
                    .filteredOn(FailureTracker.class::isInstance)
                    .hasSize(1);
            assertNoConnectionsOrThreads(server);
        }
    }

    @Test
    void pushBeforeStartFailsWithClearMessage() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Endpoint endpoint = context.getEndpoint("pushgateway:a?metricName=x");
            AsyncProducer producer = endpoint.createAsyncProducer();
            Exchange blocking = endpoint.createExchange();
            blocking.getMessage().setBody(1);
            producer.process(blocking);
            Exchange asynchronous = endpoint.createExchange();
            asynchronous.getMessage().setBody(1);
            producer.process(asynchronous, done -> {});

            assertThat(List.of(blocking, asynchronous))
                    .allSatisfy(exchange -> assertThat(exchange.getException())
                            .isInstanceOf(PushgatewayException.class)
                            .hasMessageContainingAll("{job=\"a\"}", "never started", "start the Camel context"));
        }
    }

    /**
     * The endpoint of the first route starts while the context initialises. The endpoint of the second route is
     * invalid.
     */
    @Test
    void contextThatFailsToInitialiseLeavesNothingAndCanBeStartedAgain() throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            DefaultCamelContext context = new DefaultCamelContext();
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").split(body()).to("pushgateway:a?metricName=x&url=" + server.url());
                    from("direct:fails").routeId("fails").to("pushgateway:b?nonsense=1");
                }
            });

            assertThatThrownBy(context::start).hasStackTraceContaining("nonsense");
            assertNoConnectionsOrThreads(server);

            context.removeRouteDefinitions(List.of(context.getRouteDefinition("fails")));
            context.start();
            context.createProducerTemplate().sendBody("direct:in", 1);
            assertThat(server.requests()).hasSize(1);
            context.stop();
            assertNoConnectionsOrThreads(server);
        }
    }

    /** The first route starts and pushes. The second route fails to start. */
    @Test
    void contextThatFailsToStartLeavesNothing() throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            DefaultCamelContext context = new DefaultCamelContext();
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .startupOrder(1)
                            .split(body())
                            .to("pushgateway:a?metricName=x&url=" + server.url());
                    from("direct:fails")
                            .startupOrder(2)
                            .routePolicy(new RoutePolicySupport() {
                                @Override
                                public void onStart(Route route) {
                                    context.createProducerTemplate().sendBody("direct:in", 1);
                                    throw new IllegalStateException("does not start");
                                }
                            })
                            .to("log:fails");
                }
            });

            assertThatThrownBy(context::start).hasStackTraceContaining("does not start");

            assertThat(server.requests()).hasSize(1);
            assertNoConnectionsOrThreads(server);
        }
    }

    private static DefaultCamelContext started(String from, String url) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).to("pushgateway:a?metricName=x&url=" + url);
            }
        });
        context.start();
        return context;
    }

    private static void assertNoConnectionsOrThreads(WireServer server) {
        // less than the 10 seconds after which an idle connection and its thread end anyway
        await().atMost(8, TimeUnit.SECONDS).untilAsserted(() -> {
            assertThat(server.openConnections()).isZero();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("pushgateway-127.0.0.1-"
                            + server.url().substring(server.url().lastIndexOf(':') + 1)));
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains("PushgatewayWorker"));
        });
    }
}
