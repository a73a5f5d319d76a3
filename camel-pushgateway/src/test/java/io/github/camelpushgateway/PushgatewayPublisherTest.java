package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.testing.WireServer;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a publisher pushes, what it pushes, and how it is configured. */
@Timeout(60)
class PushgatewayPublisherTest extends PublisherTestSupport {

    private static final String PUBLISHER = PushgatewayPublisher.class.getName();

    @Test
    void shutdownWithoutTimeoutWaitsForTheLastPush() {
        context.getShutdownStrategy().setTimeout(Long.MAX_VALUE);
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics"));

        context.stop();

        assertThat(requests()).containsExactly("POST /metrics/job/orders");
        assertThat(warnings()).isEmpty();
        assertNoThreads();
    }

    @Test
    void lastPushContainsWhatTheLastExchangeCounted() throws Exception {
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics"));
        template.sendBody("seda:orders", "1");
        working.await();
        CompletableFuture<Void> stop = CompletableFuture.runAsync(context::stop);
        assertThat(stop).isNotDone();

        work.countDown();

        assertThat(stop).succeedsWithin(TIMEOUT);
        assertThat(requests()).containsExactly("POST /metrics/job/orders");
        assertThat(lastBody()).contains("orders_total 1.0");
        assertThat(warnings()).isEmpty();
        assertNoThreads();
    }

