package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.github.camelpushgateway.testing.LossyProxy;
import io.github.camelpushgateway.testing.LossyProxy.Loss;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failed push is recognised in the exchange that is delivered again, and in no other one. */
class RedeliveredPushIT extends ContextTestSupport {

    private static Pushgateway gateway;

    @BeforeAll
    static void startGateway() {
        gateway = Pushgateway.start();
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    private static double rows(String job) {
        return gateway.group("job", job).orElseThrow().value("rows_total");
    }

    private static String uri(String job, String url) {
        return "pushgateway:" + job + "?operation=accumulate&metricName=rows&metricType=counter&metricValue=1"
                + "&maxRetries=0&url=" + url;
    }

    private Exchange run(String route) {
        return template.request(
                "direct:" + route, exchange -> exchange.getMessage().setBody(List.of("a", "b", "c")));
    }

    /** The parts of a split are copies of an exchange whose push has failed. Each of them is a push of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"UNAVAILABLE", "RESPONSE", "REQUEST"})
    void partsAfterAFailedPushAreAllAdded(Loss loss) throws Exception {
        String job = "parts-" + loss;
        // the read after the failure fails, too
        try (LossyProxy proxy = new LossyProxy(gateway.url(), Loss.NONE, loss, Loss.REQUEST)) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:" + job)
                            .doTry()
                            .to(uri(job, proxy.url()))
                            .doCatch(Exception.class)
                            .end()
                            .split(body())
                            .parallelProcessing()
                            .to(uri(job, proxy.url()));
                }
            });

            assertThat(run(job).getException()).isNull();
        }

        // one of them repeats the failed one
        assertThat(rows(job)).isEqualTo(3);
    }

    /** The whole split is repeated because one of its parts has failed. */
    @Test
    void repeatedSplitAddsAllItsParts() throws Exception {
        try (LossyProxy proxy = new LossyProxy(gateway.url(), Loss.NONE, Loss.UNAVAILABLE, Loss.NONE)) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:split")
                            .errorHandler(
                                    defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(1))
                            .to("direct:split-once");
                    from("direct:split-once")
                            .errorHandler(noErrorHandler())
                            .split(body())
                            .stopOnException()
                            .to(uri("split", proxy.url()));
                }
            });

            assertThat(run("split").getException()).isNull();
        }

        assertThat(rows("split")).isEqualTo(3);
    }

    /** Another push of the exchange succeeds before the failed one is repeated. */
    @ParameterizedTest
    @ValueSource(strings = {"RESPONSE", "REQUEST"})
    void pushOfAnotherGroupDoesNotHideTheFailedOne(Loss loss) throws Exception {
        String job = "second-" + loss;
        try (LossyProxy proxy = new LossyProxy(gateway.url(), Loss.NONE, loss, Loss.REQUEST)) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:" + job)
                            .errorHandler(
                                    defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(1))
                            .to("direct:once-" + job);
                    from("direct:once-" + job)
                            .errorHandler(noErrorHandler())
                            .to(uri("first-" + loss, gateway.url()))
                            .to(uri(job, proxy.url()));
                }
            });

            assertThat(run(job).getException()).isNull();
        }

        assertThat(rows(job)).isEqualTo(1);
    }

    /** The counter of redeliveries remains in the message after an earlier step was repeated. */
    @Test
    void registryIsAddedOnceAlthoughAnEarlierStepWasRepeated() throws Exception {
        PrometheusRegistry registry = new PrometheusRegistry();
        Counter rows = Counter.builder().name("rows").register(registry);
        rows.inc(10);
        context.getRegistry().bind("counting", registry);
        AtomicInteger attempts = new AtomicInteger();
        try (LossyProxy proxy = new LossyProxy(gateway.url(), Loss.NONE, Loss.RESPONSE, Loss.REQUEST)) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(defaultErrorHandler()
                            .maximumRedeliveries(3)
                            .redeliveryDelay(1)
                            .onRedelivery(exchange -> rows.inc()));
                    from("direct:stale")
                            .process(exchange -> {
                                if (attempts.incrementAndGet() == 1) {
                                    throw new IllegalStateException("fails once");
                                }
                            })
                            .to("pushgateway:stale?operation=accumulate&registry=#counting&maxRetries=0&url="
                                    + proxy.url());
                }
            });

            assertThat(run("stale").getException()).isNull();
        }

        assertThat(rows("stale")).isEqualTo(11);
    }

    /** Without a cache, another endpoint of the same URI repeats the push. */
    @Test
    void registryOfADynamicEndpointIsAddedOnceAlthoughItContinuesToCount() throws Exception {
        PrometheusRegistry registry = new PrometheusRegistry();
        Counter rows = Counter.builder().name("rows").register(registry);
        rows.inc(10);
        context.getRegistry().bind("counting", registry);
        try (LossyProxy proxy = new LossyProxy(gateway.url(), Loss.NONE, Loss.RESPONSE, Loss.REQUEST)) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(defaultErrorHandler()
                            .maximumRedeliveries(3)
                            .redeliveryDelay(1)
                            .onRedelivery(exchange -> rows.inc()));
                    from("direct:dynamic")
                            .setBody(constant("a"))
                            .toD()
                            .cacheSize(-1)
                            .uri("pushgateway:dynamic?operation=accumulate&registry=#counting&maxRetries=0&url="
                                    + proxy.url() + "&labels.table=${body}");
                }
            });

            assertThat(run("dynamic").getException()).isNull();
        }

        assertThat(rows("dynamic")).isEqualTo(10);
    }
}
