package io.github.camelpushgateway.tracing;

import io.github.camelpushgateway.PushgatewayConstants;
import io.github.camelpushgateway.PushgatewayEndpoint;
import io.github.camelpushgateway.PushgatewayOperation;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.metrics.Excerpt;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;

/**
 * The name and the tags of the span of an exchange. They contain neither a URI nor an option that may be a secret.
 *
 * @param component the component with Camel's prefix
 * @param name the name of the span, one for each operation
 * @param tags the tags that are known before the operation
 */
record SpanContent(String component, String name, Map<String, String> tags) {

    static final String SCHEME = "pushgateway";

    private static final String COMPONENT = "camel-pushgateway";

    /** Copies the tags. */
    SpanContent {
        tags = Map.copyOf(tags);
    }

    /** Returns the content of the span of an exchange that is sent to, or received from, an endpoint. */
    static SpanContent of(Exchange exchange, Endpoint endpoint) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("url.scheme", SCHEME);
        if (!(endpoint instanceof PushgatewayEndpoint pushgateway)) {
            return new SpanContent(COMPONENT, SCHEME, tags);
        }
        String operation = operation(exchange, pushgateway);
        if (!operation.isEmpty()) {
            tags.put("camel.pushgateway.operation", operation);
        }
        tags.put("camel.pushgateway.job", Excerpt.text(job(exchange, pushgateway)));
        tags.put("server.address", Excerpt.shortened(pushgateway.getServiceUrl(), 250));
        return new SpanContent(COMPONENT, (SCHEME + ' ' + operation).strip(), tags);
    }

    /** Returns the status of the response, or an empty text if there was none. */
    static String status(Exchange exchange) {
        if (exchange.getException() instanceof PushgatewayException failure) {
            return failure.getStatusCode() == 0 ? "" : String.valueOf(failure.getStatusCode());
        }
        if (isConsumed(exchange)) {
            // the header may be that of another step, since the span of a consumer ends with its route
            return "";
        }
        // the component removes the header of an earlier push
        Object status = exchange.getMessage().getHeader(PushgatewayConstants.RESPONSE_CODE);
        return status instanceof Integer code ? code.toString() : "";
    }

    /** Returns whether a consumer of groups has created the exchange. */
    private static boolean isConsumed(Exchange exchange) {
        // a ProducerTemplate sets the endpoint as well, but no route
        return exchange.getFromEndpoint() instanceof PushgatewayEndpoint && exchange.getFromRouteId() != null;
    }

    /** Returns one of the known operations, because a header may have any value, or an empty text. */
    private static String operation(Exchange exchange, PushgatewayEndpoint endpoint) {
        if (exchange.getFromEndpoint() == endpoint && isConsumed(exchange)) {
            return PushgatewayOperation.GROUPS.toString();
        }
        Object header = exchange.getMessage().getHeader(PushgatewayConstants.OPERATION);
        if (header == null) {
            return endpoint.getConfiguration().getOperation().toString();
        }
        return Arrays.stream(PushgatewayOperation.values())
                .map(PushgatewayOperation::toString)
                .filter(name -> name.equals(header.toString().strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse("");
    }

    /** Returns the job in the header, or else the job in the URI as it is written in the route. */
    private static String job(Exchange exchange, PushgatewayEndpoint endpoint) {
        // a stream can be read only once
        return exchange.getMessage().getHeader(PushgatewayConstants.JOB) instanceof String header
                ? header
                : endpoint.getJob();
    }
}
