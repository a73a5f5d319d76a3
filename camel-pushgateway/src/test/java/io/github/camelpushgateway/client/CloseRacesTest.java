package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.testing.FaultRun;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.SocketServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An attempt that starts while its push is cancelled ends before the push completes. */
class CloseRacesTest {

    private static final Duration FAR_AWAY = Duration.ofMinutes(10);
    private static final Duration LEFT = Duration.ofSeconds(20);
    private static final int PUSHES = 5;

    private final AtomicInteger started = new AtomicInteger();

    private static ClientSettings retrying(String url) {
        return Pushes.withRetryDelay(Pushes.settings(url, FAR_AWAY, 1_000), Duration.ZERO);
    }

    /** In some of the rounds, an attempt starts while the client is closed. */
    @Test
    void retryThatStartsDuringCloseEnds() throws Exception {
        AtomicBoolean silent = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        Random random = new Random(1);
        try (SocketServer server = new SocketServer(connection -> {
            while (connection.read() != null && !silent.get()) {
                connection.write("HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n");
                refused.incrementAndGet();
            }
        })) {
            for (int round = 0; round < 25; round++) {
                silent.set(false);
                refused.set(0);
                int until = PUSHES + random.nextInt(3 * PUSHES);
                try (PushgatewayClient client = new PushgatewayClient(retrying(server.url()))) {
                    List<CompletableFuture<PushResponse>> pushes = new ArrayList<>();
                    for (int i = 0; i < PUSHES; i++) {
                        pushes.add(client.send(CloseUnderLoadTest.request("job-" + i, "x"))
                                .toCompletableFuture());
                    }
                    while (refused.get() < until) {
                        Thread.onSpinWait();
                    }
                    silent.set(true);
                    CloseUnderLoadTest.assertEnds("close", client::close);
                    CloseUnderLoadTest.assertAllFail(pushes);
                }
            }
            FaultRun.assertNoLeaks(server);
        }
    }

    /** The cause that ends a push while its handler waits. */
    enum End {
        CLOSE,
        TIMEOUT
    }

    /** A continuation can rely on the group not being changed any more. */
    @ParameterizedTest
    @EnumSource
    void nothingIsSentAfterTheOutcome(End end) throws Exception {
        CountDownLatch outcome = new CountDownLatch(1);
        CountDownLatch requested = new CountDownLatch(1);
        CompletableFuture<Boolean> sentAfterOutcome = new CompletableFuture<>();
        PushgatewayHandler handler = (request, next) -> {
            started.incrementAndGet();
            while (outcome.getCount() > 0) {
                try {
                    outcome.await();
                } catch (InterruptedException e) {
                    // a handler may ignore an interrupt
                }
            }
            return next.handle(request);
        };
        Duration requestTimeout = end == End.TIMEOUT ? Duration.ofMillis(100) : FAR_AWAY;
        try (SocketServer server = new SocketServer(connection -> {
                    connection.read();
                    requested.countDown();
                });
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings(server.url(), requestTimeout, 0, handler))) {
            client.send(CloseUnderLoadTest.request("job", "x")).whenComplete((response, failure) -> {
                outcome.countDown();
                try {
                    sentAfterOutcome.complete(requested.await(300, TimeUnit.MILLISECONDS));
                } catch (InterruptedException e) {
                    sentAfterOutcome.completeExceptionally(e);
                }
            });
            await().until(() -> started.get() == 1);
            if (end == End.CLOSE) {
                CloseUnderLoadTest.assertEnds("close", client::close);
            }

            assertThat(sentAfterOutcome).succeedsWithin(LEFT).isEqualTo(false);
            assertThat(server.connections()).isEmpty();
        }
    }
}
