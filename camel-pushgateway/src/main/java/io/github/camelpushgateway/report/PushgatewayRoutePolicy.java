package io.github.camelpushgateway.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.report.ReportEndpoint.RunReporter;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.InterceptSendToEndpoint;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports each run of the routes that have this policy, with one POST at its end: when it ended, whether it succeeded, how long it
 * took. A report that fails is one line of the log at WARN, and nothing to the route.
 *
 * <p>A run is one exchange from the route's consumer; with a consumer of batches, such as {@code file}, it is all exchanges of one
 * poll. It fails if one of them fails, if an error handler had to handle a failure or to move it to a dead letter channel, or if
 * the consumer fails by itself. It ends when Camel is done with the exchange, after files were moved.
 *
 * <p>Routes that are called by a route with the same policy belong to its run; what is sent off, by {@code seda} or {@code wireTap}, is a
 * run of the route that takes it. What an aggregation has taken is reported when it has
 * made something of it and that is done. Routes that belong to a Kamelet are not reported.
 */
public class PushgatewayRoutePolicy extends RoutePolicySupport {

    private static final String ROUTE_ID = "${routeId}";
    /** Where braces after a dollar are for something else, as in the properties of Spring Boot. */
    private static final String ROUTE_ID_BESIDE_OTHERS = "$simple{routeId}";

    private static final Pattern OPERATION = Pattern.compile("[?&]operation=([^&]*)");

    /** The endpoint that stands for all that is not said: the job is the id of the route. */
    static final String DEFAULT_URI = "pushgateway:" + ROUTE_ID;

    private static final Logger LOG = LoggerFactory.getLogger(PushgatewayRoutePolicy.class);

    private final RunScope scope;

    /** Whether no factory has created it, which would log for all its routes. */
    private final boolean standalone;

    private final Map<Route, RouteRuns> routes = new ConcurrentHashMap<>();
    private final Map<Route, AggregationListener> aggregations = new ConcurrentHashMap<>();
    private String uri = DEFAULT_URI;

    /** Makes a policy that reports with the id of the route as the job, to the gateway that the component knows. */
    public PushgatewayRoutePolicy() {
        this(DEFAULT_URI);
    }

    /** Makes a policy that reports as that endpoint says: see {@link #setUri}. */
    public PushgatewayRoutePolicy(String uri) {
        this(uri, new RunScope(), true);
    }

    /** Makes a policy of a factory. */
    PushgatewayRoutePolicy(String uri, RunScope scope) {
        this(uri, scope, false);
    }

    private PushgatewayRoutePolicy(String uri, RunScope scope, boolean standalone) {
        this.uri = uri.replace(ROUTE_ID_BESIDE_OTHERS, ROUTE_ID);
        this.scope = scope;
        this.standalone = standalone;
    }

    public String getUri() {
        return uri;
    }

    /**
     * Says how to report: an endpoint of the component, with all its options, such as
     * {@code pushgateway:load?groupingKey=region=eu&records=${exchangeProperty.rows}&url=http://gateway:9091}. In it, {@code ${routeId}}
     * stands for the id of the route, which is the job by default ({@code pushgateway:${routeId}}), and so does {@code
     * $simple{routeId}}. The operation is
     * {@code report}; it need not be said.
     */
    public void setUri(String uri) {
        this.uri = uri.replace(ROUTE_ID_BESIDE_OTHERS, ROUTE_ID);
    }

    @Override
    public void onInit(Route route) {
        super.onInit(route);
        if (!route.isCreatedByKamelet()) {
            // fails here, and not when there is something to report
            routes.computeIfAbsent(
                    route, it -> new RouteRuns(it, scope, reporter(it.getCamelContext(), it.getRouteId())));
            if (standalone || route.getCamelContext().isStarted()) {
                LOG.info("Reporting the runs of {} to {}", route.getRouteId(), gateway(route));
            }
        }
    }

    /** Tells whether a factory with that scope has created this policy. */
    boolean isOf(RunScope factory) {
        return scope == factory;
    }

    boolean reports(Route route) {
        return routes.containsKey(route);
    }

    /** Returns the URL of the gateway to which a route is reported that has this policy. */
    String gateway(Route route) {
        return Objects.requireNonNull(routes.get(route))
                .reporter()
                .getEndpoint()
                .getServiceUrl();
    }

    private RunReporter reporter(CamelContext context, String routeId) {
        String resolved = reportUri(routeId);
        Endpoint endpoint = original(context.getEndpoint(resolved));
        if (!(endpoint instanceof ReportEndpoint reports)) {
            throw new IllegalArgumentException("the route '" + routeId + "' cannot be reported through " + endpoint
                    + ", which is no endpoint of the component pushgateway; give a uri such as " + DEFAULT_URI);
        }
        return reports.createReporter();
    }

    /** Reports are not intercepted. */
    private static Endpoint original(Endpoint endpoint) {
        return endpoint instanceof InterceptSendToEndpoint intercepted ? intercepted.getOriginalEndpoint() : endpoint;
    }

    private String reportUri(String routeId) {
        Matcher operation = OPERATION.matcher(uri);
        boolean told = operation.find();
        if (told && !operation.group(1).equalsIgnoreCase("report")) {
            throw new IllegalArgumentException("the route '" + routeId
                    + "' cannot be reported by another operation than report; leave the operation out of the uri");
        }
        if (uri.contains(ROUTE_ID) && routeId.contains("?")) {
            throw new IllegalArgumentException("the id of the route '" + routeId
                    + "' cannot be a job in a uri, since it holds a question mark; give a uri with another job");
        }
        String named = uri.replace(ROUTE_ID, URLEncoder.encode(routeId, UTF_8).replace("+", "%20"));
        return told ? named : named + (named.contains("?") ? '&' : '?') + "operation=report";
    }

    /** Camel starts the consumer before, and there may be exchanges already. */
    @Override
    public void onStart(Route route) {
        RouteRuns runs = routes.get(route);
        if (runs != null) {
            ServiceHelper.startService(runs.reporter());
            // what a route knows of services is made anew at each start
            route.addService(runs.pending());
        }
        trackConsumer(route);
    }

    /** Begins to track the failures of the route's consumer, unless they are tracked already. */
    void trackConsumer(Route route) {
        RouteRuns runs = routes.get(route);
        if (runs != null) {
            ConsumerFailureListener.watch(route, runs, scope);
        }
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        RouteRuns runs = routes.get(route);
        if (runs != null) {
            if (runs.aggregates()) {
                aggregations.computeIfAbsent(route, it -> noticeAggregations(it.getCamelContext(), runs));
            }
            runs.begin(exchange);
        }
    }

    private AggregationListener noticeAggregations(CamelContext context, RouteRuns runs) {
        AggregationListener notifier = new AggregationListener(runs, scope);
        ServiceHelper.startService(notifier);
        context.getManagementStrategy().addEventNotifier(notifier);
        return notifier;
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
        AggregationListener notifier = aggregations.remove(route);
        if (notifier != null) {
            context.getManagementStrategy().removeEventNotifier(notifier);
        }
        if (runs != null) {
            ServiceHelper.stopService(runs.reporter());
            leave(context, runs.reporter());
        }
    }

    /** Camel itself keeps endpoints and policies until the context stops, which would be one of each for each route ever added. */
    private void leave(CamelContext context, RunReporter reporter) {
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
