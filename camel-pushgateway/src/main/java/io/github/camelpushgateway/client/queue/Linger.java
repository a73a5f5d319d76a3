package io.github.camelpushgateway.client.queue;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A short wait between two requests of a group under load. Those who have just had their outcome come again at once, and the
 * wait is long enough for them to get into the next request, so that nearly all callers share one; it is short beside the
 * time that a request takes.
 */
public final class Linger {

    /** Of the time that the last request took. */
    private static final int FRACTION = 10;

    /** Those who were just told need as long to come again, even of a gateway that is quick. */
    private static final long LEAST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ScheduledExecutorService timer;

    public Linger(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * Does something after the pause.
     *
     * @param tookNanos how long the last request took
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it is never cancelled
    void run(long tookNanos, Runnable next) {
        long pause = Math.max(LEAST_NANOS, Math.min(tookNanos / FRACTION, MOST_NANOS));
        try {
            timer.schedule(next, pause, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            next.run();
        }
    }
}
