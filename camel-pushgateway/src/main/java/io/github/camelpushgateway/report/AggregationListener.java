package io.github.camelpushgateway.report;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCreatedEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Listener for exchanges that begin in the middle of a route: those that an aggregator creates and those that a resequencer sends on.
 * They begin while the original exchange is still in progress or long after it. Camel does not notify route policies of them.
 */
final class AggregationListener extends EventNotifierSupport {

    /** The property that marks an exchange from an aggregator as seen. Copies of the exchange inherit it. */
    private static final String SEEN_PROPERTY = "CamelPushgatewayAggregated";

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
                    && exchange.getProperty(SEEN_PROPERTY) == null) {
                exchange.setProperty(SEEN_PROPERTY, true);
                (run == null ? runs : run.owner()).aggregated(exchange, run);
            }
        }
    }
}
