package io.github.camelpushgateway.report;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One run of a route: one exchange, or all those of a batch, and what was aggregated of them while it was under way. It is over
 * when no further exchange will come and all are done, and is then reported, once.
 */
final class Run {

    private final Owner owner;
    private boolean complete;
    private boolean over;
    private boolean aggregated;
    private int begun;
    private int underWay;
    private int lastIndex = -1;

    @Nullable
    private RunOutcome outcome;

    /** The route that began the run. */
    interface Owner {

        /** Returns the outcome of an exchange of the run. */
        RunOutcome outcome(Exchange exchange);

        /** Returns the reports that are pending. */
        PendingReports pending();

        /** Receives an exchange that an aggregation created, and the run that it belongs to, if there is one. */
        void aggregated(Exchange exchange, @Nullable Run run);

        /** Reports the run. */
        void report(RunOutcome outcome, boolean aggregated, Exchange exchange);
    }

    /** @param complete whether the exchange that it begins with is its only one */
    Run(Owner owner, boolean complete) {
        this.owner = owner;
        this.complete = complete;
    }

    Owner owner() {
        return owner;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Begins a part, unless the run is over. */
    synchronized boolean begin() {
        if (over) {
            return false;
        }
        begun++;
        underWay++;
        return true;
    }

    /** Begins the next part of a batch, unless that exchange cannot be the next one of this batch. */
    synchronized boolean begin(BatchPart part) {
        if (complete || part.index() <= lastIndex || !begin()) {
            return false;
        }
        lastIndex = part.index();
        complete = part.last();
        return true;
    }

    /** Begins a part that an aggregation has made. */
    synchronized boolean beginAggregated() {
        aggregated = begin() || aggregated;
        return aggregated && !over;
    }

    /** Ends a part. */
    void end(RunOutcome part, Exchange exchange) {
        RunOutcome told;
        synchronized (this) {
            underWay--;
            outcome = outcome == null ? part : outcome.and(part);
            told = endIfDone();
        }
        report(told, exchange);
    }

    /** Says that no further exchange will come. */
    void close(Exchange last) {
        RunOutcome told;
        synchronized (this) {
            complete = true;
            told = endIfDone();
        }
        report(told, last);
    }

    /** Says that no further exchange will come, since the consumer has failed; false if it is too late to say so. */
    boolean fail(RunOutcome failure, Exchange exchange) {
        RunOutcome told;
        synchronized (this) {
            if (over) {
                return false;
            }
            complete = true;
            outcome = outcome == null ? failure : outcome.and(failure);
            told = endIfDone();
        }
        report(told, exchange);
        return true;
    }

    private @Nullable RunOutcome endIfDone() {
        if (over || !complete || underWay > 0) {
            return null;
        }
        over = true;
        return outcome;
    }

    private void report(@Nullable RunOutcome told, Exchange exchange) {
        if (told != null) {
            owner.report(told, aggregated, exchange);
        }
    }

    /** Ends it without a report: it was cut off. Returns how many exchanges it had. */
    synchronized int abandon() {
        int had = over ? 0 : begun;
        over = true;
        return had;
    }
}
