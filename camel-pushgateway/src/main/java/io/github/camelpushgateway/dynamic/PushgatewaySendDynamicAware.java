package io.github.camelpushgateway.dynamic;

import io.github.camelpushgateway.PushgatewayConfiguration;
import io.github.camelpushgateway.api.PushgatewayException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.annotations.SendDynamic;
import org.apache.camel.support.component.SendDynamicAwareSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a message that fills a dynamic endpoint ({@code toD}, {@code wireTap}, {@code enrich}) from doing more than that: it names no
 * option, refers to no bean, and brings no expression and no property placeholder.
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

    @Override
    public @Nullable Processor createPreProcessor(Exchange exchange, DynamicAwareEntry entry) {
        return null;
    }

    @Override
    public @Nullable Processor createPostProcessor(Exchange exchange, DynamicAwareEntry entry) {
        return null;
    }
}
