package io.github.camelpushgateway;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.annotations.SendDynamic;
import org.apache.camel.support.component.SendDynamicAwareSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what {@code toD} has put into the text of an endpoint from being taken for an expression: all that the author wrote is evaluated
 * by then, so what looks like an expression came with a message.
 */
@SendDynamic("pushgateway")
public class PushgatewaySendDynamicAware extends SendDynamicAwareSupport {

    @Override
    public boolean isLenientProperties() {
        return false;
    }

    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) {
        return new DynamicAwareEntry(uri, originalUri, null, null);
    }

    /** Returns the same text with an option that says so; nothing if there is no need to. */
    @Override
    public @Nullable String resolveStaticUri(Exchange exchange, DynamicAwareEntry entry) {
        String uri = entry.getUri();
        return OptionText.looksDynamic(uri) ? uri + (uri.contains("?") ? '&' : '?') + "expressions=false" : null;
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
