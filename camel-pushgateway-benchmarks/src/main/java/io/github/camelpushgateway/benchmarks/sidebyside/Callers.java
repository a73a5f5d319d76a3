package io.github.camelpushgateway.benchmarks.sidebyside;

import java.util.ArrayList;
import java.util.Arrays;
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

    private Callers() {}

    /** Returns the median time of sequential pushes in nanoseconds. */
    static double latency(Push push, long durationNanos) throws Exception {
        long[] times = new long[1 << 20];
        int count = 0;
        long end = System.nanoTime() + durationNanos;
        long before = System.nanoTime();
        while (before < end && count < times.length) {
            push.run(count);
            long after = System.nanoTime();
            times[count++] = after - before;
            before = after;
        }
        Arrays.sort(times, 0, count);
        return times[count / 2];
    }

    /**
     * Returns the total number of pushes per second, with one thread for each push. Each thread starts its next push
     * when its last one is complete.
     */
    static double throughput(List<Push> pushes, long durationNanos) throws Exception {
        LongAdder pushed = new LongAdder();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        long begin = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (Push push : pushes) {
            Thread thread = new Thread(() -> {
                try {
                    for (int i = 0; System.nanoTime() - begin < durationNanos && failure.get() == null; i++) {
                        push.run(i);
                        pushed.increment();
                    }
                } catch (Exception e) {
                    failure.set(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return perSecond(pushed, begin, failure.get());
    }

    /**
     * Returns the total number of pushes per second, without a thread for each push. The number of outstanding pushes
     * is the size of the list.
     */
    static double outstanding(List<AsyncPush> pushes, long durationNanos) throws Exception {
        LongAdder pushed = new LongAdder();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(pushes.size());
        long begin = System.nanoTime();
        for (AsyncPush push : pushes) {
            next(push, begin + durationNanos, pushed, failure, ended);
        }
        ended.await();
        return perSecond(pushed, begin, failure.get());
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

    private static double perSecond(LongAdder pushed, long begin, @Nullable Exception failure) throws Exception {
        if (failure != null) {
            throw failure;
        }
        return pushed.sum() * 1e9 / (System.nanoTime() - begin);
    }
}
