package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The threads that send are few, also if what continues on them takes long. */
class SenderThreadsTest {

    private static final int PUSHES = 1_000;

    /** Five that send and fifteen that continue. */
    private static final int THREADS = 20;

    /** One of each slot may be about to end when the next one begins. */
    private static final int ENDING = 10;

    @Test
    void aboutTwentyThreadsSendAndContinue() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger continuing = new AtomicInteger();
        Queue<Runnable> others = new ConcurrentLinkedQueue<>();
        try (WireServer server = new WireServer(WireServer.status(200, ""));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()), others::add)) {
            String prefix =
                    "pushgateway-127.0.0.1-" + GatewayUrl.parse(server.url()).port() + "-send-";
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
            // those that continue hold no other back
            await().until(() -> server.requests().size() == PUSHES && continuing.get() + others.size() == PUSHES);

            assertThat(continuing.get()).isBetween(1, THREADS - 5);
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith(prefix))
                    .hasSizeBetween(1, THREADS + ENDING);
            assertThat(server.connections()).isLessThanOrEqualTo(5);
            end.countDown();
            others.forEach(Runnable::run);
            assertThat(pushes).allSatisfy(push -> assertThat(push).succeedsWithin(10, TimeUnit.SECONDS));
        } finally {
            end.countDown();
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
