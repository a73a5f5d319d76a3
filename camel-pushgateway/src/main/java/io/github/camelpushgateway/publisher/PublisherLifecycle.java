package io.github.camelpushgateway.publisher;

import java.util.Collection;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.CamelContextRoutesStoppedEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStartupFailureEvent;
import org.apache.camel.spi.EventNotifier;
import org.apache.camel.spi.LifecycleStrategy;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Lifecycle strategy that opens a publication at each start of the Camel context, and finishes it at the stop.
 *
 * <p>The last push follows when Camel begins to remove the routes of a context that stops. At this time, the consumers of all routes have
 * stopped, and their exchanges have completed. Route policies and endpoints still exist: the policy of camel-micrometer removes the metrics
 * of a route with the route. A context without routes is detected by an event, which has no listener while the context is stopped.
 */
public final class PublisherLifecycle extends LifecycleStrategySupport {

    private final Opener opener;
    private final Predicate<CamelContext> replaced;

    @Nullable
    private volatile Publication publication;

    /** Opens the publications of a publisher. */
    public interface Opener {

        /**
         * Opens a publication.
         *
         * @throws IllegalArgumentException if the options of the publisher are invalid
         */
        Publication open(CamelContext context);
    }

    /**
     * Creates the lifecycle of a publisher.
     *
     * @param replaced returns whether another publisher has replaced this one, so that there is nothing more to push
     */
    public PublisherLifecycle(Opener opener, Predicate<CamelContext> replaced) {
        this.opener = opener;
        this.replaced = replaced;
    }

    /** Returns the current publication, or null while the context is stopped. */
    public @Nullable Publication publication() {
        return publication;
    }

    /** Opens a publication for a context that has already started. */
    public void startLate(CamelContext context) {
        if (publication == null && context.isStarted()) {
            onContextStarted(context);
        }
    }

    /** Opens the publication, so that invalid options fail the start before a route runs. */
    @Override
    public void onContextStarting(CamelContext context) {
        if (closeIfReplaced(context)) {
            return;
        }
        Publication opened = opener.open(context);
        replaceOthers(context, opened);
        publication = opened;
        EventNotifier listener = new StopListener(context, opened);
        ServiceHelper.startService(listener);
        context.getManagementStrategy().addEventNotifier(listener);
    }

    /** Also opens the publication of a bean that is created while the context starts, after {@link #onContextStarting}. */
    @Override
    public void onContextStarted(CamelContext context) {
        Publication open = publication;
        if (open == null) {
            onContextStarting(context);
            open = publication;
        }
        if (open != null) {
            open.startIntervalPushes(() -> closeIfReplaced(context));
        }
    }

    /** Closes the publication if a reload of routes has created the publisher again. A reload also adds routes. */
    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        for (Route route : routes) {
            closeIfReplaced(route.getCamelContext());
        }
    }

    private boolean closeIfReplaced(CamelContext context) {
        if (!replaced.test(context)) {
            return false;
        }
        Publication open = publication;
        if (open != null) {
            publication = null;
            open.log()
                    .info(
                            "The publisher of {} is replaced by another bean with the same name, and pushes nothing more",
                            open.group());
            open.close();
        }
        return true;
    }

    /** Ends the interval pushes before the routes stop, so that no new one delays the last push. */
    @Override
    public void onContextStopping(CamelContext context) {
        Publication open = publication;
        if (open != null) {
            open.stopIntervalPushes();
        }
    }

    /** Sends the last push before the first route of a context that stops is removed. */
    @Override
    public void onRoutesRemove(Collection<Route> routes) {
        for (Route route : routes) {
            finish(route.getCamelContext());
        }
    }

    private void finish(CamelContext context) {
        if (!context.isStopping() || context.isVetoStarted() || closeIfReplaced(context)) {
            return;
        }
        Publication open = publication;
        if (open != null) {
            open.finish();
        }
    }

    /** Closes other publications of the same endpoint, and of publishers that are replaced: a reload of routes creates beans again. */
    private void replaceOthers(CamelContext context, Publication opened) {
        for (LifecycleStrategy each : context.getLifecycleStrategies()) {
            if (each instanceof PublisherLifecycle other && other != this) {
                Publication earlier = other.publication;
                if (earlier != null
                        && earlier.group().endpoint().equals(opened.group().endpoint())) {
                    earlier.close();
                    opened.log().info("Another publisher of {} with the same uri is replaced", opened.group());
                } else {
                    other.closeIfReplaced(context);
                }
            }
        }
    }

    @Override
    public String toString() {
        return "PushgatewayPublisher";
    }

    /** Listener for the stop of the context, which exists from the start of the publication to its end. */
    private final class StopListener extends EventNotifierSupport {

        private final CamelContext context;
        private final Publication current;
        private final ExitDelay exit;

        StopListener(CamelContext context, Publication current) {
            this.context = context;
            this.current = current;
            exit = ExitDelay.install(context);
            setIgnoreCamelContextInitEvents(true);
            setIgnoreExchangeEvents(true);
            setIgnoreRouteEvents(true);
            setIgnoreServiceEvents(true);
            setIgnoreStepEvents(true);
        }

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof CamelContextStartupFailureEvent) {
                // a context that never started has no metrics to report
                end();
            } else if (event instanceof CamelContextRoutesStoppedEvent) {
                finish(context);
                end();
            }
        }

        private void end() {
            current.close();
            exit.end();
            context.getManagementStrategy().removeEventNotifier(this);
            if (publication == current) {
                publication = null;
            }
        }
    }
}
