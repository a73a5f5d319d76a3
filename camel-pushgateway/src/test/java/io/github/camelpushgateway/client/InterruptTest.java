package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.WireServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An interrupt only ends the wait of the interrupted thread. */
class InterruptTest {

    private static PushRequest push(int number) {
        return new PushRequest(
                PushOperation.PUSHADD, GroupingKey.of("load-" + number, Map.of()), Pushes.gauge("rows", number));
    }

    @Test
    void interruptedCallerStopsWaitingAndPushContinues() throws Exception {
        CountDownLatch responds = new CountDownLatch(1);
        try (WireServer server = new WireServer((request, out) -> {
                    responds.await();
                    WireServer.status(200, "").to(request, out);
                });
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            CompletableFuture<PushResponse> outcome = client.send(push(1)).toCompletableFuture();

            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(() -> Futures.await(outcome)).isInstanceOf(InterruptedException.class);
            } finally {
                Thread.interrupted();
            }

            assertThat(outcome).isNotDone();
            responds.countDown();
            assertThat(Futures.await(outcome).statusCode()).isEqualTo(200);
        }
    }

    /** Sending neither waits nor checks the interrupt flag of the thread. */
    @Test
    void interruptedThreadCanPush() throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            CompletableFuture<PushResponse> outcome;
            boolean interrupted;
            Thread.currentThread().interrupt();
            try {
                outcome = client.send(push(1)).toCompletableFuture();
            } finally {
                interrupted = Thread.interrupted();
            }

            assertThat(interrupted).isTrue();
            assertThat(outcome).succeedsWithin(10, TimeUnit.SECONDS);
        }
    }

    /** Each continuation runs on a sender thread and interrupts it. The next attempts run on these threads. */
    @Test
    void interruptByContinuationDoesNotAffectOtherAttempts() throws Exception {
        AtomicInteger startedInterrupted = new AtomicInteger();
        PushgatewayHandler checking = (request, next) -> {
            if (Thread.currentThread().isInterrupted()) {
                startedInterrupted.incrementAndGet();
            }
            return next.handle(request);
        };
        AtomicInteger onSenders = new AtomicInteger();
        try (WireServer server = new WireServer(WireServer.status(200, ""));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url(), checking))) {
            List<CompletableFuture<PushResponse>> pushes = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                int number = i;
                pushes.add(client.send(push(i))
                        .thenCompose(response -> {
                            interruptIfSender(onSenders);
                            return client.send(push(number + 1_000));
                        })
                        .whenComplete((response, failure) -> interruptIfSender(onSenders))
                        .toCompletableFuture());
            }

            assertThat(pushes).allSatisfy(push -> assertThat(push).succeedsWithin(30, TimeUnit.SECONDS));
            assertThat(onSenders.get()).isPositive();
            assertThat(startedInterrupted).hasValue(0);
            assertThat(server.requests()).hasSize(1_000);
        }
    }

    private static void interruptIfSender(AtomicInteger onSenders) {
        if (Thread.currentThread().getName().contains("-send-")) {
            onSenders.incrementAndGet();
            Thread.currentThread().interrupt();
        }
    }

    /** The interrupt with which a timed-out attempt ends a handler does not affect the next task of the thread. */
    @Test
    void interruptOfTimedOutAttemptDoesNotAffectLaterAttempts() throws Exception {
        AtomicInteger interrupted = new AtomicInteger();
        AtomicInteger startedInterrupted = new AtomicInteger();
        PushgatewayHandler waits = (request, next) -> {
            if (Thread.currentThread().isInterrupted()) {
                startedInterrupted.incrementAndGet();
            }
            if (request.url().getPath().contains("/slow-")) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                    Thread.currentThread().interrupt();
                }
            }
            return next.handle(request);
        };
        try (WireServer server = new WireServer(WireServer.status(200, ""));
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings(server.url(), Duration.ofMillis(500), 0, waits))) {
            for (int round = 0; round < 3; round++) {
                List<CompletableFuture<PushResponse>> late = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    late.add(client.send(new PushRequest(
                                    PushOperation.PUSHADD,
                                    GroupingKey.of("slow-" + i, Map.of()),
                                    Pushes.gauge("rows", i)))
                            .toCompletableFuture());
                }
                assertThat(late).allSatisfy(push -> assertThat(push).failsWithin(10, TimeUnit.SECONDS));
                for (int i = 0; i < 5; i++) {
                    assertThat(client.send(push(i))).succeedsWithin(10, TimeUnit.SECONDS);
                }
            }

            await().untilAsserted(() -> assertThat(interrupted).hasValue(15));
            assertThat(startedInterrupted).hasValue(0);
            assertThat(server.requests()).hasSize(15);
        }
    }
}
