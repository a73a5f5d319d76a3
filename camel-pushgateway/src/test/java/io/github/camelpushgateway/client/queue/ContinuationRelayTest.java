package io.github.camelpushgateway.client.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ContinuationRelayTest {

    private final ExecutorService others = Executors.newCachedThreadPool();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final ContinuationRelay relay = new ContinuationRelay(others, timer);
    private final AtomicInteger started = new AtomicInteger();

    @AfterEach
    void stop() {
        others.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void quickContinuationsRunOnTheCallersThread() {
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        Runnable quick = () -> threads.add(Thread.currentThread());

        relay.run(List.of(quick, quick, quick), started::incrementAndGet, true);

        assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread(), Thread.currentThread());
        assertThat(started).hasValue(1);
    }

    @Test
    void unavailableCallersThreadRunsNoContinuation() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();

        relay.run(List.of(() -> threads.add(Thread.currentThread())), started::incrementAndGet, false);

        await().until(() -> !threads.isEmpty());
        assertThat(threads).doesNotContain(Thread.currentThread());
    }

    @Test
    void slowContinuationDoesNotDelayOthers() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(50);
        List<Runnable> tasks = new ArrayList<>();
        tasks.add(() -> uninterrupted(end));
        for (int i = 0; i < 50; i++) {
            tasks.add(others::countDown);
        }

        relay.run(tasks, started::incrementAndGet, false);

        assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(() -> assertThat(started).hasValue(1));
        end.countDown();
    }

    /** Each continuation waits for all others, so each needs a thread. */
    @Test
    void allContinuationsCanBeSlow() throws Exception {
        CyclicBarrier together = new CyclicBarrier(64);
        CountDownLatch ended = new CountDownLatch(64);
        Runnable task = () -> meet(together, ended);

        relay.run(Collections.nCopies(64, task), started::incrementAndGet, false);

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(started).hasValue(1);
    }

    @Test
    void withoutTimerEachContinuationHasAThread() throws Exception {
        timer.shutdownNow();
        CyclicBarrier together = new CyclicBarrier(3);
        CountDownLatch ended = new CountDownLatch(3);
        Runnable task = () -> meet(together, ended);

        relay.run(Collections.nCopies(3, task), started::incrementAndGet, false);

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void meet(CyclicBarrier together, CountDownLatch ended) {
        try {
            together.await();
            ended.countDown();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
