package io.github.camelpushgateway.client.http;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends attempts that take too long. All attempts of a client have the same time, so the one that began first has its deadline
 * first, and one timer does for all: a timer for each would wake its thread for each push, only to be cancelled. It looks
 * once a second at least, so that it soon notices when there is nothing to look after.
 */
final class AttemptTimeouts {

    /** An attempt that has begun. */
    interface Timed {

        /** Returns how much of its time is left, in nanoseconds. */
        long nanosLeft();

        boolean isLate();

        /** Ends it, since its time is over. */
        void timeOut();
    }

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Duration timeout;
    private final ScheduledExecutorService timer;
    private final Set<Timed> running = new HashSet<>();
    private boolean armed;

    AttemptTimeouts(Duration timeout, ScheduledExecutorService timer) {
        this.timeout = timeout;
        this.timer = timer;
    }

    /** Notes that the attempt begins, with its time before it. */
    void begin(Timed attempt) {
        synchronized (running) {
            running.add(attempt);
            if (!armed) {
                arm(timeout.toNanos());
                armed = true;
            }
        }
    }

    /** Notes that it has ended. */
    void end(Timed attempt) {
        synchronized (running) {
            running.remove(attempt);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it is never cancelled
    private void arm(long nanos) {
        try {
            timer.schedule(this::look, Math.min(nanos, MOST_NANOS), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // the client is closed, and ends its attempts itself
        }
    }

    private void look() {
        List<Timed> late;
        synchronized (running) {
            late = running.stream().filter(Timed::isLate).toList();
            late.forEach(running::remove);
            armed = !running.isEmpty();
            if (armed) {
                arm(running.stream().mapToLong(Timed::nanosLeft).min().orElse(0));
            }
        }
        late.forEach(Timed::timeOut);
    }
}
