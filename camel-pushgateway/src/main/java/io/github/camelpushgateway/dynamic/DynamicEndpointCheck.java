package io.github.camelpushgateway.dynamic;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.options.EndpointExpressions;
import io.github.camelpushgateway.options.UriPart;
import io.github.camelpushgateway.options.UriTemplate;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.LanguageSupport;
import org.jspecify.annotations.Nullable;

/**
 * Validation of the evaluated URI of a dynamic endpoint against the URI in the route. A message may only supply the
 * values of expressions.
 */
final class DynamicEndpointCheck {

    private static final String EXPRESSIONS = "expressions";

    private final String defaultOperation;

    @Nullable
    private volatile Parsed parsed;

    /**
     * Parsed URI of the endpoint. It is kept because one instance serves one endpoint of a route, whose URI does not
     * change.
     */
    private record Parsed(String text, UriTemplate template, EndpointExpressions expressions) {}

    /**
     * Creates a check.
     *
     * @param defaultOperation the operation to name in messages if the endpoint names none
     */
    DynamicEndpointCheck(String defaultOperation) {
        this.defaultOperation = defaultOperation;
    }

    /**
     * Validates an evaluated URI.
     *
     * @throws PushgatewayException if the message changes more than the values of expressions; the exchange fails
     *     with it
     */
    void validate(Exchange exchange, String uri, String text) throws PushgatewayException {
        Parsed endpoint = parsed(exchange.getContext(), text);
        UriTemplate template = endpoint.template();
        try {
            if (endpoint.expressions().addsPlaceholder(exchange, uri)) {
                throw new IllegalArgumentException(
                        "a value of the message for this endpoint contains a property placeholder, which Camel would"
                                + " resolve; set values that depend on the message with the headers CamelPushgateway*, which are data");
            }
            template.validate(uri);
            if (hasExpression(uri)
                    && template.names(EXPRESSIONS)
                    && !"false".equalsIgnoreCase(template.constant(EXPRESSIONS))) {
                throw new IllegalArgumentException(
                        "a value of the message for this endpoint contains an expression, which the option expressions"
                                + " would evaluate; remove the option expressions, because toD does not need it");
            }
        } catch (IllegalArgumentException e) {
            String operation = template.constant("operation");
            throw PushgatewayException.rejected(
                    operation == null ? defaultOperation : operation, "{job=\"" + template.job() + "\"}", e);
        }
    }

    /**
     * Returns the URI with the option that disables expressions, or null if the URI contains no expression or sets
     * the option.
     */
    @Nullable
    String withoutExpressions(Exchange exchange, String uri, String text) {
        return hasExpression(uri)
                        && !parsed(exchange.getContext(), text).template().names(EXPRESSIONS)
                ? uri + (uri.contains("?") ? '&' : '?') + "expressions=false"
                : null;
    }

    /** Returns whether a URI contains an expression, encoded or not: Camel decodes the URI only later. */
    private static boolean hasExpression(String uri) {
        return LanguageSupport.hasSimpleFunction(UriPart.decoded(uri));
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
