package io.github.camelpushgateway;

import io.github.camelpushgateway.options.DurationText;
import io.github.camelpushgateway.publisher.Publication;
import io.github.camelpushgateway.publisher.PublisherLifecycle;
import io.github.camelpushgateway.publisher.StopAction;
import io.github.camelpushgateway.reload.BoundBean;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Endpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.StringHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publisher that pushes a registry at an interval, and once more after the routes have stopped. So the last push contains the metrics of
 * the last exchanges. It is a bean in the registry of the Camel context. No route refers to it:
 *
 * <pre>{@code
 * camel.beans.publisher = #class:io.github.camelpushgateway.PushgatewayPublisher
 * camel.beans.publisher.uri = pushgateway:orders?registry=#metrics
 * camel.beans.publisher.interval = 1m
 * }</pre>
 *
 * <p>A failed push is logged, and affects neither the routes nor the start or stop of the Camel context.
 */
public class PushgatewayPublisher implements CamelContextAware {

    static final String EXAMPLE_URI = "pushgateway:orders?registry=#metrics";

    private static final Logger LOG = LoggerFactory.getLogger(PushgatewayPublisher.class);

    /** A shorter interval is probably a number without a unit, which is in milliseconds. */
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

    private final BoundBean<PushgatewayPublisher> bound = new BoundBean<>(PushgatewayPublisher.class, this);
    private final PublisherLifecycle lifecycle = new PublisherLifecycle(this::open, bound::isReplaced);

    @Nullable
    private CamelContext camelContext;

    @Nullable
    private String uri;

    @Nullable
    private String interval;

    private String onStop = StopAction.PUSH.toString();

    /** Creates a publisher without a URI, see {@link #setUri}. */
    public PushgatewayPublisher() {}

    /** Creates a publisher that pushes through an endpoint when the Camel context stops, see {@link #setUri}. */
    public PushgatewayPublisher(String uri) {
        this.uri = uri;
    }

    /** Creates a publisher that pushes through an endpoint at an interval, see {@link #setUri} and {@link #setInterval}. */
    public PushgatewayPublisher(String uri, String interval) {
        this(uri);
        this.interval = interval;
    }

    /** Creates a publisher, see {@link #setUri}, {@link #setInterval} and {@link #setOnStop}. */
    public PushgatewayPublisher(String uri, String interval, String onStop) {
        this(uri, interval);
        this.onStop = onStop;
    }

    /** Returns the URI of the endpoint through which the metrics are pushed. */
    public @Nullable String getUri() {
        return uri;
    }

    /**
     * Sets the URI of the endpoint through which the metrics are pushed. It is an endpoint of this component with the option {@code
     * registry} and {@code operation=pushadd}, which is the default, {@code operation=push}, or, without an interval, {@code
     * operation=accumulate}, such as {@code
     * pushgateway:orders?registry=#metrics&operation=push&instanceIp=true}. It must not have an option that needs a message.
     */
    public void setUri(String uri) {
        this.uri = uri;
    }

    /** Returns the interval, or null if metrics are pushed only when the Camel context stops. */
    public @Nullable String getInterval() {
        return interval;
    }

    /**
     * Sets the time from the end of a push to the next one, as a duration of Camel, such as {@code 30s} or {@code 1m30s}, at least one
     * second. The first push follows one interval after the start. Without an interval, which is the default, metrics are pushed only when
     * the Camel context stops.
     */
    public void setInterval(String interval) {
        this.interval = interval;
    }

    /** Returns the action after the routes have stopped. */
    public String getOnStop() {
        return onStop;
    }

    /**
     * Sets the action after the routes have stopped: {@code push}, which is the default, sends the final metrics, {@code delete} deletes
     * the group, and {@code none} sends nothing.
     */
    public void setOnStop(String onStop) {
        this.onStop = onStop;
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return camelContext;
    }

    /**
     * Sets the context, and registers this publisher with it. Camel also calls this method before it has set the properties of the bean,
     * which are therefore read when the context starts. A second call has no effect.
     */
    @Override
    public void setCamelContext(@Nullable CamelContext camelContext) {
        boolean unchanged = camelContext == this.camelContext;
        this.camelContext = camelContext;
        if (camelContext != null) {
            if (!unchanged) {
                camelContext.addLifecycleStrategy(lifecycle);
            }
            if (uri != null) {
                lifecycle.startLate(camelContext);
            }
        }
    }

    private Publication open(CamelContext context) {
        String known = uri;
        if (known == null || known.isBlank()) {
            throw new IllegalArgumentException(
                    "a publisher has no uri; set it to an endpoint with a registry, such as " + EXAMPLE_URI);
        }
        try {
            return open(context, known);
        } catch (IllegalArgumentException e) {
            // there may be several publishers
            throw new IllegalArgumentException(
                    "the publisher of " + StringHelper.before(known, "?", known) + ": " + e.getMessage(), e);
        }
    }

    private Publication open(CamelContext context, String known) {
        StopAction action = StopAction.parse(context.resolvePropertyPlaceholders(onStop));
        String text = interval == null ? "" : context.resolvePropertyPlaceholders(interval);
        Duration time = text.isBlank() ? null : DurationText.parse("interval", text);
        if (time != null && time.compareTo(MIN_INTERVAL) < 0) {
            throw new IllegalArgumentException("interval is '" + text
                    + "', which is less than one second; write a longer one with a unit, such as 30s");
        }
        if (time == null && action != StopAction.PUSH) {
            throw new IllegalArgumentException(
                    "onStop=" + action + " without an interval never pushes; set an interval, or use onStop=push");
        }
        Endpoint endpoint = context.getEndpoint(known);
        RegistryGroup group = RegistryGroup.of(endpoint, time != null);
        ServiceHelper.startService(endpoint);
        LOG.info(
                "Publishing the metrics of {} to {}{}",
                group,
                group.gateway(),
                time == null ? " when the Camel context stops" : " every " + text + ", onStop=" + action);
        return new Publication(context, group, time, action, LOG);
    }

    @Override
    public String toString() {
        return "PushgatewayPublisher";
    }
}
