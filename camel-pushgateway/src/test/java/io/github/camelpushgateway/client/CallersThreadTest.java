package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.client.http.ClientClosedException;
import io.github.camelpushgateway.client.queue.CountedPush;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServer.Response;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller that waits for the outcome sends its request itself if this only requires writing and reading. */
class CallersThreadTest {

    private static final Response OK = WireServer.status(200, "");

    private final AtomicInteger requests = new AtomicInteger();
    private final PushStatistics statistics = new PushStatistics();

    private CompletableFuture<PushResponse> sendAndWait(PushgatewayClient client, PushRequest request) {
        return client.send(request, new CountedPush(statistics, true)).toCompletableFuture();
    }

    /** Sends a first request, which opens a connection on another thread. */
    private void connect(PushgatewayClient client) {
        CompletableFuture<PushResponse> first = sendAndWait(client, Pushes.push("x", 0));
        assertThat(first).succeedsWithin(10, TimeUnit.SECONDS);
        await().until(client::isIdle);
    }

    private Response first(Response first, Response others) {
        return (request, out) -> (requests.getAndIncrement() == 0 ? first : others).to(request, out);
    }

    /** Counts down when a request arrives, and never responds. */
    private static Response hanging(CountDownLatch arrived) {
        return (request, out) -> {
            arrived.countDown();
            new CountDownLatch(1).await();
        };
    }

    @Test
    void outcomeIsKnownWhenSendReturns() throws Exception {
        try (WireServer server = new WireServer(OK);
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            connect(client);

            for (int i = 1; i <= 100; i++) {
                assertThat(sendAndWait(client, Pushes.push("x", i))).isCompletedWithValue(new PushResponse(200));
            }

            assertThat(server.requests()).hasSize(101);
            assertThat(server.connections()).isEqualTo(1);
            assertThat(client.isIdle()).isTrue();
        }
    }

    @Test
    void callerDoesNotOpenAConnection() throws Exception {
        CountDownLatch responds = new CountDownLatch(1);
        try (WireServer server = new WireServer((request, out) -> {
                    responds.await();
                    OK.to(request, out);
                });
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            CompletableFuture<PushResponse> first = sendAndWait(client, Pushes.push("x", 1));

            assertThat(first).isNotDone();
            responds.countDown();
            assertThat(first).succeedsWithin(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void customHandlerDoesNotRunOnCallersThread() throws Exception {
        List<Thread> threads = new ArrayList<>();
        PushgatewayHandler recording = (request, next) -> {
            threads.add(Thread.currentThread());
            return next.handle(request);
        };
        try (WireServer server = new WireServer(OK);
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url(), recording))) {
            connect(client);

            assertThat(sendAndWait(client, Pushes.push("x", 1))).succeedsWithin(10, TimeUnit.SECONDS);

            assertThat(threads).hasSize(2).doesNotContain(Thread.currentThread());
        }
    }

    @Test
    void failureIsRetriedOnAnotherThread() throws Exception {
        AtomicInteger responses = new AtomicInteger();
        Response unavailableOnce = (request, out) ->
                (responses.getAndIncrement() == 1 ? WireServer.status(503, "later") : OK).to(request, out);
        try (WireServer server = new WireServer(unavailableOnce);
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings(server.url(), Duration.ofSeconds(10), 3))) {
            connect(client);

            CompletableFuture<PushResponse> push = sendAndWait(client, Pushes.push("x", 1));

            assertThat(push).succeedsWithin(10, TimeUnit.SECONDS);
            assertThat(server.requests()).hasSize(3);
            assertThat(statistics.requestsRetried()).isEqualTo(1);
        }
    }

