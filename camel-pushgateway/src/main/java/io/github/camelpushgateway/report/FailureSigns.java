package io.github.camelpushgateway.report;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Ordered;
import org.apache.camel.Route;
import org.apache.camel.SafeCopyProperty;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCreatedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailureHandledEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailureHandlingEvent;
import org.apache.camel.spi.CamelEvent.ExchangeRedeliveryEvent;
import org.apache.camel.spi.SynchronizationRouteAware;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Notes on exchanges what {@link Failure} cannot see of them otherwise: that an error handler or a {@code doCatch} deals with a
 * failure, that a failed attempt is followed by another one, and how an exchange has ended. The notes are where no user sees them.
 */
public final class FailureSigns extends EventNotifierSupport {

    private static final String PROPERTY = "CamelPushgatewayFailure";

    private boolean watched;

    /**
     * What is noted.
     *
     * @param handling whether a failure is being dealt with, or was
     * @param endedId the id of the exchange that has ended; copies that travel on take it with them, but it is not theirs
     * @param failed whether that has failed
     */
    record Signs(boolean handling, @Nullable String endedId, boolean failed) implements SafeCopyProperty {

        /** Tells whether they say how the exchange has ended, which is an exchange in {@code onCompletion} or a copy for it. */
        boolean isOfEnd(Exchange exchange) {
            return endedId != null
                    && exchange.getProperty(ExchangePropertyKey.ON_COMPLETION) != null
                    && (endedId.equals(exchange.getExchangeId())
                            || endedId.equals(exchange.getProperty(ExchangePropertyKey.CORRELATION_ID)));
        }

        @Override
        public SafeCopyProperty safeCopy() {
            return this;
        }
    }

    /** Comes before all others that wait for the end of an exchange or of a route. */
    private static final class Noting extends SynchronizationAdapter implements SynchronizationRouteAware {

        @Override
        public void onDone(Exchange exchange) {
            note(exchange, false, exchange.getExchangeId(), Failure.hasEndedIn(exchange));
        }

        @Override
        public void onBeforeRoute(Route route, Exchange exchange) {}

        @Override
        public void onAfterRoute(Route route, Exchange exchange) {
            onDone(exchange);
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
        if (event instanceof ExchangeCreatedEvent created) {
            begin(created.getExchange());
            created.getExchange().getExchangeExtension().addOnCompletion(new Noting());
        } else if (event instanceof ExchangeFailureHandlingEvent handling) {
            note(handling.getExchange(), true, null, false);
        } else if (event instanceof ExchangeRedeliveryEvent retried && !isHandling(retried.getExchange())) {
            // Camel writes it anew if the next attempt fails as well, and leaves it there if it does not
            retried.getExchange().removeProperty(ExchangePropertyKey.FAILURE_ROUTE_ID);
            note(retried.getExchange(), false, null, false);
        } else if (event instanceof ExchangeFailureHandledEvent handled && !Failure.hasEndedIn(handled.getExchange())) {
            // it goes on: it was told to continue, or its doTry is over
            note(handled.getExchange(), false, null, false);
        }
    }

    private static void begin(Exchange exchange) {
        Signs before = on(exchange);
        if (before == null || !(before.isOfEnd(exchange) || isInKamelet(exchange))) {
            note(exchange, false, null, false);
        }
    }

    /** A Kamelet is given a copy, which is a part of the exchange that waits for it. */
    private static boolean isInKamelet(Exchange exchange) {
        return exchange.getFromEndpoint() != null
                && exchange.getFromEndpoint().getEndpointUri().startsWith("kamelet:");
    }

    /** A step that deals with a failure may be tried again as well: that failure stays. */
    private static boolean isHandling(Exchange exchange) {
        Signs signs = on(exchange);
        return signs != null && signs.handling();
    }

    private static void note(Exchange exchange, boolean handling, @Nullable String endedId, boolean failed) {
        exchange.getExchangeExtension().setSafeCopyProperty(PROPERTY, new Signs(handling, endedId, failed));
    }

    /** Returns what is noted on the exchange; null if nobody watches. */
    static @Nullable Signs on(Exchange exchange) {
        return exchange.getExchangeExtension().getSafeCopyProperty(PROPERTY, Signs.class);
    }
}
