package io.github.camelpushgateway.client.http;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The timer that ends attempts when they time out. All attempts of a client have the same timeout, so the attempt that
 * started first has the first deadline, and one timer is sufficient. A timer for each attempt would wake its thread for
 * each push, only to be cancelled. The timer checks at least once a second, so that it stops soon when no attempt is
 * running.
 */
final class AttemptTimeouts {

    /** An attempt that has started. */
    interface Timed {

        /** Returns the remaining time in nanoseconds. */
        long nanosLeft();

        /** Returns whether the deadline has passed. */
        boolean isLate();

        /** Ends the attempt because its deadline has passed. */
        void timeOut();
    }

    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Duration timeout;
    private final ScheduledExecutorService timer;
    private final Set<Timed> running = new HashSet<>();
    private boolean armed;

    AttemptTimeouts(Duration timeout, ScheduledExecutorService timer) {
        this.timeout = timeout;
        this.timer = timer;
    }

    /** Registers an attempt that starts now. */
    void begin(Timed attempt) {
        synchronized (running) {
            running.add(attempt);
            if (!armed) {
                arm(timeout.toNanos());
                armed = true;
            }
        }
    }

    /** Removes an attempt that has ended. */
    void end(Timed attempt) {
        synchronized (running) {
            running.remove(attempt);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // never cancelled
    private void arm(long nanos) {
        try {
            timer.schedule(this::check, Math.min(nanos, MAX_NANOS), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // the client is closed, which cancels its attempts
        }
    }

    private void check() {
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
