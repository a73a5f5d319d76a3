package io.github.camelpushgateway.report;

import io.github.camelpushgateway.metrics.NamePatterns;
import io.github.camelpushgateway.reload.BoundBean;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.PatternHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Route policy factory that reports the runs of all routes whose id matches, see {@link PushgatewayRoutePolicy}. An application needs
 * one bean of this type:
 *
 * <pre>{@code
 * camel.beans.report = #class:io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory("nightly-*,!nightly-test")
 * }</pre>
 */
public class PushgatewayRoutePolicyFactory implements RoutePolicyFactory, CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger(PushgatewayRoutePolicyFactory.class);

    private final RunScope scope = new RunScope();
    private final BoundBean<PushgatewayRoutePolicyFactory> bound =
            new BoundBean<>(PushgatewayRoutePolicyFactory.class, this);
    private final StartupSummary summary =
            new StartupSummary(LOG, this::getRoutes, this::policyOf, this::matches, bound::isReplaced);

    @Nullable
    private CamelContext camelContext;

    /** Whether a property is set. Camel sets the properties of a bean in a file after its context. */
    private boolean configured;

    private NamePatterns routes = patterns("*");
    private ReportUri uri = ReportUri.DEFAULT;

    /** Creates a factory that reports all routes. */
    public PushgatewayRoutePolicyFactory() {}

    /** Creates a factory that reports the matching routes, see {@link #setRoutes}. */
    public PushgatewayRoutePolicyFactory(String routes) {
        this.routes = patterns(routes);
        configured = true;
    }

    /** Creates a factory that reports the matching routes through an endpoint, see {@link #setRoutes} and {@link #setUri}. */
    public PushgatewayRoutePolicyFactory(String routes, String uri) {
        this(routes);
        this.uri = ReportUri.DEFAULT.withUri(uri);
    }

    /** Returns the patterns of the ids of reported routes. */
    public String getRoutes() {
        return routes.toString();
    }

    /**
     * Sets the patterns of the ids of reported routes, separated by commas. A pattern is an id, an id with a wildcard at the end, or a
     * regular expression. A pattern that starts with an exclamation mark excludes routes. By default, all routes are reported.
     */
    public void setRoutes(String routes) {
        this.routes = patterns(routes);
        configured = true;
    }

    private static NamePatterns patterns(String routes) {
        return new NamePatterns("routes", routes, "nightly-*,!nightly-test", PatternHelper::matchPattern);
    }

    /** Returns the URI of the endpoint through which runs are reported. */
    public String getUri() {
        return uri.uri();
    }

    /** Sets the URI of the endpoint through which runs are reported, see {@link PushgatewayRoutePolicy#setUri}. */
    public void setUri(String uri) {
        this.uri = this.uri.withUri(uri);
    }

    /** Returns whether the start of each run is also reported. */
    public boolean isReportStart() {
        return uri.start();
    }

    /**
     * Sets whether the start of each run is also reported, as {@code job_last_start_unixtime}. It is sent when the run has
     * lasted for a second. This has the same effect as the option {@code reportStart} in the URI.
     */
    public void setReportStart(boolean reportStart) {
        uri = uri.withStart(reportStart);
    }

    /** Returns the time from one run to the next, or null if it is not reported. */
    public @Nullable String getReportInterval() {
        return uri.interval();
    }

    /**
     * Sets the time from one run to the next, such as {@code 24h}. Each report contains it. This has the same effect as the
     * option {@code reportInterval} in the URI.
     */
    public void setReportInterval(@Nullable String reportInterval) {
        uri = uri.withInterval(reportInterval);
    }

    /** Returns whether counters of all runs are also reported. */
    public boolean isReportCounters() {
        return uri.counters();
    }

    /**
     * Sets whether counters of all runs are also reported, such as {@code job_runs_total}. They continue over restarts and
     * JVMs. This has the same effect as the option {@code reportCounters} in the URI.
     */
    public void setReportCounters(boolean reportCounters) {
        uri = uri.withCounters(reportCounters);
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return camelContext;
    }

    /**
     * Sets the context and adds this factory to it, unless the context already has this factory. Camel Main looks for factories before it
     * creates the beans that are declared in properties. Adding the factory twice has no effect.
     */
    @Override
    public void setCamelContext(@Nullable CamelContext camelContext) {
        boolean unchanged = camelContext == this.camelContext;
        this.camelContext = camelContext;
        if (camelContext == null) {
            return;
        }
        if (unchanged) {
            // the bean is bound, after its properties have been set
            summary.logLate(camelContext);
            return;
        }
        camelContext.addLifecycleStrategy(summary);
        if (!camelContext.getRoutePolicyFactories().contains(this)) {
            camelContext.addRoutePolicyFactory(this);
        }
        summary.added(camelContext);
        if (configured) {
            summary.logLate(camelContext);
        } else {
            summary.logSoon(camelContext);
        }
    }

    /** Returns the policy of this factory that reports the route, or null if there is none. */
    @Nullable
    PushgatewayRoutePolicy policyOf(Route route) {
        for (RoutePolicy each : route.getRoutePolicyList()) {
            if (each instanceof PushgatewayRoutePolicy policy && policy.isOf(scope)) {
                return policy.reports(route) ? policy : null;
            }
        }
        return null;
    }

    private boolean matches(Route route) {
        return routes.match(route.getRouteId());
    }

    @Override
    public @Nullable RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return routes.match(routeId) && !bound.isReplaced(context) ? new PushgatewayRoutePolicy(uri, scope) : null;
    }
}
