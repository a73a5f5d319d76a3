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
 * Runs the continuations of all pushes that shared a request. They run one after the other on one thread as long as
 * each is quick, because waking a thread costs more than most continuations. As soon as one is slow, the others run on
 * additional threads.
 */
public final class ContinuationRelay {

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Executor executor;
    private final ScheduledExecutorService timer;

    /**
     * Creates a relay.
     *
     * @param executor provides the other threads
     * @param timer detects slow continuations
     */
    public ContinuationRelay(Executor executor, ScheduledExecutorService timer) {
        this.executor = executor;
        this.timer = timer;
    }

    /**
     * Runs all continuations.
     *
     * @param onStarted is called once, when all continuations have started, or when one of them is slow
     * @param onThisThread whether they run on the thread that calls this method, as long as each is quick
     */
    void run(List<Runnable> tasks, Runnable onStarted, boolean onThisThread) {
        Round round = new Round(tasks, onStarted);
        if (tasks.size() > 1) {
            round.scheduleCheck();
        }
        if (onThisThread) {
            round.run();
        } else {
            execute(round);
        }
    }

    /** Runs the round on the calling thread if no other thread is available, so that no continuation is lost. */
    private void execute(Runnable round) {
        try {
            executor.execute(round);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            round.run();
        }
    }

    /** Runs all continuations on another thread. */
    void runElsewhere(List<Runnable> tasks) {
        run(tasks, () -> {}, false);
    }

    private final class Round implements Runnable {

        private final Queue<Runnable> remaining;
        private final Runnable onStarted;
        private final AtomicBoolean notified = new AtomicBoolean();
        private final AtomicInteger started = new AtomicInteger();
        private int startedBefore;
        private int additionalThreads = 1;

        Round(List<Runnable> tasks, Runnable onStarted) {
            remaining = new ConcurrentLinkedQueue<>(tasks);
            this.onStarted = onStarted;
        }

        @Override
        public void run() {
            for (Runnable next = remaining.poll(); next != null; next = remaining.poll()) {
                started.incrementAndGet();
                if (remaining.isEmpty()) {
                    notifyStarted();
                }
                next.run();
            }
        }

        private void notifyStarted() {
            if (notified.compareAndSet(false, true)) {
                onStarted.run();
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored") // a check has no effect if all were quick
        void scheduleCheck() {
            try {
                timer.schedule(this::check, PATIENCE_NANOS, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                // the client is closed, so no check will run
                remaining.forEach(task -> ContinuationRelay.this.execute(this));
            }
        }

        private void check() {
            if (remaining.isEmpty()) {
                return;
            }
            int now = started.get();
            if (now == startedBefore) {
                notifyStarted();
                for (int i = 0; i < additionalThreads && i < remaining.size(); i++) {
                    ContinuationRelay.this.execute(this);
                }
                additionalThreads *= 2;
            }
            startedBefore = now;
            scheduleCheck();
        }
    }
}
