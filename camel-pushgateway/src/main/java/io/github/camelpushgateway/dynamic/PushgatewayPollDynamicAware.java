package io.github.camelpushgateway.dynamic;

import io.github.camelpushgateway.api.PushgatewayException;
import org.apache.camel.Exchange;
import org.apache.camel.spi.annotations.PollDynamic;
import org.apache.camel.support.component.PollDynamicAwareSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a message that fills a dynamic endpoint ({@code poll}, {@code pollEnrich}) from doing more than that: it names no
 * option, refers to no bean, and brings no expression and no property placeholder.
 */
@PollDynamic("pushgateway")
public class PushgatewayPollDynamicAware extends PollDynamicAwareSupport {

    private final DynamicEndpointCheck check = new DynamicEndpointCheck("poll");

    @Override
    public boolean isLenientProperties() {
        return false;
    }

    /** @throws PushgatewayException if the message does more than fill its places; the exchange fails with it */
    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) throws PushgatewayException {
        check.validate(exchange, uri, originalUri);
        return new DynamicAwareEntry(uri, originalUri, null, null);
    }

    /** Returns the same URI with the option that turns expressions off, or null if it holds no expression. */
    @Override
    public @Nullable String resolveStaticUri(Exchange exchange, DynamicAwareEntry entry) {
        return check.withoutExpressions(exchange, entry.getUri(), entry.getOriginalUri());
    }
}
