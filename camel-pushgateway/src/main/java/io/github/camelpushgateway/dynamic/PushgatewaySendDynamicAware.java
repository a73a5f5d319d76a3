package io.github.camelpushgateway.dynamic;

import io.github.camelpushgateway.PushgatewayConfiguration;
import io.github.camelpushgateway.api.PushgatewayException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.annotations.SendDynamic;
import org.apache.camel.support.component.SendDynamicAwareSupport;
import org.jspecify.annotations.Nullable;

/**
 * Validation of dynamic endpoints in {@code toD}, {@code wireTap} and {@code enrich}. A message may supply values
 * only. It cannot name an option, refer to a bean, or add an expression or a property placeholder.
 */
@SendDynamic("pushgateway")
public class PushgatewaySendDynamicAware extends SendDynamicAwareSupport {

    private final DynamicEndpointCheck check = new DynamicEndpointCheck(
            new PushgatewayConfiguration().getOperation().toString());

    /** Creates the component when the route is created, so that the first exchange of the route is tracked for reports. */
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        getCamelContext().getComponent(getScheme());
    }

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

    @Override
    public @Nullable Processor createPreProcessor(Exchange exchange, DynamicAwareEntry entry) {
        return null;
    }

    @Override
    public @Nullable Processor createPostProcessor(Exchange exchange, DynamicAwareEntry entry) {
        return null;
    }
}
