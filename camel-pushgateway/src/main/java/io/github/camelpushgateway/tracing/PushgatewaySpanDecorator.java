package io.github.camelpushgateway.tracing;

import io.github.camelpushgateway.PushgatewayComponent;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.tracing.SpanAdapter;
import org.apache.camel.tracing.TagConstants;
import org.apache.camel.tracing.decorators.AbstractSpanDecorator;

/** The span decorator for camel-tracing, on which camel-opentelemetry and camel-observation are built. */
public final class PushgatewaySpanDecorator extends AbstractSpanDecorator {

    /** Creates a decorator, which Camel finds by its service file. */
    public PushgatewaySpanDecorator() {}

    @Override
    public String getComponent() {
        return SpanContent.SCHEME;
    }

    @Override
    public String getComponentClassName() {
        return PushgatewayComponent.class.getName();
    }

    @Override
    public String getOperationName(Exchange exchange, Endpoint endpoint) {
        return SpanContent.of(exchange, endpoint).name();
    }

    /** Sets the tags. Those of the superclass are not set, because they contain the URI of the endpoint. */
    @Override
    public void pre(SpanAdapter span, Exchange exchange, Endpoint endpoint) {
        SpanContent content = SpanContent.of(exchange, endpoint);
        span.setComponent(content.component());
        content.tags().forEach(span::setTag);
        if (exchange.getFromRouteId() != null) {
            span.setTag(TagConstants.ROUTE_ID, exchange.getFromRouteId());
        }
    }

    @Override
    public void post(SpanAdapter span, Exchange exchange, Endpoint endpoint) {
        super.post(span, exchange, endpoint);
        String status = SpanContent.status(exchange);
        if (!status.isEmpty()) {
            span.setTag(TagConstants.HTTP_STATUS, status);
        }
    }
}