    /** The route policy of camel-micrometer does the same. */
    @Test
    void lastPushContainsMetricsThatAreRemovedWithTheirRoute() throws Exception {
        Counter ofRoute = Counter.builder().name("route_total").register(registry);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:measured")
                        .routePolicy(new RoutePolicySupport() {
                            @Override
                            public void onExchangeDone(Route route, Exchange exchange) {
                                ofRoute.inc();
                            }

                            @Override
                            public void onRemove(Route route) {
                                registry.unregister(ofRoute);
                            }
                        })
                        .to("log:measured");
            }
        });
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics"));
        template.sendBody("direct:measured", "1");

        context.stop();

        assertThat(requests()).containsExactly("POST /metrics/job/orders");
        assertThat(lastBody()).contains("route_total 1.0");
    }

    @Test
    void contextWithoutRoutesPushesAtStop() throws Exception {
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            gatewayOptions(other).setUrl(server.url());
            other.getRegistry().bind("metrics", registry);
            other.getRegistry().bind("publisher", new PushgatewayPublisher("pushgateway:orders?registry=#metrics"));
            other.start();
        }

        assertThat(requests()).containsExactly("POST /metrics/job/orders");
    }

    @Test
    void routeThatIsRemovedWhileTheContextRunsDoesNotEndThePublisher() throws Exception {
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics"));
        String id = context.getRoutes().get(0).getRouteId();

        context.getRouteController().stopRoute(id);
        context.removeRoute(id);

        assertThat(server.requests()).isEmpty();
        context.stop();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void optionsOfTheEndpointApply() {
        GaugeWithCallback.builder()
                .name("jvm_x")
                .callback(callback -> callback.call(1))
                .register(registry);
        start(new PushgatewayPublisher(
                "pushgateway:orders?registry=#metrics&operation=push&groupingKey.region=eu&instanceIp=true"
                        + "&metricFilter=orders_*&labels.team=a&metricName=last_push_unixtime&metricValue=now"));

        context.stop();

        assertThat(requests()).containsExactly("PUT /metrics/job/orders/instance/127.0.0.1/region/eu");
        assertThat(lastBody())
                .contains("orders_total 0.0", "last_push_unixtime{team=\"a\"} 1")
                .doesNotContain("jvm_x");
    }

    @Test
    void nothingIsSentAtStopWithOnStopNone() {
        start(publisher("pushgateway:orders?registry=#metrics", "1h", "none"));

        context.stop();

        assertThat(server.requests()).isEmpty();
        assertNoThreads();
    }

    @ParameterizedTest
    @CsvSource({"push, The last metrics were not sent", "delete, The group was not deleted"})
    void refusedLastRequestIsLogged(String onStop, String expected) {
        response = WireServer.status(400, "why");
        start(publisher("pushgateway:orders?registry=#metrics", "1h", onStop));

        context.stop();

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains(expected, "pushgateway:orders", server.url(), "400", "why");
    }

    @Test
    void gatewayThatNeverRespondsDoesNotDelayStopBeyondShutdownTimeout() {
        response = (request, out) -> new CountDownLatch(1).await();
        context.getShutdownStrategy().setTimeout(2);
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics"));
        long begin = System.nanoTime();

        context.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(15));
        assertThat(requests()).containsExactly("POST /metrics/job/orders");
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("The last metrics were not sent", "no response within", "shutdown timeout");
        assertNoThreads();
    }

    @Test
    void collectorThatNeverReturnsDoesNotDelayStopBeyondShutdownTimeout() {
        GaugeWithCallback.builder()
                .name("hangs")
                .callback(callback -> awaitUninterruptibly(work))
                .register(registry);
        context.getShutdownStrategy().setTimeout(1);
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics"));
        long begin = System.nanoTime();

        context.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        assertThat(warnings()).singleElement().asString().contains("The last metrics were not sent");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // a collector that ignores interrupts
            }
        }
    }

    /** A route that hangs uses up the whole timeout. */
    @Test
    void lastPushIsSentAfterRouteThatDoesNotStop() throws Exception {
        context.getShutdownStrategy().setTimeout(1);
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics"));
        template.sendBody("seda:orders", "1");
        working.await();

        context.stop();

        assertThat(requests()).containsExactly("POST /metrics/job/orders");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void interruptedStopIsLoggedAndKeepsTheInterrupt() throws Exception {
        response = (request, out) -> new CountDownLatch(1).await();
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics"));
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread stopping = new Thread(() -> {
            context.stop();
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        stopping.start();
        await().atMost(TIMEOUT).until(() -> server.requests().size() == 1);

        stopping.interrupt();

        stopping.join(TIMEOUT.toMillis());
        assertThat(stopping.isAlive()).isFalse();
        assertThat(interrupted).isTrue();
        assertThat(warnings()).singleElement().asString().contains("was interrupted");
    }

    @Test
    void severalPublishersAreIndependent() {
        start(
                new PushgatewayPublisher("pushgateway:a?registry=#metrics&operation=push"),
                publisher("pushgateway:b?registry=#metrics", "1h", "delete"),
                new PushgatewayPublisher("pushgateway:c?registry=#metrics"));

        context.stop();

        assertThat(requests())
                .containsExactlyInAnyOrder("PUT /metrics/job/a", "DELETE /metrics/job/b", "POST /metrics/job/c");
    }

    /** A reload of routes creates the beans of the file again. */
    @Test
    void laterPublisherWithTheSameUriReplacesTheEarlier() {
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics"));

        context.getRegistry().bind("publisher0", new PushgatewayPublisher("pushgateway:orders?registry=#metrics"));
        context.stop();

        assertThat(requests()).containsExactly("POST /metrics/job/orders");
        assertThat(log.lines()).anyMatch(line -> line.contains("with the same uri is replaced"));
    }

    /** A reload of routes also removes all endpoints. */
    @Test
    void laterPublisherReplacesTheEarlierAlthoughItsEndpointIsNew() {
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics"));

        context.getEndpointRegistry().clear();
        context.getRegistry().bind("publisher0", new PushgatewayPublisher("pushgateway:orders?registry=#metrics"));
        context.stop();

        assertThat(requests()).containsExactly("POST /metrics/job/orders");
    }

    /** As a reload binds the publisher of a file whose uri was edited. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void publisherWithAnotherUriReplacesTheEarlierOfTheSameName(boolean unbound) throws Exception {
        start(new PushgatewayPublisher("pushgateway:old?registry=#metrics"));
        PushgatewayPublisher edited = context.getInjector().newInstance(PushgatewayPublisher.class);
        edited.setUri("pushgateway:new?registry=#metrics&operation=push");

        if (unbound) {
            // as for a bean of a file
            context.getRegistry().unbind("publisher0");
        }
        context.getRegistry().bind("publisher0", edited);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:reloaded").to("log:reloaded");
            }
        });

        assertThat(log.lines()).anyMatch(line -> line.contains("The publisher of pushgateway:old is replaced"));
        context.stop();
        assertThat(requests()).containsExactly("PUT /metrics/job/new");
    }

    @Test
    void publisherOfAnotherNameIsNotReplaced() throws Exception {
        start(new PushgatewayPublisher("pushgateway:a?registry=#metrics"));

        context.getRegistry().bind("other", new PushgatewayPublisher("pushgateway:b?registry=#metrics"));
        context.stop();

        assertThat(requests()).containsExactlyInAnyOrder("POST /metrics/job/a", "POST /metrics/job/b");
    }

    @Test
    void eachReloadReplacesThePublisher() throws Exception {
        start(new PushgatewayPublisher("pushgateway:job0?registry=#metrics"));

        for (int i = 1; i <= 3; i++) {
            context.getRegistry().unbind("publisher0");
            context.getRegistry()
                    .bind("publisher0", new PushgatewayPublisher("pushgateway:job" + i + "?registry=#metrics"));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("timer:reloaded?delay=100000").to("log:reloaded");
                }
            });
        }
        context.stop();

        assertThat(requests()).containsExactly("POST /metrics/job/job3");
    }

    @Test
    void restartedContextUsesThePublisherThatIsBoundThen() {
        start(new PushgatewayPublisher("pushgateway:old?registry=#metrics"));
        context.stop();
        int before = server.requests().size();

        gatewayOptions(context).setUrl(server.url());
        context.getRegistry().bind("metrics", registry);
        context.getRegistry().bind("publisher0", new PushgatewayPublisher("pushgateway:new?registry=#metrics"));
        context.start();
        context.stop();

        assertThat(requests().subList(before, server.requests().size())).containsExactly("POST /metrics/job/new");
    }

    /** Camel sets the context of a bean before its properties. */
    @Test
    void propertiesMayBeSetAfterTheContext() {
        PushgatewayPublisher publisher = new PushgatewayPublisher();
        publisher.setCamelContext(context);
        publisher.setCamelContext(context);
        publisher.setUri("pushgateway:orders?registry=#metrics");

        context.start();
        context.stop();

        assertThat(requests()).containsExactly("POST /metrics/job/orders");
    }

    @Test
    void exchangeEventsAreNotRequested() {
        start(new PushgatewayPublisher("pushgateway:orders?registry=#metrics"));

        assertThat(context.getManagementStrategy().getEventNotifiers())
                .filteredOn(notifier -> notifier.getClass().getName().contains(".publisher."))
                .singleElement()
                .matches(notifier -> notifier.isIgnoreExchangeEvents());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#class:%s(\"pushgateway:orders?registry=#metrics\")",
                "#class:%s(\"pushgateway:orders?registry=#metrics\", \"1h\")",
                "#class:%s('pushgateway:orders?registry=#metrics&operation=pushadd', '1h', 'push')"
            })
    void camelMainAcceptsConstructorArguments(String bean) throws Exception {
        Main main = main();
        main.addInitialProperty("camel.beans.publisher", bean.formatted(PUBLISHER));
        main.start();
        main.stop();

        assertThat(requests()).containsExactly("POST /metrics/job/orders");
    }

    @Test
    void camelMainAcceptsPropertiesAndPlaceholders() throws Exception {
        Main main = main();
        main.addInitialProperty("app", "orders");
        main.addInitialProperty("camel.beans.publisher", "#class:" + PUBLISHER);
        main.addInitialProperty("camel.beans.publisher.uri", "pushgateway:{{app}}?registry=#metrics");
        main.addInitialProperty("camel.beans.publisher.interval", "1h");
        main.addInitialProperty("camel.beans.publisher.on-stop", "delete");
        main.start();
        main.stop();

        assertThat(requests()).containsExactly("DELETE /metrics/job/orders");
    }

    @Test
    void bindToRegistryIsEnough() throws Exception {
        Main main = main();
        main.configure().addConfiguration(new Beans());
        main.start();
        main.stop();

        assertThat(requests()).containsExactly("POST /metrics/job/orders");
    }

    /** Beans of an application. */
    public static class Beans implements CamelConfiguration {

        @Override
        public void configure(CamelContext context) {}

        /** Returns the publisher. */
        @BindToRegistry
        public PushgatewayPublisher publisher() {
            return new PushgatewayPublisher("pushgateway:orders?registry=#metrics");
        }
    }

    /** The context stops as soon as the last message has completed. */
    @Test
    void lastPushFollowsTheLastMessageOfCamelMain() throws Exception {
        Main main = main();
        main.addInitialProperty("camel.main.durationMaxMessages", "3");
        main.addInitialProperty("camel.beans.publisher", "#class:" + PUBLISHER);
        main.addInitialProperty("camel.beans.publisher.uri", "pushgateway:orders?registry=#metrics");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:tick?delay=0&period=1&repeatCount=3").process(exchange -> counter.inc());
            }
        });

        main.run();

        assertThat(requests()).containsExactly("POST /metrics/job/orders");
        assertThat(lastBody()).contains("orders_total 3.0");
    }

    private Main main() {
        Main main = new Main();
        main.bind("metrics", registry);
        main.addInitialProperty("camel.component.pushgateway.url", server.url());
        return main;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "| | push | a publisher has no uri; set it to an endpoint with a registry",
                "log:x | | push | the publisher of log:x: the uri is not a pushgateway endpoint",
                "pushgateway:a | | push | pushgateway:a: there is no registry to push; set the option registry",
                "pushgateway:a?registry=#metrics&operation=delete | | push | operation=delete does not push a registry;",
                "pushgateway:a?registry=#metrics&operation=report | | push | operation=report does not push a registry;",
                "pushgateway:a?registry=#metrics&operation=accumulate | 1h | push | operation=accumulate with an interval would add the same values",
                "pushgateway:*?operation=groups | | push | operation=groups does not push a registry; remove it",
                "pushgateway:a?registry=#metrics&gaugeHeaders=x | | push | gaugeHeaders needs a message",
                "pushgateway:a?registry=#metrics&metricName=x | | push | metricName without metricValue needs the body",
                "pushgateway:a?registry=#metrics&metricName=x&metricValue=${body} | | push | metricValue is ${body}, an",
                "pushgateway:a-${header.x}?registry=#metrics | | push | the job is a-${header.x}, an expression",
                "pushgateway:a?registry=#metrics&groupingKey.r=${header.r} | | push | groupingKey.r is ${header.r}, an",
                "pushgateway:a?registry=#metrics&labels.r=${header.r} | | push | labels.r is ${header.r}, an expression",
                "pushgateway:a?registry=#metrics&records=1 | | push | records has no effect with operation=pushadd",
                "pushgateway:a?registry=#metrics&dryRun=true | | push | dryRun",
                "pushgateway:a?registry=#missing | | push | missing",
                "pushgateway:a?registry=#metrics | soon | push | interval is 'soon', which is not a duration",
                "pushgateway:a?registry=#metrics | 30 | push | interval is '30', which is less than one second",
                "pushgateway:a?registry=#metrics | -1s | push | interval is '-1s', which is not a duration",
                "pushgateway:a?registry=#metrics | 1s | stop | onStop is 'stop'; write push, delete or none",
                "pushgateway:a?registry=#metrics | | none | pushgateway:a: onStop=none without an interval never pushes",
                "pushgateway:a?registry=#metrics | | delete | pushgateway:a: onStop=delete without an interval never pushes"
            })
    void invalidOptionsFailTheStart(String uri, String interval, String onStop, String expected) throws Exception {
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            other.getRegistry().bind("metrics", registry);
            other.getRegistry().bind("publisher", publisher(uri, interval, onStop));

            assertThatThrownBy(other::start)
                    .hasMessageContaining(expected)
                    .message()
                    .satisfies(message -> assertThat(message.lines()).hasSize(1));
        }
        assertNoThreads();
    }

    @Test
    void constantsThatLookLikeExpressionsAreAccepted() {
        start(new PushgatewayPublisher("pushgateway:a${x}?registry=#metrics&expressions=false"));

        context.stop();

        assertThat(Set.copyOf(requests())).hasSize(1);
        assertThat(Objects.requireNonNull(warnings())).isEmpty();
    }
}
