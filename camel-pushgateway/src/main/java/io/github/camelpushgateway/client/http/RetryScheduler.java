package io.github.camelpushgateway.client.http;

import dev.failsafe.spi.Scheduler;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Begins attempts. A first one, which has no delay, begins at once, on the thread that asks, and not by way of another: to
 * begin an attempt is only to hand it to the senders. A retry, which always has a delay, begins on the scheduler's thread:
 * Failsafe cancels what belongs to the attempt before as soon as the retry is scheduled.
 */
final class RetryScheduler implements Scheduler {

    private final ScheduledExecutorService later;

    RetryScheduler(ScheduledExecutorService later) {
        this.later = later;
    }

    @Override
    public ScheduledFuture<?> schedule(Callable<?> task, long delay, TimeUnit unit) {
        if (delay > 0) {
            return later.schedule(task, delay, unit);
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
