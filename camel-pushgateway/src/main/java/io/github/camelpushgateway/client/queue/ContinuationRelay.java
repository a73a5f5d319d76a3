package io.github.camelpushgateway.client.queue;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets many go on who have waited for one request: one after the other on one thread, as long as each is quick about it, since
 * to wake a thread costs more than most of them need. As soon as one is not, the others get threads of their own.
 */
public final class ContinuationRelay {

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Executor others;
    private final ScheduledExecutorService timer;

    public ContinuationRelay(Executor others, ScheduledExecutorService timer) {
        this.others = others;
        this.timer = timer;
    }

    /**
     * Runs them all.
     *
     * @param begun is notified, once, when all have been begun, or when they take long
     * @param isHere whether they run on the calling thread, as long as each is quick
     */
    void run(List<Runnable> tasks, Runnable begun, boolean isHere) {
        Round round = new Round(tasks, begun);
        if (tasks.size() > 1) {
            round.lookSoon();
        }
        if (isHere) {
            round.run();
        } else {
            execute(round);
        }
    }

    /** What follows an outcome is not lost if no other thread can be had. */
    private void execute(Runnable round) {
        try {
            others.execute(round);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            round.run();
        }
    }

    /** Runs them all on another thread. */
    void runElsewhere(List<Runnable> tasks) {
        run(tasks, () -> {}, false);
    }

    private final class Round implements Runnable {

        private final Queue<Runnable> left;
        private final Runnable begun;
        private final AtomicBoolean told = new AtomicBoolean();
        private final AtomicInteger taken = new AtomicInteger();
        private int takenBefore;
        private int more = 1;

        Round(List<Runnable> tasks, Runnable begun) {
            left = new ConcurrentLinkedQueue<>(tasks);
            this.begun = begun;
        }

        @Override
        public void run() {
            for (Runnable next = left.poll(); next != null; next = left.poll()) {
                taken.incrementAndGet();
                if (left.isEmpty()) {
                    tell();
                }
                next.run();
            }
        }

        private void tell() {
            if (told.compareAndSet(false, true)) {
                begun.run();
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored") // it finds nothing to do if they were quick
        void lookSoon() {
            try {
                timer.schedule(this::look, PATIENCE_NANOS, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                // the client is closed, and nobody looks any more
                left.forEach(task -> ContinuationRelay.this.execute(this));
            }
        }

        private void look() {
            if (left.isEmpty()) {
                return;
            }
            int now = taken.get();
            if (now == takenBefore) {
                tell();
                for (int i = 0; i < more && i < left.size(); i++) {
                    ContinuationRelay.this.execute(this);
                }
                more *= 2;
            }
            takenBefore = now;
            lookSoon();
        }
    }
}
