package io.github.camelpushgateway.client.http;

import dev.failsafe.spi.Scheduler;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A scheduler that starts attempts. A first attempt has no delay and starts immediately on the calling thread, because
 * starting an attempt only hands it to the senders. A retry always has a delay and starts on the thread of the timer.
 * Failsafe cancels the tasks of the previous attempt as soon as the retry is scheduled.
 */
final class RetryScheduler implements Scheduler {

    private final ScheduledExecutorService timer;

    RetryScheduler(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    @Override
    public ScheduledFuture<?> schedule(Callable<?> task, long delay, TimeUnit unit) {
        if (delay > 0) {
            return timer.schedule(task, delay, unit);
        }
        Done done = new Done();
        try {
            done.complete(task.call());
        } catch (Exception e) {
            done.completeExceptionally(e);
        }
        return done;
    }

    private static final class Done extends CompletableFuture<Object> implements ScheduledFuture<Object> {

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(0, other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
