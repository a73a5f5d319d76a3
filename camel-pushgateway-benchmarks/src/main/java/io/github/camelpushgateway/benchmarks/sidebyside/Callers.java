package io.github.camelpushgateway.benchmarks.sidebyside;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Measurement of repeated pushes. A failed push ends the measurement with an exception, so no figure includes failed
 * pushes.
 */
final class Callers {

    /** The maximum number of times that are kept of one thread. */
    private static final int MAX_TIMES = 1 << 16;

    private Callers() {}

    /** Measures sequential pushes. There is at least one. */
    static String sequence(Push push, long durationNanos) throws Exception {
        long[] times = new long[MAX_TIMES];
        Figures figures = new Figures();
        int count = 0;
        long before = System.nanoTime();
        long end = before + durationNanos;
        do {
            push.run(count);
            long after = System.nanoTime();
            times[count++ % MAX_TIMES] = after - before;
            before = after;
        } while (before < end);
        figures.add(times, Math.min(count, MAX_TIMES));
        return figures.ofPushes(count);
    }

    /**
     * Measures concurrent pushes, with one thread for each. Each thread starts the next push when the last one is
     * complete.
     */
    static String concurrent(List<Push> pushes, long durationNanos) throws Exception {
        LongAdder pushed = new LongAdder();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Figures figures = new Figures();
        long begin = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (Push push : pushes) {
            Thread thread = new Thread(() -> {
                long[] times = new long[MAX_TIMES / 16];
                int count = 0;
                try {
                    long before = System.nanoTime();
                    while (before - begin < durationNanos && failure.get() == null) {
                        push.run(count);
                        long after = System.nanoTime();
                        times[count++ % times.length] = after - before;
                        before = after;
                        pushed.increment();
                    }
                } catch (Exception e) {
                    failure.set(e);
                }
                figures.end(times, Math.min(count, times.length));
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return result(figures, pushed, failure.get());
    }

    /**
     * Measures concurrent pushes without a thread for each. The number of outstanding pushes is the size of the list.
     */
    static String outstanding(List<AsyncPush> pushes, long durationNanos) throws Exception {
        LongAdder pushed = new LongAdder();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(pushes.size());
        Figures figures = new Figures();
        long begin = System.nanoTime();
        for (AsyncPush push : pushes) {
            next(push, begin + durationNanos, pushed, failure, ended);
        }
        ended.await();
        return result(figures, pushed, failure.get());
    }

    private static void next(
            AsyncPush push,
            long end,
            LongAdder pushed,
            AtomicReference<@Nullable Exception> failure,
            CountDownLatch ended) {
        push.start(pushed.doubleValue(), error -> {
            if (error != null) {
                failure.set(error);
            } else {
                pushed.increment();
            }
            if (error != null || System.nanoTime() > end) {
                ended.countDown();
            } else {
                next(push, end, pushed, failure, ended);
            }
        });
    }

    private static String result(Figures figures, LongAdder pushed, @Nullable Exception failure) throws Exception {
        if (failure != null) {
            throw failure;
        }
        return figures.ofPushes(pushed.sum());
    }
}
