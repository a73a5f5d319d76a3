package io.github.camelpushgateway.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.client.transport.Connector;
import io.github.camelpushgateway.client.transport.HostResolver;
import io.github.camelpushgateway.client.transport.HttpTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While the JVM cannot start threads, attempts fail. Later attempts succeed. */
class NoThreadsTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration FAR_AWAY = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final int SLOTS = 2;

    private final AtomicBoolean noThreads = new AtomicBoolean();
    private final AtomicInteger rejected = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(NoThreadsTest::daemon);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, NoThreadsTest::daemon) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            checkThreads();
            return super.schedule(task, delay, unit);
        }
    };

    private final Executor failing = task -> {
        checkThreads();
        threads.execute(task);
    };

    /** Independent of the timer under test. */
    private final AttemptTimeouts noDeadlines =
            new AttemptTimeouts(FAR_AWAY, Executors.newScheduledThreadPool(0, NoThreadsTest::daemon));

    private final SenderPool slots = new SenderPool(SLOTS, SLOTS, failing, timer, RequestExecutor.MAX_IDLE);

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "no-threads-test");
        thread.setDaemon(true);
        return thread;
    }

    /** Throws the error of {@link Thread#start} if there are no threads. */
    private void checkThreads() {
        if (noThreads.get()) {
            rejected.incrementAndGet();
            throw new OutOfMemoryError(
                    "unable to create native thread: possibly out of memory or process/resource limits");
        }
    }

    @AfterEach
    void shutDown() {
        slots.close();
        threads.shutdownNow();
        timer.shutdownNow();
    }

    private Attempt attempt(AttemptTimeouts deadlines, PushgatewayHandler handler) {
        URI url = URI.create("http://127.0.0.1:9091");
        return new Attempt(
                new LazyRequest(() -> GatewayRequest.of(url, "GET", FAR_AWAY, Map.of())),
                RequestListener.NONE,
                null,
                SHORT,
                new HandlerChain(List.of(handler)),
                new HttpTransport(
                        new Connector(SOON, null, new HostResolver(InetAddress::getAllByName, threads)), false),
                deadlines,
                new AtomicInteger());
    }

    /** Runs an attempt without a deadline. */
    private CompletableFuture<GatewayResponse> run(PushgatewayHandler handler) {
        Attempt attempt = attempt(noDeadlines, handler);
        slots.run(attempt);
        return attempt.outcome();
    }

    private CompletableFuture<GatewayResponse> run() {
        return run((request, next) -> GatewayResponse.of(200));
    }

    private static PushgatewayHandler waiting(CountDownLatch end) {
        return (request, next) -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return GatewayResponse.of(200);
        };
    }

    private static void assertFailsWithoutThread(CompletableFuture<GatewayResponse> outcome) {
        assertThat(outcome)
                .failsWithin(SOON)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(IOException.class)
                .withMessageContaining("thread");
    }

    @Test
    void attemptsFailOnlyWhileThereAreNoThreads() {
        for (int round = 0; round < 3; round++) {
            noThreads.set(true);
            for (int i = 0; i < 2 * SLOTS + 1; i++) {
                assertFailsWithoutThread(run());
            }
            noThreads.set(false);
            for (int i = 0; i < 2 * SLOTS + 1; i++) {
                assertThat(run()).succeedsWithin(SOON);
            }
        }
        assertThat(rejected).hasPositiveValue();
    }

    /** There are so many attempts that a recursion would overflow the stack. */
    @Test
    void waitingAttemptsFailOneAfterTheOther() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<CompletableFuture<GatewayResponse>> first = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            first.add(run(waiting(end)));
        }
        List<CompletableFuture<GatewayResponse>> waiting = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            waiting.add(run());
        }
        noThreads.set(true);
        end.countDown();

        await().atMost(SOON).until(() -> waiting.stream().allMatch(CompletableFuture::isCompletedExceptionally));
        assertThat(first).allSatisfy(outcome -> assertThat(outcome).succeedsWithin(SOON));
        assertFailsWithoutThread(waiting.get(0));

        noThreads.set(false);
        for (int i = 0; i < 2 * SLOTS; i++) {
            assertThat(run()).succeedsWithin(SOON);
        }
    }

    @Test
    void deadlinesWorkAgainAfterTheTimerHadNoThread() {
        AttemptTimeouts deadlines = new AttemptTimeouts(SHORT, timer);
        SenderPool others = new SenderPool(SLOTS, SLOTS, threads, timer, RequestExecutor.MAX_IDLE);
        Attempt early = attempt(deadlines, (request, next) -> GatewayResponse.of(200));
        noThreads.set(true);
        others.run(early);
        await().atMost(SOON).until(early.outcome()::isDone);
        noThreads.set(false);
        Attempt late = attempt(deadlines, waiting(new CountDownLatch(1)));

        others.run(late);

        await().atMost(SOON).until(late.outcome()::isCompletedExceptionally);
    }
}
