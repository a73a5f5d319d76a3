package io.github.camelpushgateway.tracing;

import io.github.camelpushgateway.PushgatewayComponent;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.TagConstants;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;

/** The span decorator for camel-telemetry, on which camel-opentelemetry2 and others are built. */
public final class PushgatewayTelemetryDecorator extends AbstractSpanDecorator {

    /** Creates a decorator, which Camel finds by its service file. */
    public PushgatewayTelemetryDecorator() {}

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
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        SpanContent content = SpanContent.of(exchange, endpoint);
        span.setComponent(content.component());
        content.tags().forEach(span::setTag);
        span.setTag(TagConstants.EXCHANGE_ID, exchange.getExchangeId());
    }

    @Override
    public void afterTracingEvent(Span span, Exchange exchange) {
        super.afterTracingEvent(span, exchange);
        String status = SpanContent.status(exchange);
        if (!status.isEmpty()) {
            span.setTag(TagConstants.HTTP_STATUS, status);
        }
    }
}
