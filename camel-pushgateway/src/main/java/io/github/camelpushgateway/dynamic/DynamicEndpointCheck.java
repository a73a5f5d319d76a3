package io.github.camelpushgateway.dynamic;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.options.EndpointExpressions;
import io.github.camelpushgateway.options.OptionText;
import io.github.camelpushgateway.options.UriPart;
import io.github.camelpushgateway.options.UriTemplate;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.EndpointHelper;
import org.jspecify.annotations.Nullable;

/** Compares the evaluated URI of one dynamic endpoint of a route with its text: a message only fills the places of expressions. */
final class DynamicEndpointCheck {

    private static final String EXPRESSIONS = "expressions";

    private final String defaultOperation;

    @Nullable
    private volatile Parsed parsed;

    /** One instance serves one endpoint of a route, whose text does not change. */
    private record Parsed(String text, UriTemplate template, EndpointExpressions expressions) {}

    /** @param defaultOperation what the endpoint does if it names no operation, for messages */
    DynamicEndpointCheck(String defaultOperation) {
        this.defaultOperation = defaultOperation;
    }

    /** @throws PushgatewayException if the message does more than fill its places; the exchange fails with it */
    void validate(Exchange exchange, String uri, String text) throws PushgatewayException {
        Parsed endpoint = parsed(exchange.getContext(), text);
        UriTemplate template = endpoint.template();
        try {
            if (endpoint.expressions().bringPlaceholder(exchange, uri)) {
                throw new IllegalArgumentException(
                        "a message has put a property placeholder into this endpoint, which Camel would"
                                + " resolve; set what depends on a message by the headers CamelPushgateway*, which are data");
            }
            template.validate(uri);
            if (looksDynamic(uri)
                    && template.names(EXPRESSIONS)
                    && !"false".equalsIgnoreCase(template.constant(EXPRESSIONS))) {
                throw new IllegalArgumentException(
                        "a message has put an expression into this endpoint, and the option expressions"
                                + " would evaluate it; leave the option expressions out, which has no use with toD");
            }
        } catch (IllegalArgumentException e) {
            String operation = template.constant("operation");
            throw PushgatewayException.refused(
                    operation == null ? defaultOperation : operation, "{job=\"" + template.job() + "\"}", e);
        }
    }

    /** Returns the same URI with the option that turns expressions off, or null if it holds no expression. */
    @Nullable
    String withoutExpressions(Exchange exchange, String uri, String text) {
        return looksDynamic(uri)
                        && !parsed(exchange.getContext(), text).template().names(EXPRESSIONS)
                ? uri + (uri.contains("?") ? '&' : '?') + "expressions=false"
                : null;
    }

    /** Camel decodes the URI only afterwards, so an encoded expression counts. */
    private static boolean looksDynamic(String uri) {
        return OptionText.looksDynamic(UriPart.decoded(uri));
    }

    private Parsed parsed(CamelContext context, String text) {
        Parsed known = parsed;
        if (known == null || !known.text().equals(text)) {
            String resolved = EndpointHelper.resolveEndpointUriPropertyPlaceholders(context, text);
            known = new Parsed(text, UriTemplate.parse(resolved), EndpointExpressions.parse(context, resolved));
            parsed = known;
        }
        return known;
    }
}