    @Test
    void refusalCompletesOnCallersThread() throws Exception {
        try (WireServer server = new WireServer(first(OK, WireServer.status(400, "no")));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            connect(client);

            CompletableFuture<PushResponse> push = sendAndWait(client, Pushes.push("x", 1));

            assertThat(push)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            PushgatewayException.class,
                            failure -> assertThat(failure.getStatusCode()).isEqualTo(400));
        }
    }

    @Test
    void brokenIdleConnectionIsReplaced() throws Exception {
        Response breaksOnce = (request, out) -> {
            if (requests.getAndIncrement() == 1) {
                throw new IOException("close the connection");
            }
            OK.to(request, out);
        };
        try (WireServer server = new WireServer(breaksOnce);
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            connect(client);

            assertThat(sendAndWait(client, Pushes.push("x", 1))).isCompletedWithValue(new PushResponse(200));

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void callerWaitsNoLongerThanTheTimeout() throws Exception {
        try (WireServer server = new WireServer(first(OK, (request, out) -> new CountDownLatch(1).await()));
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings(server.url(), Duration.ofMillis(300), 0))) {
            connect(client);

            CompletableFuture<PushResponse> push = sendAndWait(client, Pushes.push("x", 1));

            assertThat(push)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .havingCause()
                    .withCauseInstanceOf(SocketTimeoutException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void interruptOfApplicationIsKept() throws Exception {
        Thread caller = Thread.currentThread();
        Response interrupts = (request, out) -> {
            caller.interrupt();
            OK.to(request, out);
        };
        try (WireServer server = new WireServer(first(OK, interrupts));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            connect(client);

            CompletableFuture<PushResponse> push = sendAndWait(client, Pushes.push("x", 1));
            boolean interrupted = Thread.interrupted();

            assertThat(interrupted).isTrue();
            assertThat(push).isCompletedWithValue(new PushResponse(200));
        }
    }

    @SuppressWarnings("try") // it is closed early
    @Test
    void closeEndsRequestOfCaller() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        try (WireServer server = new WireServer(first(OK, hanging(arrived)));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            connect(client);
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            CompletableFuture<CompletableFuture<PushResponse>> push = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                push.complete(sendAndWait(client, Pushes.push("x", 1)));
                interrupted.complete(Thread.currentThread().isInterrupted());
            });
            caller.start();
            arrived.await();

            client.close();

            assertThat(push)
                    .succeedsWithin(10, TimeUnit.SECONDS)
                    .satisfies(failed -> assertThat(failed)
                            .failsWithin(Duration.ZERO)
                            .withThrowableThat()
                            .havingCause()
                            .withCauseInstanceOf(ClientClosedException.class));
            assertThat(interrupted).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(false);
        }
    }

    /**
     * Pushes of other callers to the group in the meantime become one request of a sender thread, for which the caller
     * does not wait.
     */
    @Test
    void pushesOfOtherCallersAreSentBySenderThreads() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch third = new CountDownLatch(1);
        Response inTurn = (request, out) -> {
            switch (requests.getAndIncrement()) {
                case 0 -> {}
                case 1 -> {
                    arrived.countDown();
                    second.await();
                }
                default -> third.await();
            }
            OK.to(request, out);
        };
        try (WireServer server = new WireServer(inTurn);
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            connect(client);
            CompletableFuture<PushResponse> returned = new CompletableFuture<>();
            Thread caller = new Thread(() -> returned.complete(
                    sendAndWait(client, Pushes.pushadd("x", 1)).join()));
            caller.start();
            arrived.await();
            List<CompletableFuture<PushResponse>> others = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                others.add(sendAndWait(client, Pushes.pushadd("y" + i, i)));
            }
            assertThat(others).allSatisfy(push -> assertThat(push).isNotDone());

            second.countDown();

            assertThat(returned).succeedsWithin(10, TimeUnit.SECONDS);
            third.countDown();
            assertThat(others).allSatisfy(push -> assertThat(push).succeedsWithin(10, TimeUnit.SECONDS));
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void senderThreadSendsWhileAnotherRequestIsInFlight() throws Exception {
        CountDownLatch responds = new CountDownLatch(1);
        try (WireServer server = new WireServer(first(OK, (request, out) -> {
                    responds.await();
                    OK.to(request, out);
                }));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            connect(client);
            CompletableFuture<PushResponse> other = client.send(new PushRequest(
                            PushOperation.PUSHADD, GroupingKey.of("other", Map.of()), Pushes.gauge("x", 1)))
                    .toCompletableFuture();
            await().until(() -> requests.get() == 2);

            CompletableFuture<PushResponse> push = sendAndWait(client, Pushes.push("x", 1));

            assertThat(push).isNotDone();
            responds.countDown();
            assertThat(push).succeedsWithin(10, TimeUnit.SECONDS);
            assertThat(other).succeedsWithin(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void interruptOfApplicationIsKeptIfPushTimesOut() throws Exception {
        Thread caller = Thread.currentThread();
        Response interruptsAndHangs = (request, out) -> {
            caller.interrupt();
            new CountDownLatch(1).await();
        };
        try (WireServer server = new WireServer(first(OK, interruptsAndHangs));
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings(server.url(), Duration.ofMillis(300), 0))) {
            connect(client);

            CompletableFuture<PushResponse> push = sendAndWait(client, Pushes.push("x", 1));
            boolean interrupted = Thread.interrupted();

            assertThat(push).isCompletedExceptionally();
            assertThat(interrupted).isTrue();
        }
    }

    @SuppressWarnings("try") // it is closed early
    @Test
    void interruptOfApplicationIsKeptIfClientIsClosed() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        try (WireServer server = new WireServer(first(OK, hanging(arrived)));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            connect(client);
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                assertThat(sendAndWait(client, Pushes.push("x", 1))).isCompletedExceptionally();
                interrupted.complete(Thread.currentThread().isInterrupted());
            });
            caller.start();
            arrived.await();

            caller.interrupt();
            client.close();

            assertThat(interrupted).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(true);
        }
    }

    /** A proxy selector, a trust manager or other user code may ignore an interrupt. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void userCodeDoesNotBlockCallerWhenConnectionBreaks(boolean isInterrupted) throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        CountDownLatch released = new CountDownLatch(1);
        AtomicBoolean blocks = new AtomicBoolean();
        AtomicReference<@Nullable Thread> interrupted = new AtomicReference<>();
        Response breaks = (request, out) -> {
            throw new IOException("close the connection");
        };
        try (WireServer server = new WireServer(first(OK, breaks));
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings(server.url(), Duration.ofMillis(300), 0))) {
            ProxySelector.setDefault(new ProxySelector() {
                @Override
                public List<Proxy> select(URI uri) {
                    Thread waiting = interrupted.getAndSet(null);
                    if (waiting != null) {
                        waiting.interrupt();
                    }
                    while (blocks.get() && released.getCount() > 0) {
                        LockSupport.parkNanos(1_000_000);
                        Thread.interrupted();
                    }
                    return List.of(Proxy.NO_PROXY);
                }

                @Override
                public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
            });
            connect(client);
            blocks.set(true);
            CompletableFuture<CompletableFuture<PushResponse>> push = new CompletableFuture<>();
            CompletableFuture<Boolean> keepsInterrupt = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                push.complete(sendAndWait(client, Pushes.push("x", 1)));
                keepsInterrupt.complete(Thread.currentThread().isInterrupted());
            });
            interrupted.set(isInterrupted ? caller : null);

            caller.start();

            assertThat(push)
                    .succeedsWithin(10, TimeUnit.SECONDS)
                    .satisfies(failed -> assertThat(failed)
                            .failsWithin(Duration.ZERO)
                            .withThrowableThat()
                            .havingCause()
                            .withCauseInstanceOf(SocketTimeoutException.class));
            assertThat(keepsInterrupt).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(isInterrupted);
        } finally {
            released.countDown();
            ProxySelector.setDefault(before);
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void interruptOfVirtualThreadDoesNotEndItsRequest() throws Exception {
        AtomicReference<@Nullable Thread> caller = new AtomicReference<>();
        Response interrupts = (request, out) -> {
            Objects.requireNonNull(caller.get()).interrupt();
            OK.to(request, out);
        };
        // compiled for Java 17, which has no such method
        ExecutorService virtual = (ExecutorService) Objects.requireNonNull(
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        try (WireServer server = new WireServer(first(OK, interrupts));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            connect(client);

            CompletableFuture<CompletableFuture<PushResponse>> push = new CompletableFuture<>();
            virtual.execute(() -> {
                caller.set(Thread.currentThread());
                push.complete(sendAndWait(client, Pushes.push("x", 1)));
            });

            assertThat(push)
                    .succeedsWithin(10, TimeUnit.SECONDS)
                    .satisfies(sent -> assertThat(sent).succeedsWithin(10, TimeUnit.SECONDS));
            assertThat(server.connections()).isEqualTo(1);
        } finally {
            virtual.shutdown();
        }
    }
}
