package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.PushgatewayConstants;
import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.testing.FaultRun;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.SocketServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Closing a client or stopping a context completes every pending push, however many there are. */
class CloseUnderLoadTest {

    private static final Duration FAR_AWAY = Duration.ofMinutes(10);

    /**
     * The maximum time of a close, and the additional time for the outcomes and for the end of threads and connections.
     */
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private static final Duration LEFT = Duration.ofSeconds(20);

    private static final int SENDING = 5;

    /** Small, so that a stack that grows with the number of pushes overflows. */
    private static final int STACK_BYTES = 256 * 1024;

    /** The place where started attempts block. */
    enum Blocking {
        FOR_THE_GATEWAY,
        IN_A_HANDLER
    }

    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger started = new AtomicInteger();

    private GatewayResponse waitInHandler(GatewayRequest request, PushgatewayHandler.Next next) throws IOException {
        started.incrementAndGet();
        try {
            never.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted");
        }
        return next.handle(request);
    }

    private PushgatewayHandler[] handlers(Blocking blocking) {
        return blocking == Blocking.IN_A_HANDLER
                ? new PushgatewayHandler[] {this::waitInHandler}
                : new PushgatewayHandler[0];
    }

    private SocketServer silentServer() throws Exception {
        return new SocketServer(connection -> {
            if (connection.read() != null) {
                started.incrementAndGet();
            }
        });
    }

    /** Runs the end on another thread, so that a hanging one blocks neither other tests nor the build. */
    static void assertEnds(String what, Runnable end) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Runnable task = () -> {
            try {
                end.run();
                ended.complete(null);
            } catch (Throwable e) { // including a stack overflow
                ended.completeExceptionally(e);
            }
        };
        Thread thread = new Thread(null, task, what, STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        assertThat(ended).as(what).succeedsWithin(CLOSE);
    }

    static void assertAllFail(List<CompletableFuture<PushResponse>> pushes) {
        await().atMost(LEFT)
                .untilAsserted(() -> assertThat(
                                pushes.stream().filter(push -> !push.isDone()).count())
                        .as("pushes without an outcome")
                        .isZero());
        assertThat(pushes).allMatch(CloseUnderLoadTest::hasFailed);
    }

    /** The reason may be that of the interrupted handler, so only the type is checked. */
    private static boolean hasFailed(CompletableFuture<PushResponse> push) {
        return push.handle((response, failure) -> failure).join() instanceof PushgatewayException;
    }

    static PushRequest request(String job, String metric) {
        return new PushRequest(PushOperation.PUSH, GroupingKey.of(job), Pushes.gauge(metric, 1));
    }

    @ParameterizedTest
    @EnumSource
    void allPushesToManyGroupsFailWhenTheClientIsClosed(Blocking blocking) throws Exception {
        try (SocketServer server = silentServer();
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings(server.url(), FAR_AWAY, 3, handlers(blocking)))) {
            List<CompletableFuture<PushResponse>> pushes = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                pushes.add(client.send(request("job-" + i, "x")).toCompletableFuture());
            }
            await().until(() -> started.get() == SENDING);

            assertEnds("close", client::close);

            assertAllFail(pushes);
            assertThat(started).hasValue(SENDING);
            FaultRun.assertNoLeaks(server);
        }
    }

    /** The server responds to the first request when the others are pending, and not to the second. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allPushesToOneGroupFailWhenTheClientIsClosed(boolean coalesce) throws Exception {
        CountDownLatch othersWait = new CountDownLatch(1);
        try (SocketServer server = new SocketServer(connection -> {
                    while (connection.read() != null) {
                        if (started.incrementAndGet() == 1) {
                            othersWait.await();
                            connection.respond();
                        }
                    }
                });
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings(server.url(), FAR_AWAY, 0, coalesce))) {
            CompletableFuture<PushResponse> first =
                    client.send(request("job", "first")).toCompletableFuture();
            List<CompletableFuture<PushResponse>> pushes = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                // with different names, so that none replaces another
                pushes.add(client.send(request("job", "x" + i)).toCompletableFuture());
            }
            othersWait.countDown();
            assertThat(first).succeedsWithin(LEFT);
            await().until(() -> started.get() == 2);

            assertEnds("close", client::close);

            assertAllFail(pushes);
            FaultRun.assertNoLeaks(server);
        }
    }

    @ParameterizedTest
    @EnumSource
    void allExchangesEndWhenTheContextIsStopped(Blocking blocking) throws Exception {
        int exchanges = 3_000;
        AtomicInteger failed = new AtomicInteger();
        try (SocketServer server = silentServer();
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.getShutdownStrategy().setTimeout(1);
            PushgatewayHandler handler =
                    blocking == Blocking.IN_A_HANDLER ? this::waitInHandler : (request, next) -> next.handle(request);
            context.getRegistry().bind("waiting", handler);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .errorHandler(noErrorHandler())
                            .to("pushgateway:a?metricName=x&handler=#waiting&requestTimeout=" + FAR_AWAY.toMillis()
                                    + "&url=" + server.url());
                }
            });
            context.start();
            Endpoint endpoint = context.getEndpoint("direct:in");
            AsyncProducer producer = endpoint.createAsyncProducer();
            producer.start();
            for (int i = 0; i < exchanges; i++) {
                Exchange exchange = endpoint.createExchange();
                exchange.getMessage().setBody(i);
                exchange.getMessage().setHeader(PushgatewayConstants.JOB, "job-" + i);
                producer.process(exchange, done -> {
                    if (exchange.getException() != null) {
                        failed.incrementAndGet();
                    }
                });
            }
            await().until(() -> started.get() == SENDING);

            assertEnds("stop", context::stop);

            await().atMost(LEFT).untilAsserted(() -> assertThat(failed).hasValue(exchanges));
            FaultRun.assertNoLeaks(server);
        }
    }
}
