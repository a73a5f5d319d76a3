package io.github.camelpushgateway.report;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
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
                (run == null ? runs : run.owner()).aggregated(exchange, run);
            }
        }
    }
}
