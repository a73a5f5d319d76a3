package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.github.camelpushgateway.testing.WireServer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** An interrupt of the thread of an exchange ends the push that the thread waits for, and no other push. */
class InterruptedRouteTest extends ContextTestSupport {

    private static final int EXCHANGES = 300;

    @Test
    void synchronousPushFailsAndKeepsInterruptFlag() throws Exception {
        CountDownLatch responds = new CountDownLatch(1);
        try (WireServer server = new WireServer((request, out) -> {
            responds.await();
            WireServer.status(200, "").to(request, out);
        })) {
            CompletableFuture<Exchange> done = new CompletableFuture<>();
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                done.complete(context.createProducerTemplate()
                        .request(
                                "pushgateway:a?synchronous=true&metricName=x&url=" + server.url(),
                                exchange -> exchange.getMessage().setBody(1)));
                flag.complete(Thread.currentThread().isInterrupted());
            });
            caller.start();
            await().until(() -> server.requests().size() == 1);

            caller.interrupt();

            assertThat(done)
                    .succeedsWithin(10, TimeUnit.SECONDS)
                    .satisfies(exchange -> assertThat(exchange.getException())
                            .isInstanceOf(PushgatewayException.class)
                            .hasMessageContainingAll("pushadd of the group {job=\"a\"}", "was interrupted")
                            .hasCauseInstanceOf(InterruptedException.class));
            assertThat(flag).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(true);
            responds.countDown();
        }
    }

    @Test
    void interruptAfterPushDoesNotAffectOtherPushes() throws Exception {
        AtomicInteger onSenders = new AtomicInteger();
        Queue<Exception> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger completed = new AtomicInteger();
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            String push = "metricName=rows&maxRetries=0&url=" + server.url();
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    onException(Exception.class)
                            .process(exchange ->
                                    failures.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
                    from("seda:in?concurrentConsumers=4&pollTimeout=10")
                            .toD("pushgateway:first-${body}?" + push)
                            .process(exchange -> {
                                if (Thread.currentThread().getName().contains("-send-")) {
                                    onSenders.incrementAndGet();
                                    Thread.currentThread().interrupt();
                                }
                            })
                            .toD("pushgateway:second-${body}?" + push)
                            .process(exchange -> completed.incrementAndGet());
                }
            });
            for (int i = 0; i < EXCHANGES; i++) {
                context.createProducerTemplate().sendBody("seda:in", i);
            }

            await().until(() -> completed.get() + failures.size() == EXCHANGES);
            assertThat(failures).isEmpty();
            assertThat(onSenders.get()).isPositive();
            assertThat(server.requests()).hasSize(2 * EXCHANGES);
        }
    }
}
