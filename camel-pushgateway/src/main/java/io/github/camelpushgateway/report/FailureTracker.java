package io.github.camelpushgateway.report;

import io.github.camelpushgateway.report.TrackedExchange.Tracking;
import java.util.Collection;
import org.apache.camel.CamelContext;
import org.apache.camel.DelegateProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Ordered;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCreatedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailureHandledEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailureHandlingEvent;
import org.apache.camel.spi.EventNotifier;
import org.apache.camel.spi.ManagementStrategy;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.SynchronizationRouteAware;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Tracker of the failures of all exchanges of a Camel context.
 *
 * <p>Camel notifies it when an exchange begins, and when an error handler or {@code doCatch} processes a failure. Camel sends no event
 * for {@code doFinally}, which {@link FinallyTracking} tracks. {@link TrackedExchange} holds the state of an exchange, which routes
 * cannot access.
 */
public final class FailureTracker extends EventNotifierSupport implements Ordered {

    private final Tracking tracking = new Tracking();

    /** Tracks the end of an exchange and of its routes. Runs before all other synchronizations. */
    private static final class End extends RouteSynchronization {

        End(TrackedExchange tracked) {
            super(tracked, Ordered.HIGHEST);
        }

        @Override
        public void onDone(Exchange exchange) {
            tracked.end(exchange);
        }

        @Override
        public void onAfterRoute(Route route, Exchange exchange) {
            tracked.beginCompletion(route.getRouteId(), exchange);
        }
    }

    /** Runs after the onCompletion of a route. Camel runs synchronizations of the same order in reverse order of their addition. */
    private static final class AfterCompletion extends RouteSynchronization {

        AfterCompletion(TrackedExchange tracked) {
            super(tracked, Ordered.LOWEST);
        }

        @Override
        public void onAfterRoute(Route route, Exchange exchange) {
            tracked.endCompletion(route.getRouteId(), exchange);
        }
    }

    private abstract static class RouteSynchronization extends SynchronizationAdapter
            implements SynchronizationRouteAware {

        final TrackedExchange tracked;
        private final int order;

        RouteSynchronization(TrackedExchange tracked, int order) {
            this.tracked = tracked;
            this.order = order;
        }

        @Override
        public void onBeforeRoute(Route route, Exchange exchange) {}

        @Override
        public SynchronizationRouteAware getRouteSynchronization() {
            return this;
        }

        /** Returns false: other synchronizations move to a copy, whose end is not the end of this exchange. */
        @Override
        public boolean allowHandover() {
            return false;
        }

        @Override
        public int getOrder() {
            return order;
        }
    }

    /** Tracks each route before its consumer starts. */
    private final class AddedRoutes extends LifecycleStrategySupport {

        @Override
        public void onRoutesAdd(Collection<Route> routes) {
            for (Route route : routes) {
                trackFinally(route);
                trackConsumer(route);
            }
        }
    }

    private FailureTracker() {
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeSendingEvents(true);
        setIgnoreExchangeSentEvents(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeRedeliveryEvents(true);
    }

    /** Starts tracking the exchanges of a context, unless they are already tracked. */
    public static synchronized void install(CamelContext context) {
        ManagementStrategy management = context.getManagementStrategy();
        for (EventNotifier notifier : management.getEventNotifiers()) {
            if (notifier instanceof FailureTracker) {
                return;
            }
        }
        FailureTracker tracker = new FailureTracker();
        ServiceHelper.startService(tracker);
        management.addEventNotifier(tracker);
        context.addLifecycleStrategy(tracker.new AddedRoutes());
        for (Route route : context.getRoutes()) {
            tracker.trackFinally(route);
        }
    }

    /** Returns the highest precedence, since notifiers of the application may send reports as well. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST;
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeCreatedEvent created) {
            Exchange exchange = created.getExchange();
            TrackedExchange tracked = TrackedExchange.begin(tracking, exchange);
            exchange.getExchangeExtension().addOnCompletion(new End(tracked));
            exchange.getExchangeExtension().addOnCompletion(new AfterCompletion(tracked));
        } else if (event instanceof ExchangeFailureHandlingEvent handling) {
            TrackedExchange.own(tracking, handling.getExchange()).beginHandler();
        } else if (event instanceof ExchangeFailureHandledEvent handled) {
            endHandling(handled);
        }
    }

    /** Distinguishes error handlers from doCatch, since both send the same event. */
    private void endHandling(ExchangeFailureHandledEvent event) {
        Exchange exchange = event.getExchange();
        TrackedExchange tracked = TrackedExchange.own(tracking, exchange);
        if (event.isDeadLetterChannel() || isOnException(event.getFailureHandler(), exchange)) {
            tracked.endErrorHandler(exchange);
        } else {
            tracked.endHandler(exchange);
        }
    }

    private static boolean isOnException(Processor handler, Exchange exchange) {
        Route route = ExchangeHelper.getRoute(exchange);
        return route != null
                && route.getOnExceptions().stream()
                        .anyMatch(each -> each == handler
                                || (each instanceof DelegateProcessor wrapped && wrapped.getProcessor() == handler));
    }

    /** Tracks a route's consumer early: it starts before Camel notifies the route's policies, and its first poll may fail. */
    private static void trackConsumer(Route route) {
        for (RoutePolicy policy : route.getRoutePolicyList()) {
            if (policy instanceof PushgatewayRoutePolicy reporting) {
                reporting.trackConsumer(route);
            }
        }
    }

    private void trackFinally(Route route) {
        FinallyTracking.install(route, tracking);
    }
}
