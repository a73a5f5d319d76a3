package io.github.camelpushgateway.report;

import io.github.camelpushgateway.report.ReportEndpoint.RunReporter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.InterceptSendToEndpoint;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Route policy that reports each run of its routes. A report is one POST at the end of the run with the time of completion, the
 * success and the duration. A failed report is logged as one line at WARN and does not affect the route.
 *
 * <p>A run is one exchange from the route's consumer. For a batch consumer, such as {@code file}, a run consists of all exchanges of one
 * poll. A run fails if one of its exchanges fails, if an error handler handles a failure or moves the message to a dead letter channel,
 * or if the consumer itself fails. A run ends when Camel has completed the exchange, including the moving of files.
 *
 * <p>Routes that are called by a route with the same policy belong to the run of the caller. Messages that are sent by {@code seda} or
 * {@code wireTap} start a run of the receiving route. Exchanges that an aggregator consumes are reported when the aggregated exchange is
 * complete. Routes that belong to a Kamelet are not reported.
 */
public class PushgatewayRoutePolicy extends RoutePolicySupport {

    private static final Logger LOG = LoggerFactory.getLogger(PushgatewayRoutePolicy.class);

    private final RunScope scope;

    /** Whether this policy was created without a factory. A factory logs the start of all its routes itself. */
    private final boolean standalone;

    private final Map<Route, RouteRuns> routes = new ConcurrentHashMap<>();
    private final Map<Route, AggregationListener> aggregations = new ConcurrentHashMap<>();
    private ReportUri uri;

    /** Creates a policy that reports with the id of the route as the job, to the gateway of the component. */
    public PushgatewayRoutePolicy() {
        this(ReportUri.DEFAULT, new RunScope(), true);
    }

    /** Creates a policy that reports through the endpoint with the given URI, see {@link #setUri}. */
    public PushgatewayRoutePolicy(String uri) {
        this(ReportUri.DEFAULT.withUri(uri), new RunScope(), true);
    }

    /** Creates a policy on behalf of a factory. */
    PushgatewayRoutePolicy(ReportUri uri, RunScope scope) {
        this(uri, scope, false);
    }

    private PushgatewayRoutePolicy(ReportUri uri, RunScope scope, boolean standalone) {
        this.uri = uri;
        this.scope = scope;
        this.standalone = standalone;
    }

    /** Returns the URI of the endpoint through which runs are reported. */
    public String getUri() {
        return uri.uri();
    }

    /**
     * Sets the URI of the endpoint through which runs are reported. It is an endpoint of this component with any of its options, such as
     * {@code pushgateway:load?groupingKey.region=eu&records=${exchangeProperty.rows}&url=http://gateway:9091}.
     *
     * <p>{@code ${routeId}} and {@code $simple{routeId}} stand for the id of the route. The default is {@code pushgateway:${routeId}},
     * which uses the id as the job. The operation is always {@code report} and can be omitted.
     */
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
    public void onInit(Route route) {
        super.onInit(route);
        if (!route.isCreatedByKamelet()) {
            // an invalid URI fails here rather than at the first report
            routes.computeIfAbsent(
                    route, it -> new RouteRuns(it, scope, reporter(it.getCamelContext(), it.getRouteId())));
            if (standalone || route.getCamelContext().isStarted()) {
                LOG.info("Reporting the runs of {} to {}", route.getRouteId(), gateway(route));
            }
        }
    }

    /** Returns whether a factory with the given scope created this policy. */
    boolean isOf(RunScope factory) {
        return scope == factory;
    }

    boolean reports(Route route) {
        return routes.containsKey(route);
    }

    /** Returns the URL of the gateway to which runs of a route with this policy are reported. */
    String gateway(Route route) {
        return Objects.requireNonNull(routes.get(route))
                .reporter()
                .getEndpoint()
                .getServiceUrl();
    }

    private RunReporter reporter(CamelContext context, String routeId) {
        String resolved = uri.of(routeId);
        Endpoint endpoint = original(context.getEndpoint(resolved));
        if (!(endpoint instanceof ReportEndpoint reports)) {
            throw new IllegalArgumentException("the route '" + routeId + "' cannot be reported through " + endpoint
                    + ", which is not an endpoint of the component pushgateway; set a uri such as "
                    + ReportUri.DEFAULT.uri());
        }
        return reports.createReporter();
    }

    /** Returns the endpoint without interception, since reports are not intercepted. */
    private static Endpoint original(Endpoint endpoint) {
        return endpoint instanceof InterceptSendToEndpoint intercepted ? intercepted.getOriginalEndpoint() : endpoint;
    }

    /** Starts the reporter. Camel starts the consumer earlier, so exchanges may already be in progress. */
    @Override
    public void onStart(Route route) {
        RouteRuns runs = routes.get(route);
        if (runs != null) {
            ServiceHelper.startService(runs.reporter());
            // Camel rebuilds the route's list of services at each start
            route.addService(runs.pending());
        }
        trackConsumer(route);
    }

    /** Starts tracking the failures of the route's consumer, unless they are already tracked. */
    void trackConsumer(Route route) {
        RouteRuns runs = routes.get(route);
        if (runs != null) {
            ConsumerFailureListener.install(route, runs, scope);
        }
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        RouteRuns runs = routes.get(route);
        if (runs != null) {
            if (runs.aggregates()) {
                aggregations.computeIfAbsent(route, it -> addAggregationListener(it.getCamelContext(), runs));
            }
            runs.begin(exchange);
        }
    }

    private AggregationListener addAggregationListener(CamelContext context, RouteRuns runs) {
        AggregationListener listener = new AggregationListener(runs, scope);
        ServiceHelper.startService(listener);
        context.getManagementStrategy().addEventNotifier(listener);
        return listener;
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        RouteRuns runs = routes.get(route);
        if (runs != null) {
            runs.end(exchange);
        }
    }

    @Override
    public void onStop(Route route) {
        RouteRuns runs = routes.get(route);
        if (runs != null) {
            runs.stop();
        }
    }

    @Override
    public void onRemove(Route route) {
        CamelContext context = route.getCamelContext();
        RouteRuns runs = routes.remove(route);
        AggregationListener listener = aggregations.remove(route);
        if (listener != null) {
            context.getManagementStrategy().removeEventNotifier(listener);
        }
        if (runs != null) {
            ServiceHelper.stopService(runs.reporter());
            release(context, runs.reporter());
        }
    }

    /**
     * Removes the endpoint and this policy from the context if they are no longer used. Camel keeps both until the context stops, so they
     * would accumulate as routes are added and removed.
     */
    private void release(CamelContext context, RunReporter reporter) {
        ReportEndpoint endpoint = reporter.getEndpoint();
        try {
            if (endpoint.release(reporter)) {
                for (Endpoint each : context.getEndpoints()) {
                    if (original(each) == endpoint) {
                        context.removeEndpoint(each);
                    }
                }
            }
            if (routes.isEmpty()) {
                context.removeService(this);
            }
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    @Override
    protected void doStop() throws Exception {
        routes.values().forEach(runs -> ServiceHelper.stopService(runs.reporter()));
        super.doStop();
    }

    @Override
    public String toString() {
        return "PushgatewayRoutePolicy";
    }
}
