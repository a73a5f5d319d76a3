package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServerTestSupport;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.TestExecutionConfiguration;

/** Base class of tests of publishers. Each test starts the context, and may change the response of the gateway. */
abstract class PublisherTestSupport extends WireServerTestSupport {

    static final Duration TIMEOUT = Duration.ofSeconds(20);

    final PrometheusRegistry registry = new PrometheusRegistry();
    final Counter counter = Counter.builder().name("orders_total").help("h").register(registry);
    final LogCapture log = LogCapture.of(PushgatewayPublisher.class, Level.INFO);

    WireServer.Response response = WireServer.status(200, "");

    /** Routes that count at the end of an exchange, which takes until the latch is released. */
    final CountDownLatch work = new CountDownLatch(1);

    final CountDownLatch working = new CountDownLatch(1);

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        // each test starts the context
        test.withUseAdviceWith(true);
    }

    @Override
    protected WireServer.Response response() {
        return (request, out) -> response.to(request, out);
    }

    @Override
    protected void prepare(CamelContext context) throws Exception {
        super.prepare(context);
        gatewayOptions(context).setMaxRetries(0);
        context.getRegistry().bind("metrics", registry);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:orders?pollTimeout=10")
                        .process(exchange -> {
                            working.countDown();
                            work.await();
                        })
                        .process(exchange -> counter.inc());
                from("direct:count").process(exchange -> counter.inc());
            }
        });
    }

    @Override
    protected void cleanupResources() throws Exception {
        work.countDown();
        super.cleanupResources();
        log.close();
    }

    static PushgatewayPublisher publisher(String uri, String interval, String onStop) {
        return new PushgatewayPublisher(uri, interval, onStop);
    }

    void start(PushgatewayPublisher... publishers) {
        for (int i = 0; i < publishers.length; i++) {
            context.getRegistry().bind("publisher" + i, publishers[i]);
        }
        context.start();
    }

    List<String> requests() {
        return server.requests().stream()
                .map(request -> request.method() + ' ' + request.path())
                .toList();
    }

    String lastBody() {
        List<WireServer.Request> requests = server.requests();
        return requests.get(requests.size() - 1).text();
    }

    List<String> warnings() {
        return log.lines().stream().filter(line -> line.startsWith("WARN")).toList();
    }

    /** An interrupted thread needs a moment to end. */
    static void assertNoThreads() {
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("PushgatewayPublisher")));
    }
}
