package io.github.camelpushgateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Lifecycle strategy that logs which routes a factory reports to which gateway, each time the context has started. It warns if there are
 * routes of which none matches, since the pattern then often contains a typo. A context without routes may get them later.
 *
 * <p>A factory that is added to a running context reports only routes that are added later, since Camel creates policies with their
 * routes. This is logged at once.
 */
final class StartupSummary extends LifecycleStrategySupport {

    private static final int MAX_IDS = 20;

    /** The time in which Camel sets the properties of a bean. */
    private static final long PROPERTIES_MILLIS = 500;

    private final Logger log;
    private final Supplier<String> routes;
    private final Function<Route, @Nullable PushgatewayRoutePolicy> policies;
    private final Predicate<Route> matching;
    private final Predicate<CamelContext> replaced;

    /** Whether the context was running when the factory was added, and this is not logged yet. */
    private boolean late;

    /**
     * Creates a summary of one factory.
     *
     * @param log the logger of the factory
     * @param routes supplies the patterns of the ids of reported routes
     * @param policies returns the policy of the factory that reports a route, or null
     * @param matching returns whether the patterns match the id of a route
     * @param replaced returns whether another factory has replaced this one, so that there is nothing to log
     */
    StartupSummary(
            Logger log,
            Supplier<String> routes,
            Function<Route, @Nullable PushgatewayRoutePolicy> policies,
            Predicate<Route> matching,
            Predicate<CamelContext> replaced) {
        this.log = log;
        this.routes = routes;
        this.policies = policies;
        this.matching = matching;
        this.replaced = replaced;
    }

    @Override
    public void onContextStarted(CamelContext context) {
        if (replaced.test(context)) {
            return;
        }
        List<String> others = new ArrayList<>();
        Map<String, List<String>> reported = new TreeMap<>();
        for (Route route : context.getRoutes()) {
            PushgatewayRoutePolicy policy = policies.apply(route);
            if (policy != null) {
                reported.computeIfAbsent(policy.gateway(route), gateway -> new ArrayList<>())
                        .add(route.getRouteId());
            } else if (!route.isCreatedByKamelet()) {
                others.add(route.getRouteId());
            }
        }
        if (!reported.isEmpty()) {
            reported.forEach((gateway, ids) -> log.info("Reporting the runs of {} to {}", list(ids), gateway));
        } else if (others.isEmpty()) {
            logWithoutRoutes();
        } else {
            log.warn(
                    "No runs are reported, because no route has an id that matches '{}'; correct the pattern; the ids are {}",
                    routes.get(),
                    list(others));
        }
    }

    private void logWithoutRoutes() {
        log.info(
                "No runs are reported yet, because the Camel context has no routes. A route that is added later is reported"
                        + " if its id matches '{}'",
                routes.get());
    }

    /** Handles that the factory has been added to a context. If the context is running, the existing routes are not reported. */
    synchronized void added(CamelContext context) {
        late = context.isStarted() || context.isSuspended();
    }

    /** Logs, once, which routes a factory does not report that has been added to a running context. */
    void logLate(CamelContext context) {
        synchronized (this) {
            if (!late) {
                return;
            }
            late = false;
        }
        List<String> missed = new ArrayList<>();
        List<String> reported = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Route route : context.getRoutes()) {
            if (!route.isCreatedByKamelet()) {
                List<String> ids = !matching.test(route) ? others : isReported(route) ? reported : missed;
                ids.add(route.getRouteId());
            }
        }
        if (!missed.isEmpty()) {
            log.warn(
                    "The runs of {} are not reported, because these routes are older than the route policy factory; bind the"
                            + " factory before the Camel context starts, or add the routes again. A route that is added later is"
                            + " reported if its id matches '{}'",
                    list(missed),
                    routes.get());
        } else if (!reported.isEmpty()) {
            log.info(
                    "The runs of {} are still reported by an earlier route policy. A route that is added later is reported by"
                            + " this one if its id matches '{}'",
                    list(reported),
                    routes.get());
        } else if (others.isEmpty()) {
            logWithoutRoutes();
        } else {
            log.info(
                    "No runs are reported yet, because no route has an id that matches '{}'; the ids are {}. A route that is"
                            + " added later is reported if its id matches",
                    routes.get(),
                    list(others));
        }
    }

    private static boolean isReported(Route route) {
        for (RoutePolicy each : route.getRoutePolicyList()) {
            if (each instanceof PushgatewayRoutePolicy policy && policy.reports(route)) {
                return true;
            }
        }
        return false;
    }

    /** Does the same a little later, after Camel has set the properties of the bean. */
    void logSoon(CamelContext context) {
        synchronized (this) {
            if (!late) {
                return;
            }
        }
        CompletableFuture.delayedExecutor(PROPERTIES_MILLIS, TimeUnit.MILLISECONDS)
                .execute(() -> logLate(context));
    }

    private static String list(List<String> ids) {
        String listed = String.join(", ", ids.subList(0, Math.min(ids.size(), MAX_IDS)));
        return ids.size() <= MAX_IDS ? listed : listed + " and " + (ids.size() - MAX_IDS) + " more";
    }
}
