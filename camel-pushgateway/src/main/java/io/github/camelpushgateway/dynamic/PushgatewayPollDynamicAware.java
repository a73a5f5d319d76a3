package io.github.camelpushgateway.dynamic;

import io.github.camelpushgateway.api.PushgatewayException;
import org.apache.camel.Exchange;
import org.apache.camel.spi.annotations.PollDynamic;
import org.apache.camel.support.component.PollDynamicAwareSupport;
import org.jspecify.annotations.Nullable;

/**
 * Validation of dynamic endpoints in {@code poll} and {@code pollEnrich}. A message may supply values only. It cannot
 * name an option, refer to a bean, or add an expression or a property placeholder.
 */
@PollDynamic("pushgateway")
public class PushgatewayPollDynamicAware extends PollDynamicAwareSupport {

    private final DynamicEndpointCheck check = new DynamicEndpointCheck("poll");

    @Override
    public boolean isLenientProperties() {
        return false;
    }

    /**
     * Validates the evaluated URI.
     *
     * @throws PushgatewayException if the message changes more than the values of expressions; the exchange fails
     *     with it
     */
    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) throws PushgatewayException {
        check.validate(exchange, uri, originalUri);
        return new DynamicAwareEntry(uri, originalUri, null, null);
    }

    /**
     * Returns the URI with the option that disables expressions, or null if the URI contains no expression or sets
     * the option.
     */
    @Override
    public @Nullable String resolveStaticUri(Exchange exchange, DynamicAwareEntry entry) {
        return check.withoutExpressions(exchange, entry.getUri(), entry.getOriginalUri());
    }
}
