package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.WireServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** There are few sender threads, even if continuations on them take long. */
class SenderThreadsTest {

    private static final int PUSHES = 200;
    private static final int SENDING = 5;
    private static final int CONTINUING = 15;

    /** Simulates an executor that is slow to start a thread. */
    @Test
    void atMostTwentyThreadsSendAndRunContinuations() throws Exception {
        // the continuation of an outcome that arrives while this thread still sends would run on it
        CountDownLatch allSent = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger continuing = new AtomicInteger();
        Queue<Runnable> others = new ConcurrentLinkedQueue<>();
        Executor slow = task -> {
            others.add(task);
            waitFor(end);
        };
        WireServer.Response success = WireServer.status(200, "");
        try (WireServer server = new WireServer((request, out) -> {
                    waitFor(allSent);
                    success.to(request, out);
                });
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()), slow)) {
            try {
                String prefix = "pushgateway-127.0.0.1-"
                        + GatewayUrl.parse(server.url()).port() + "-send-";
                List<CompletableFuture<Void>> pushes = new ArrayList<>();
                for (int i = 0; i < PUSHES; i++) {
                    PushRequest request = new PushRequest(
                            PushOperation.PUSHADD, GroupingKey.of("load-" + i, Map.of()), Pushes.gauge("rows", 1));
                    pushes.add(client.send(request)
                            .thenAccept(response -> {
                                continuing.incrementAndGet();
                                waitFor(end);
                            })
                            .toCompletableFuture());
                }
                allSent.countDown();

                await().during(200, TimeUnit.MILLISECONDS)
                        .until(() -> continuing.get() == CONTINUING && others.size() == SENDING);
                assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> thread.getName().startsWith(prefix))
                        .hasSize(SENDING + CONTINUING);
                assertThat(server.connections()).isLessThanOrEqualTo(SENDING);

                end.countDown();
                await().until(() -> server.requests().size() == PUSHES && continuing.get() + others.size() == PUSHES);
                others.forEach(Runnable::run);
                assertThat(pushes).allSatisfy(push -> assertThat(push).succeedsWithin(10, TimeUnit.SECONDS));
            } finally {
                // before the client is closed, which runs pending continuations on this thread
                allSent.countDown();
                end.countDown();
            }
        }
    }

    private static void waitFor(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
