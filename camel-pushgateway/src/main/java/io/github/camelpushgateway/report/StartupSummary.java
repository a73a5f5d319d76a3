package io.github.camelpushgateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.StartupListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Startup listener that logs which routes a factory reports to which gateway, each time the context has started. It warns if there are
 * routes of which none matches, since the pattern then often contains a typo. A context without routes may get them later.
 */
final class StartupSummary implements StartupListener {

    private static final int MAX_IDS = 20;

    private final Logger log;
    private final Supplier<String> routes;
    private final Function<Route, @Nullable PushgatewayRoutePolicy> policies;
    private final Predicate<CamelContext> replaced;

    /**
     * Creates a summary of one factory.
     *
     * @param log the logger of the factory
     * @param routes supplies the patterns of the ids of reported routes
     * @param policies returns the policy that reports a route, or null
     * @param replaced returns whether another factory has replaced this one, so that there is nothing to log
     */
    StartupSummary(
            Logger log,
            Supplier<String> routes,
            Function<Route, @Nullable PushgatewayRoutePolicy> policies,
            Predicate<CamelContext> replaced) {
        this.log = log;
        this.routes = routes;
        this.policies = policies;
        this.replaced = replaced;
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        // routes may still be added
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
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
            log.info(
                    "No runs are reported yet, because the Camel context has no routes. A route that is added later is reported"
                            + " if its id matches '{}'",
                    routes.get());
        } else {
            log.warn(
                    "No runs are reported, because no route has an id that matches '{}'; correct the pattern; the ids are {}",
                    routes.get(),
                    list(others));
        }
    }

    private static String list(List<String> ids) {
        String listed = String.join(", ", ids.subList(0, Math.min(ids.size(), MAX_IDS)));
        return ids.size() <= MAX_IDS ? listed : listed + " and " + (ids.size() - MAX_IDS) + " more";
    }
}
