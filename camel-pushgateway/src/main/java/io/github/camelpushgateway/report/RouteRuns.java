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

/** The runs of one route. This class assigns exchanges to runs and reports completed runs. */
final class RouteRuns implements Run.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(RouteRuns.class);

    private final Route route;
    private final RunScope scope;
    private final RunReporter reporter;
    private final PendingReports pending;

    /** Exchanges that came from another route. Their parts end with this route, not with the exchange. */
    private final Map<Exchange, Visit> visits = new ConcurrentHashMap<>();

    /** @param depth the number of times that the route has called itself with the exchange */
    private record Visit(RunPart part, int depth) {}

    @Nullable
    private Run batch;

    /** Determined lazily, since the route is still incomplete when its policies are created. */
    @Nullable
    private volatile Boolean aggregates;

    @Nullable
    private volatile ReportedFailure lastFailure;

    /**
     * A failure that ended a run.
     *
     * @param poll the number of the poll during which the failure occurred; -1 if the consumer does not poll
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

    /** Returns whether the consumer of this route created the exchange. */
    boolean isFrom(Exchange exchange) {
        return route.getRouteId().equals(exchange.getFromRouteId());
    }

    /** Returns whether exchanges can begin in the middle of the route. */
    boolean aggregates() {
        Boolean known = aggregates;
        if (known == null) {
            known = AggregatingSteps.existIn(route);
            aggregates = known;
        }
        return known;
    }

    /** Handles an exchange that enters the route. It starts a run, continues a batch, or already belongs to a run. */
    void begin(Exchange exchange) {
        if (TrackedExchange.isIdlePoll(exchange)) {
            return;
        }
        boolean visiting = !isFrom(exchange);
        if (visiting && visits.computeIfPresent(exchange, (same, it) -> new Visit(it.part(), it.depth() + 1)) != null) {
            return;
        }
        if (visiting ? scope.isWithin(exchange) : scope.hasBegun(exchange)) {
            return;
        }
        BatchPart part = visiting ? null : TrackedExchange.batchPart(exchange);
        Run run = part == null ? single(exchange) : batch(part, exchange);
        scope.put(exchange, run);
        if (visiting) {
            visits.put(exchange, new Visit(new RunPart(run, exchange, true, run.beginTime()), 0));
        } else {
            // a pooled exchange may still have the flag of its previous use
            exchange.getExchangeExtension().setFailureHandled(false);
            new RunPart(run, exchange, true, null);
        }
    }

    /** Handles an exchange at the end of the route. */
    void end(Exchange exchange) {
        Visit visit = visits.get(exchange);
        if (visit == null) {
            return;
        }
        if (visit.depth() > 0) {
            visits.put(exchange, new Visit(visit.part(), visit.depth() - 1));
        } else {
            visits.remove(exchange);
            visit.part().end(exchange);
        }
    }

    /** Handles an exchange that an aggregator of this route created. It belongs to the given run if that is still in progress. */
    @Override
    public void aggregated(Exchange exchange, @Nullable Run run) {
        if (run != null && run.beginAggregated()) {
            new RunPart(run, exchange, false, null);
        } else {
            Run late = new Run(this, true);
            late.beginAggregated();
            late.setStart(reporter.start(late.beginTime(), exchange));
            scope.put(exchange, late);
            new RunPart(late, exchange, true, null);
        }
    }

    /** Handles a failure of the consumer without an exchange, or before an exchange entered the route. */
    void fail(Throwable failure) {
        ReportedFailure last = lastFailure;
        ReportedFailure current = new ReportedFailure(failure, poll());
        // a consumer may notify of the failure of an exchange again, and of the failure of a poll several times
        lastFailure = current.poll() < 0 ? null : current;
        if (last != null && last.failure() == failure && last.poll() == current.poll()) {
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

    /** Handles the stop of the route. Later exchanges belong to another batch. */
    void stop() {
        Run open;
        synchronized (this) {
            open = batch;
            batch = null;
        }
        int exchanges = open == null ? 0 : open.abandon();
        if (exchanges > 0) {
            LOG.warn(
                    "A run of the route {} is not reported: the route was stopped after {} exchanges of an incomplete batch",
                    route.getRouteId(),
                    exchanges);
        }
        visits.clear();
    }

    /** Handles a failure that the consumer reports with its exchange. The outcome of the exchange already includes it. */
    void exchangeFailed(Throwable failure) {
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

    /** Reports a run, unless an aggregator holds its exchanges. Their success is unknown until the aggregated exchange is complete. */
    @Override
    public void report(RunOutcome outcome, boolean aggregated, Exchange exchange) {
        if (aggregates() && !aggregated && outcome.success() && AggregatingSteps.receiveEveryExchange(route)) {
            LOG.debug("The route {} has aggregated exchange {}", route.getRouteId(), exchange.getExchangeId());
        } else {
            reporter.report(outcome, exchange);
        }
    }

    private Run single(Exchange exchange) {
        Run run = new Run(this, true);
        run.begin();
        run.setStart(reporter.start(run.beginTime(), exchange));
        return run;
    }

    private Run batch(BatchPart part, Exchange exchange) {
        Run previous;
        Run started;
        synchronized (this) {
            previous = batch;
            if (previous != null && previous.begin(part)) {
                return previous;
            }
            started = new Run(this, false);
            started.begin(part);
            batch = started;
        }
        if (previous != null) {
            // the last exchange of the previous batch was skipped
            previous.close(exchange);
            started.beginAfterPrevious();
        }
        // after the report of the previous run, which has the earlier start
        started.setStart(reporter.start(started.beginTime(), exchange));
        return started;
    }
}
