package io.github.camelpushgateway.publisher;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The pushes of one publisher between a start and the next stop of the Camel context. They run on one thread, one after the other. A slow
 * gateway delays the next push. Pushes never queue up.
 */
public final class Publication {

    /** Minimum time for the last push, even if the routes have used up the shutdown timeout. */
    static final Duration MIN_LAST_PUSH = Duration.ofSeconds(1);

    private final CamelContext context;
    private final PublishedGroup group;
    private final StopAction onStop;
    private final Logger log;
    private final ScheduledExecutorService executor;

    @Nullable
    private final Duration interval;

    @Nullable
    private Future<?> intervalPushes;

    private boolean stopping;
    private volatile boolean closed;
    private long stopTime;

    /** Number of failed interval pushes since the last successful one. Only the thread of the pushes writes it. */
    private volatile int failures;

    /** Whether the context no longer waits for a push. */
    private volatile boolean abandoned;

    /**
     * Creates the publication, which sends nothing yet.
     *
     * @param interval the time from the end of a push to the next one; null if there is only the last push
     * @param log the logger of the publisher
     */
    public Publication(
            CamelContext context, PublishedGroup group, @Nullable Duration interval, StopAction onStop, Logger log) {
        this.context = context;
        this.group = group;
        this.interval = interval;
        this.onStop = onStop;
        this.log = log;
        // without a thread until its first task
        executor = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "PushgatewayPublisher");
    }

    /** Returns the group to which the metrics are pushed. */
    public PublishedGroup group() {
        return group;
    }

    /** Returns the time between pushes, or null if there is only the last push. */
    public @Nullable Duration interval() {
        return interval;
    }

    /** Returns what happens when the context stops. */
    public StopAction onStop() {
        return onStop;
    }

    /** Returns the number of failed interval pushes since the last successful one. */
    public int failures() {
        return failures;
    }

    Logger log() {
        return log;
    }

    /**
     * Starts the interval pushes. The first one follows after one interval. Has no effect after a stop.
     *
     * @param ended returns whether the publication has been closed, so that nothing is pushed
     */
    synchronized void startIntervalPushes(BooleanSupplier ended) {
        if (interval != null && intervalPushes == null && !stopping) {
            intervalPushes = executor.scheduleWithFixedDelay(
                    () -> intervalPush(ended), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Ends the interval pushes. One that is in progress continues. */
    synchronized void stopIntervalPushes() {
        if (!stopping) {
            stopping = true;
            stopTime = System.nanoTime();
            if (intervalPushes != null) {
                intervalPushes.cancel(false);
            }
        }
    }

    /**
     * Sends the last push or delete after an interval push in progress, waits for its outcome, and releases the thread. A second call
     * has no effect.
     */
    void finish() {
        stopIntervalPushes();
        if (!closed && onStop != StopAction.NONE) {
            awaitLast();
        }
        close();
    }

    /** Ends all pushes without a last one. */
    void close() {
        stopIntervalPushes();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        abandoned = true;
        context.getExecutorServiceManager().shutdownNow(executor);
    }

    private void awaitLast() {
        Duration timeout = remainingTime();
        try {
            executor.submit(this::last).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            abandoned = true;
            failedLast(
                    "no response within " + seconds(timeout)
                            + ", the rest of the shutdown timeout; check the gateway, or increase camel.main.shutdown-timeout",
                    e);
        } catch (InterruptedException e) {
            abandoned = true;
            Thread.currentThread().interrupt();
            failedLast("the thread that stops the Camel context was interrupted", e);
        } catch (ExecutionException | CancellationException | RejectedExecutionException e) {
            failedLast(String.valueOf(e.getMessage()), e);
        }
    }

    private synchronized Duration remainingTime() {
        var shutdown = context.getShutdownStrategy();
        // limited: an application that waits for ever sets the largest number
        Duration timeout = Duration.ofNanos(shutdown.getTimeUnit().toNanos(shutdown.getTimeout()));
        Duration remaining = timeout.minusNanos(System.nanoTime() - stopTime);
        return remaining.compareTo(MIN_LAST_PUSH) < 0 ? MIN_LAST_PUSH : remaining;
    }

    private static String seconds(Duration duration) {
        return Math.round(duration.toMillis() / 1000.0) + " s";
    }

    private void last() {
        try {
            if (onStop == StopAction.DELETE) {
                group.delete();
                log.debug("Deleted the group of {}", group);
            } else {
                group.push();
                log.debug("Sent the last metrics of {}", group);
            }
        } catch (Throwable e) { // a collector may throw any error
            if (!abandoned) {
                failedLast(String.valueOf(e.getMessage()), e);
            }
        }
    }

    private void failedLast(String reason, Throwable failure) {
        String outcome = onStop == StopAction.DELETE ? "The group was not deleted" : "The last metrics were not sent";
        if (group.isFailureIgnored()) {
            log.debug("{} by the publisher of {} to {}: {}", outcome, group, group.gateway(), reason, failure);
        } else {
            log.warn("{} by the publisher of {} to {}: {}", outcome, group, group.gateway(), reason);
            log.debug("The Camel context continues to stop after this failure", failure);
        }
    }

    private void intervalPush(BooleanSupplier ended) {
        try {
            if (ended.getAsBoolean()) {
                return;
            }
            group.push();
            if (failures > 0) {
                log.info("A push of the publisher of {} succeeded after {} failed pushes", group, failures);
                failures = 0;
            }
        } catch (Throwable e) { // a thrown exception would end the schedule
            failedIntervalPush(e);
        }
    }

    private void failedIntervalPush(Throwable failure) {
        if (abandoned) {
            return;
        }
        int count = failures + 1;
        failures = count;
        if (count == 1 && !group.isFailureIgnored()) {
            log.warn(
                    "A push of the publisher of {} failed; it pushes again every {}, and logs further failures at DEBUG: {}",
                    group,
                    seconds(interval == null ? Duration.ZERO : interval),
                    failure.getMessage());
            log.debug("The interval push failed", failure);
        } else {
            log.debug("The publisher of {} has failed {} times: {}", group, count, failure.getMessage());
        }
    }
}
