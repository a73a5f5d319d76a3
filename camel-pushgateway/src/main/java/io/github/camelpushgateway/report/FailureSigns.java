package io.github.camelpushgateway.report;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Ordered;
import org.apache.camel.Route;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCreatedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeRedeliveryEvent;
import org.apache.camel.spi.SynchronizationRouteAware;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the signs of a failure right on exchanges that are reported from within their route.
 *
 * <p>Camel notes on an exchange in which route it has failed with each attempt, and leaves the note there when a later attempt
 * succeeds: it goes when the next attempt begins, and Camel writes it anew if that fails as well. And an {@code onCompletion} is given a
 * copy of the exchange from which the exception and the flags are taken: what it was before is noted for it.
 */
public final class FailureSigns extends EventNotifierSupport {

    private static final String ENDED = "CamelPushgatewayEnded";

    private boolean watched;

    /** How an exchange has ended. Copies that travel on take it with them, but it is not theirs. */
    private record Ended(String exchangeId, boolean failed) {}

    /** Comes before all others that wait for the end of an exchange or of a route. */
    private static final class Noting extends SynchronizationAdapter implements SynchronizationRouteAware {

        @Override
        public void onDone(Exchange exchange) {
            note(exchange);
        }

        @Override
        public void onBeforeRoute(Route route, Exchange exchange) {}

        @Override
        public void onAfterRoute(Route route, Exchange exchange) {
            note(exchange);
        }

        private static void note(Exchange exchange) {
            exchange.setProperty(ENDED, new Ended(exchange.getExchangeId(), Failure.isIn(exchange)));
        }

        @Override
        public SynchronizationRouteAware getRouteSynchronization() {
            return this;
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST;
        }
    }

    /** Makes one that watches nothing yet. */
    public FailureSigns() {
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeSendingEvents(true);
        setIgnoreExchangeSentEvents(true);
        setIgnoreExchangeCompletedEvent(true);
        // not those of failures: to Camel a retry is one of them
    }

    /** Begins to watch the exchanges of a context, unless it does already. */
    public synchronized void watch(CamelContext context) {
        if (!watched) {
            watched = true;
            ServiceHelper.startService(this);
            context.getManagementStrategy().addEventNotifier(this);
        }
    }

    /** Watches no longer. */
    public synchronized void leave(CamelContext context) {
        if (watched) {
            watched = false;
            context.getManagementStrategy().removeEventNotifier(this);
            ServiceHelper.stopService(this);
        }
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeRedeliveryEvent redelivery) {
            redelivery.getExchange().removeProperty(ExchangePropertyKey.FAILURE_ROUTE_ID);
        } else if (event instanceof ExchangeCreatedEvent created) {
            created.getExchange().getExchangeExtension().addOnCompletion(new Noting());
        }
    }

    /** Tells how an exchange ended, to who sees it or a copy of it in {@code onCompletion}; null if it has not. */
    static @Nullable Boolean hasFailed(Exchange exchange) {
        if (exchange.getProperty(ExchangePropertyKey.ON_COMPLETION) != null
                && exchange.getProperty(ENDED) instanceof Ended ended
                && (ended.exchangeId().equals(exchange.getExchangeId())
                        || ended.exchangeId().equals(exchange.getProperty(ExchangePropertyKey.CORRELATION_ID)))) {
            return ended.failed();
        }
        return null;
    }
}
