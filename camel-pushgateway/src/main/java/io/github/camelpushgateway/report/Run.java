package io.github.camelpushgateway.report;

import io.github.camelpushgateway.report.ReportEndpoint.ReportedStart;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One run of a route. It consists of one exchange or all exchanges of a batch, and of the exchanges that were aggregated from them
 * during the run. A run is over when all exchanges have begun and ended. It is then reported once.
 */
final class Run {

    private final Owner owner;
    private Instant begin = Instant.now();
    private boolean complete;
    private boolean over;
    private boolean aggregated;
    private int begun;
    private int inProgress;
    private int lastIndex = -1;

    @Nullable
    private RunOutcome outcome;

    private ReportedStart start = ReportedStart.NONE;

    /** The route that began the run. */
    interface Owner {

        /** Returns the outcome of an exchange of the run. */
        RunOutcome outcome(Exchange exchange);

        /** Returns the pending reports of the route. */
        PendingReports pending();

        /** Handles an exchange that an aggregator created, and the run to which it belongs, if any. */
        void aggregated(Exchange exchange, @Nullable Run run);

        /** Reports the run. */
        void report(RunOutcome outcome, boolean aggregated, Exchange exchange);
    }

    /** @param complete whether the first exchange of the run is the only one */
    Run(Owner owner, boolean complete) {
        this.owner = owner;
        this.complete = complete;
    }

    Owner owner() {
        return owner;
    }

    /**
     * Returns when the run began in its route. Its exchange may be older, if it waited in a queue or in an aggregator while
     * earlier runs ended.
     */
    synchronized Instant beginTime() {
        return begin;
    }

    /**
     * Moves the begin of the run to the current time, since the previous run of the route has been reported only now. Otherwise the run
     * would seem to have begun before the previous one has ended.
     */
    synchronized void beginAfterPrevious() {
        begin = Instant.now();
    }

    /** Sets the reported start of the run, which is cancelled when the run is over. */
    void setStart(ReportedStart reported) {
        synchronized (this) {
            if (!over) {
                start = reported;
                return;
            }
        }
        reported.cancel();
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Begins a part. Returns false if the run is over. */
    synchronized boolean begin() {
        if (over) {
            return false;
        }
        begun++;
        inProgress++;
        return true;
    }

    /** Begins the next part of a batch. Returns false if the part cannot be the next one of this batch. */
    synchronized boolean begin(BatchPart part) {
        if (complete || part.index() <= lastIndex || !begin()) {
            return false;
        }
        lastIndex = part.index();
        complete = part.last();
        return true;
    }

    /** Begins a part for an exchange from an aggregator. Returns false if the run is over. */
    synchronized boolean beginAggregated() {
        aggregated = begin() || aggregated;
        return aggregated && !over;
    }

    /** Ends a part, and reports the run if it is over. */
    void end(RunOutcome part, Exchange exchange) {
        RunOutcome finished;
        synchronized (this) {
            inProgress--;
            outcome = outcome == null ? part : outcome.and(part);
            finished = endIfDone();
        }
        report(finished, exchange);
    }

    /** Marks the run as complete: no further exchange follows. */
    void close(Exchange last) {
        RunOutcome finished;
        synchronized (this) {
            complete = true;
            finished = endIfDone();
        }
        report(finished, last);
    }

    /** Marks the run as complete and failed, since the consumer has failed. Returns false if the run is over. */
    boolean fail(RunOutcome failure, Exchange exchange) {
        RunOutcome finished;
        synchronized (this) {
            if (over) {
                return false;
            }
            complete = true;
            outcome = outcome == null ? failure : outcome.and(failure);
            finished = endIfDone();
        }
        report(finished, exchange);
        return true;
    }

    private @Nullable RunOutcome endIfDone() {
        if (over || !complete || inProgress > 0) {
            return null;
        }
        over = true;
        return outcome;
    }

    private void report(@Nullable RunOutcome finished, Exchange exchange) {
        if (finished != null) {
            // the report contains the start as well
            start.cancel();
            owner.report(finished.withBegin(beginTime()), aggregated, exchange);
        }
    }

    /** Ends an interrupted run without a report. Returns the number of its exchanges, or 0 if it is already over. */
    int abandon() {
        int exchanges;
        synchronized (this) {
            exchanges = over ? 0 : begun;
            over = true;
        }
        start.cancel();
        return exchanges;
    }
}
