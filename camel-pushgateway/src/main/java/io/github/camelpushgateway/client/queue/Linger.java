package io.github.camelpushgateway.client.queue;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A short wait between two requests of a group under load. Callers that have just received their outcome often push
 * again immediately. The wait is long enough for these pushes to join the next request, so that nearly all callers
 * share one request. It is short compared to the duration of a request.
 */
public final class Linger {

    /** The wait is this fraction (one tenth) of the duration of the last request. */
    private static final int FRACTION = 10;

    /** Callers need this time to push again, even if the gateway is fast. */
    private static final long MIN_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ScheduledExecutorService timer;

    /**
     * Creates the wait.
     *
     * @param timer runs the tasks after the wait
     */
    public Linger(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * Runs a task after the wait.
     *
     * @param tookNanos the duration of the last request
     */
    @SuppressWarnings("FutureReturnValueIgnored") // never cancelled
    void run(long tookNanos, Runnable next) {
        long delayNanos = Math.max(MIN_NANOS, Math.min(tookNanos / FRACTION, MAX_NANOS));
        try {
            timer.schedule(next, delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            next.run();
        }
    }
}
