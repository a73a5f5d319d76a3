package io.github.camelpushgateway.report;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Navigate;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.Traceable;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCreatedEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Finds the exchanges that begin in the middle of a route, while an exchange is still under way or long after: those that an aggregation
 * creates, and those that a resequencer sends on. Camel notifies no policy of them.
 */
final class AggregationListener extends EventNotifierSupport {

    /** On an exchange that an aggregation made, and on all that is made of it. */
    private static final String NOTICED = "CamelPushgatewayAggregated";

    private final RouteRuns runs;
    private final RunScope scope;

    AggregationListener(RouteRuns runs, RunScope scope) {
        this.runs = runs;
        this.scope = scope;
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeSendingEvents(true);
        setIgnoreExchangeSentEvents(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeFailedEvents(true);
        setIgnoreExchangeRedeliveryEvents(true);
    }

    /** Tells whether there is an aggregation or a resequencer in the route that every exchange reaches. */
    static boolean takeAll(Route route) {
        return route.navigate() != null && areBelow(route.navigate(), false);
    }

    /** Tells whether there is an aggregation or a resequencer in the route, in a branch as well. */
    static boolean areIn(Route route) {
        return route.navigate() != null && areBelow(route.navigate(), true);
    }

    private static boolean areBelow(Navigate<Processor> place, boolean inBranches) {
        String step = place instanceof Traceable traced ? traced.getTraceLabel() : "";
        if (step.startsWith("aggregate[") || step.equals("resequencer") || step.equals("streamResequence")) {
            return true;
        }
        if (!inBranches && (step.startsWith("choice") || step.startsWith("filter"))) {
            return false; // whether an exchange goes there is not known
        }
        return place.hasNext()
                && place.next().stream()
                        .anyMatch(next -> next instanceof Navigate<?> && areBelow(cast(next), inBranches));
    }

    @SuppressWarnings("unchecked") // Camel has no other Navigate
    private static Navigate<Processor> cast(Processor processor) {
        return (Navigate<Processor>) processor;
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeCreatedEvent created) {
            Exchange exchange = created.getExchange();
            Run run = scope.of(exchange);
            if ((run != null || runs.isFrom(exchange))
                    && (exchange.getProperty(ExchangePropertyKey.AGGREGATED_SIZE) != null
                            || TrackedExchange.isResumed(exchange))
                    && exchange.getProperty(NOTICED) == null) {
                exchange.setProperty(NOTICED, true);
                (run == null ? runs : run.route()).aggregated(exchange, run);
            }
        }
    }
}
