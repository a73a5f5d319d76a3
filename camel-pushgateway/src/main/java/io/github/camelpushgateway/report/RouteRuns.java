package io.github.camelpushgateway.report;

import io.github.camelpushgateway.report.ReportEndpoint.RunReporter;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs of one route: which exchange belongs to which run, and what is reported of it. */
final class RouteRuns implements Run.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(RouteRuns.class);

    private final Route route;
    private final RunScope scope;
    private final RunReporter reporter;
    private final PendingReports pending;

    /** Of exchanges that came to this route from another one: they end with this route, not with the exchange. */
    private final Map<Exchange, Guest> guests = new ConcurrentHashMap<>();

    /** @param depth how often the route has called itself with the exchange */
    private record Guest(RunPart part, int depth) {}

    @Nullable
    private Run batch;

    /** Found when the route is complete, which it is not when its policies are made. */
    @Nullable
    private volatile Boolean aggregates;

    @Nullable
    private volatile ReportedFailure lastFailure;

    /**
     * A failure that a run has ended with.
     *
     * @param poll the number of the poll in which it happened; -1 if the consumer does not poll
     */
    private record ReportedFailure(Throwable failure, long poll) {}

    RouteRuns(Route route, RunScope scope, RunReporter reporter) {
        this.route = route;
        this.scope = scope;
        this.reporter = reporter;
        pending = new PendingReports(route);
    }

    @Override
    public PendingReports pending() {
        return pending;
    }

    RunReporter reporter() {
        return reporter;
    }

    /** Tells whether the exchange was made by the consumer of this route. */
    boolean isFrom(Exchange exchange) {
        return route.getRouteId().equals(exchange.getFromRouteId());
    }

    /** Tells whether exchanges may begin in the middle of the route. */
    boolean aggregates() {
        Boolean known = aggregates;
        if (known == null) {
            known = AggregatingSteps.areIn(route);
            aggregates = known;
        }
        return known;
    }

    /** An exchange has come to the route: it begins a run, or is a further one of a batch, or belongs to a run already. */
    void begin(Exchange exchange) {
        if (TrackedExchange.isIdlePoll(exchange)) {
            return;
        }
        boolean guest = !isFrom(exchange);
        if (guest && guests.computeIfPresent(exchange, (same, it) -> new Guest(it.part(), it.depth() + 1)) != null) {
            return;
        }
        if (guest ? scope.isWithin(exchange) : scope.hasBegun(exchange)) {
            return;
        }
        BatchPart part = guest ? null : TrackedExchange.batchPart(exchange);
        Run run = part == null ? single() : batch(part, exchange);
        scope.put(exchange, run);
        if (guest) {
            guests.put(exchange, new Guest(new RunPart(run, exchange, true, Instant.now()), 0));
        } else {
            // a pooled exchange may keep the mark of its life before
            exchange.getExchangeExtension().setFailureHandled(false);
            new RunPart(run, exchange, true, null);
        }
    }

    /** The exchange is at the end of the route. */
    void end(Exchange exchange) {
        Guest guest = guests.get(exchange);
        if (guest == null) {
            return;
        }
        if (guest.depth() > 0) {
            guests.put(exchange, new Guest(guest.part(), guest.depth() - 1));
        } else {
            guests.remove(exchange);
            guest.part().end(exchange);
        }
    }

    /** An aggregation of this route has made an exchange, which belongs to that run if it is still under way. */
    @Override
    public void aggregated(Exchange exchange, @Nullable Run run) {
        if (run != null && run.beginAggregated()) {
            new RunPart(run, exchange, false, null);
        } else {
            Run late = new Run(this, true);
            late.beginAggregated();
            scope.put(exchange, late);
            new RunPart(late, exchange, true, null);
        }
    }

    /** The consumer has failed without an exchange, or before it came to the route. */
    void fail(Throwable failure) {
        ReportedFailure last = lastFailure;
        ReportedFailure now = new ReportedFailure(failure, poll());
        // a consumer may report the failure of an exchange once more, and that of a poll more than once
        lastFailure = now.poll() < 0 ? null : now;
        if (last != null && last.failure() == failure && last.poll() == now.poll()) {
            return;
        }
        RunOutcome outcome = new RunOutcome(false, Instant.now(), OptionalDouble.empty(), OptionalDouble.empty());
        Exchange exchange = route.getEndpoint().createExchange();
        Run open;
        synchronized (this) {
            open = batch;
        }
        if (open == null || !open.fail(outcome, exchange)) {
            reporter.report(outcome, exchange);
        }
    }

    /** The route stops: what comes after it is another batch. */
    void stop() {
        Run open;
        synchronized (this) {
            open = batch;
            batch = null;
        }
        int had = open == null ? 0 : open.abandon();
        if (had > 0) {
            LOG.warn(
                    "A run of the route {} is not reported: it was stopped after {} exchanges of a batch that has more",
                    route.getRouteId(),
                    had);
        }
        guests.clear();
    }

    /** The consumer has reported the failure of an exchange, with the exchange. */
    void failed(Throwable failure) {
        ReportedFailure last = lastFailure;
        if (last != null && last.failure() == failure && last.poll() < 0) {
            lastFailure = null;
        }
    }

    private long poll() {
        return route.getConsumer() instanceof ScheduledPollConsumer polling ? polling.getCounter() : -1;
    }

    @Override
    public RunOutcome outcome(Exchange exchange) {
        if (exchange.getException() != null) {
            lastFailure = new ReportedFailure(exchange.getException(), poll());
        }
        return reporter.outcome(exchange);
    }

    /** What an aggregation has taken and not yet given back is no run that has succeeded. */
    @Override
    public void report(RunOutcome outcome, boolean aggregated, Exchange exchange) {
        if (aggregates() && !aggregated && outcome.success() && AggregatingSteps.takeAll(route)) {
            LOG.debug("The route {} has aggregated exchange {}", route.getRouteId(), exchange.getExchangeId());
        } else {
            reporter.report(outcome, exchange);
        }
    }

    private Run single() {
        Run run = new Run(this, true);
        run.begin();
        return run;
    }

    private Run batch(BatchPart part, Exchange exchange) {
        Run before;
        Run now;
        synchronized (this) {
            before = batch;
            if (before != null && before.begin(part)) {
                return before;
            }
            now = new Run(this, false);
            now.begin(part);
            batch = now;
        }
        if (before != null) {
            // a batch whose last exchange was skipped
            before.close(exchange);
        }
        return now;
    }
}
