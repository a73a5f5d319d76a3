package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServerTestSupport;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.junit.jupiter.api.Test;

/** The thread of an exchange sends a push itself only if it would otherwise block until the outcome. */
class WaitingCallersTest extends WireServerTestSupport {

    private static final WireServer.Response OK = WireServer.status(200, "");

    private final Queue<Thread> continued = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean hangs = new AtomicBoolean();
    private final AtomicInteger delayMillis = new AtomicInteger();

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.withShutdownTimeout(1);
    }

    @Override
    protected WireServer.Response response() {
        return (request, out) -> {
            if (hangs.get()) {
                new CountDownLatch(1).await();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delayMillis.get()));
            OK.to(request, out);
        };
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:push")
                        .to("pushgateway:a?metricName=x&requestTimeout=20000&url=" + server.url())
                        .process(exchange -> continued.add(Thread.currentThread()));
            }
        };
    }

    private long continuedHere() {
        return continued.stream().filter(Thread.currentThread()::equals).count();
    }

    @Test
    void callerOfTemplateSendsMostPushesItself() {
        ProducerTemplate template = context.createProducerTemplate();
        int pushes = 3 * WaitingCallers.PUSHES_PER_OBSERVATION;

        for (int i = 0; i < pushes; i++) {
            template.sendBody("direct:push", i);
        }

        assertThat(server.requests()).hasSize(pushes);
        assertThat(continued).hasSize(pushes);
        assertThat(continuedHere()).isGreaterThan(WaitingCallers.PUSHES_PER_OBSERVATION);
    }

    /** The caller waits for each push without Camel, so Camel cannot know whether it waits for the next push. */
    @Test
    void callerThatIsNotBlockedByCamelSendsNoPushes() throws Exception {
        AsyncProducer producer = context.getEndpoint("direct:push").createAsyncProducer();
        producer.start();

        for (int i = 0; i < 300; i++) {
            CountDownLatch done = new CountDownLatch(1);
            boolean sync = producer.process(exchange(i), doneSync -> done.countDown());
            assertThat(sync).isFalse();
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void hangingGatewayDoesNotBlockAsynchronousCaller() throws Exception {
        AsyncProducer producer = context.getEndpoint("direct:push").createAsyncProducer();
        producer.start();
        Thread other = new Thread(() -> context.createProducerTemplate().sendBody("direct:push", 0));
        other.start();
        other.join();
        hangs.set(true);
        CountDownLatch done = new CountDownLatch(10);

        long begun = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            assertThat(producer.process(exchange(i), doneSync -> done.countDown()))
                    .isFalse();
        }

        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)).isLessThan(10);
        assertThat(done.getCount()).isEqualTo(10);
    }

    @Test
    void stopEndsPushSentByItsCaller() throws Exception {
        ProducerTemplate template = context.createProducerTemplate();
        for (int i = 0; i < 20; i++) {
            template.sendBody("direct:push", i);
        }
        assertThat(continuedHere()).isPositive();
        hangs.set(true);
        Thread stopper = new Thread(context::stop);
        stopper.start();

        Exchange exchange = template.request("direct:push", e -> e.getMessage().setBody(1));

        assertThat(exchange.isFailed()).isTrue();
        stopper.join(TimeUnit.SECONDS.toMillis(15));
        assertThat(stopper.isAlive()).isFalse();
    }

    /** The exchange that blocks the thread waits for a delay. No thread waits for the exchange of the push. */
    @Test
    void blockedThreadDoesNotSendPushOfAnotherExchange() throws Exception {
        AsyncProducer producer = context.getEndpoint("direct:push").createAsyncProducer();
        producer.start();
        Queue<Boolean> sync = new ConcurrentLinkedQueue<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:delayed")
                        .process(exchange -> sync.add(producer.process(exchange(1), doneSync -> {})))
                        .delay(100)
                        .asyncDelayed();
            }
        });
        ProducerTemplate template = context.createProducerTemplate();
        delayMillis.set(30);

        for (int i = 0; i < 10; i++) {
            template.sendBody("direct:delayed", i);
        }

        assertThat(sync).hasSize(10).doesNotContain(true);
    }

    private Exchange exchange(int body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        return exchange;
    }
}
