package io.github.camelpushgateway.report;

import io.github.camelpushgateway.metrics.NamePatterns;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.PatternHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports every run of every route whose id matches, as {@link PushgatewayRoutePolicy} says. One bean of this type is all that an
 * application needs:
 *
 * <pre>{@code
 * camel.beans.report = #class:io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory("nightly-*,!nightly-test")
 * }</pre>
 */
public class PushgatewayRoutePolicyFactory implements RoutePolicyFactory, CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger(PushgatewayRoutePolicyFactory.class);

    private final RunScope scope = new RunScope();

    @Nullable
    private CamelContext camelContext;

    private NamePatterns routes = patterns("*");
    private String uri = PushgatewayRoutePolicy.DEFAULT_URI;

    /** Makes a factory that reports all routes. */
    public PushgatewayRoutePolicyFactory() {}

    /** Makes a factory that reports those routes: see {@link #setRoutes}. */
    public PushgatewayRoutePolicyFactory(String routes) {
        this.routes = patterns(routes);
    }

    /** Makes a factory that reports those routes through that endpoint: see {@link #setRoutes} and {@link #setUri}. */
    public PushgatewayRoutePolicyFactory(String routes, String uri) {
        this(routes);
        this.uri = uri;
    }

    public String getRoutes() {
        return routes.toString();
    }

    /**
     * Says which routes are reported: patterns of their ids, separated by commas, with a wildcard at the end or as regular
     * expressions; one with an exclamation mark before it takes routes out again. All are by default.
     */
    public void setRoutes(String routes) {
        this.routes = patterns(routes);
    }

    private static NamePatterns patterns(String routes) {
        return new NamePatterns("routes", routes, "nightly-*,!nightly-test", PatternHelper::matchPattern);
    }

    public String getUri() {
        return uri;
    }

    /** Says how to report: see {@link PushgatewayRoutePolicy#setUri}. */
    public void setUri(String uri) {
        this.uri = uri;
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return camelContext;
    }

    /**
     * Adds itself to the context, unless somebody has. Camel main looks for factories before it makes the beans that stand in
     * properties. To be added twice does no harm.
     */
    @Override
    public void setCamelContext(@Nullable CamelContext camelContext) {
        boolean known = camelContext == this.camelContext;
        this.camelContext = camelContext;
        if (camelContext != null && !known) {
            logAtStartOf(camelContext);
            if (!camelContext.getRoutePolicyFactories().contains(this)) {
                camelContext.addRoutePolicyFactory(this);
            }
        }
    }

    private void logAtStartOf(CamelContext context) {
        try {
            context.addStartupListener(new StartupSummary(LOG, this::getRoutes, this::policyOf));
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    /** Returns the policy of this factory by which the route is reported. */
    @Nullable
    PushgatewayRoutePolicy policyOf(Route route) {
        for (RoutePolicy each : route.getRoutePolicyList()) {
            if (each instanceof PushgatewayRoutePolicy policy && policy.isOf(scope)) {
                return policy.reports(route) ? policy : null;
            }
        }
        return null;
    }

    @Override
    public @Nullable RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return routes.match(routeId) ? new PushgatewayRoutePolicy(uri, scope) : null;
    }
}
