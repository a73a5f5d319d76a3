package io.github.camelpushgateway;

import io.github.camelpushgateway.client.PushgatewayException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.annotations.SendDynamic;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.component.SendDynamicAwareSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a message that fills a dynamic endpoint ({@code toD}, {@code wireTap}, {@code enrich}) from doing more than that: it names no
 * option, refers to no bean, and brings no expression and no property placeholder.
 */
@SendDynamic("pushgateway")
public class PushgatewaySendDynamicAware extends SendDynamicAwareSupport {

    private static final String EXPRESSIONS = "expressions";
    private static final String PLACEHOLDER = "{{";

    @Nullable
    private volatile Parsed parsed;

    /** One instance serves one endpoint of a route, whose text does not change. */
    private record Parsed(String text, UriTemplate template) {}

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
        UriTemplate template = template(originalUri);
        try {
            if (bringsPlaceholder(exchange, originalUri)) {
                throw placeholder();
            }
            template.validate(uri);
            String decoded = UriPart.decoded(uri);
            if (decoded.contains(PLACEHOLDER)) {
                throw placeholder();
            }
            if (OptionText.looksDynamic(decoded)
                    && template.names(EXPRESSIONS)
                    && !"false".equalsIgnoreCase(template.constant(EXPRESSIONS))) {
                throw new IllegalArgumentException(
                        "a message has put an expression into this endpoint, and the option expressions"
                                + " would evaluate it; leave the option expressions out, which has no use with toD");
            }
        } catch (IllegalArgumentException e) {
            throw PushgatewayException.refused(operation(template), "{job=\"" + template.job() + "\"}", e);
        }
        return new DynamicAwareEntry(uri, originalUri, null, null);
    }

    private static IllegalArgumentException placeholder() {
        return new IllegalArgumentException(
                "a message has put a property placeholder into this endpoint, which Camel would"
                        + " resolve; set what depends on a message by the headers CamelPushgateway*, which are data");
    }

    private UriTemplate template(String text) {
        Parsed known = parsed;
        if (known == null || !known.text().equals(text)) {
            known = new Parsed(
                    text,
                    UriTemplate.parse(EndpointHelper.resolveEndpointUriPropertyPlaceholders(getCamelContext(), text)));
            parsed = known;
        }
        return known.template();
    }

    private static String operation(UriTemplate template) {
        return Objects.requireNonNullElse(
                template.constant("operation"),
                new PushgatewayConfiguration().getOperation().toString());
    }

    /** The URI does not show it, since Camel resolves placeholders before it asks. */
    private static boolean bringsPlaceholder(Exchange exchange, String text) {
        String expressions = text.toLowerCase(Locale.ROOT);
        return (isPlaceholder(exchange.getMessage().getBody()) && expressions.contains("body"))
                || bringPlaceholder(exchange.getMessage().getHeaders(), expressions)
                || bringPlaceholder(exchange.getProperties(), expressions)
                || bringPlaceholder(exchange.getVariables(), expressions);
    }

    private static boolean bringPlaceholder(Map<String, Object> values, String expressions) {
        return values.entrySet().stream()
                .anyMatch(value -> isPlaceholder(value.getValue())
                        && expressions.contains(value.getKey().toLowerCase(Locale.ROOT)));
    }

    private static boolean isPlaceholder(@Nullable Object value) {
        return value instanceof CharSequence text && text.toString().contains(PLACEHOLDER);
    }

    /**
     * Returns the same URI with the option that turns expressions off, or null if it holds no expression. Camel decodes the URI only
     * afterwards, so an encoded expression counts.
     */
    @Override
    public @Nullable String resolveStaticUri(Exchange exchange, DynamicAwareEntry entry) {
        String uri = entry.getUri();
        return OptionText.looksDynamic(UriPart.decoded(uri))
                        && !template(entry.getOriginalUri()).names(EXPRESSIONS)
                ? uri + (uri.contains("?") ? '&' : '?') + "expressions=false"
                : null;
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
