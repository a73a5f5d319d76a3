package io.github.camelpushgateway.options;

import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.StreamCache;
import org.apache.camel.support.MessageHelper;
import org.jspecify.annotations.Nullable;

/**
 * URI of a dynamic endpoint with its compiled Simple expressions. It detects a property placeholder in a value of a
 * message. The evaluated URI does not show the placeholder, because Camel has resolved it by then.
 *
 * <p>Expressions that call beans are not evaluated, because the evaluation of the URI has already called the beans
 * and must not call them twice.
 */
public final class EndpointExpressions {

    private static final String PLACEHOLDER = "{{";
    private static final String BEAN = "bean:";

    private final List<Part> parts = new ArrayList<>();
    private final boolean readsBody;
    private final int placeholders;

    /** Text or expression. An expression that is not evaluated is represented by a blank. */
    private record Part(String text, @Nullable Expression expression) {}

    private EndpointExpressions(CamelContext context, String uri) {
        StringBuilder fixed = new StringBuilder();
        boolean body = false;
        int at = 0;
        while (at < uri.length()) {
            int after = UriPart.afterExpression(uri, at);
            if (after == at) {
                String character = uri.substring(at, ++at);
                fixed.append(character);
                parts.add(new Part(character, null));
                continue;
            }
            String expression = uri.substring(at, after);
            at = after;
            fixed.append(' ');
            body |= expression.toLowerCase(Locale.ROOT).contains("body");
            parts.add(expression.contains(BEAN) ? new Part(" ", null) : new Part(" ", compile(context, expression)));
        }
        readsBody = body;
        placeholders = placeholders(UriPart.decoded(fixed.toString()));
    }

    /** Parses the text of a URI in which the property placeholders of the route are resolved. */
    public static EndpointExpressions parse(CamelContext context, String uri) {
        return new EndpointExpressions(context, uri);
    }

    /** Returns the compiled expression, or null if it is not valid Simple: another language has evaluated it. */
    private static @Nullable Expression compile(CamelContext context, String expression) {
        try {
            Expression compiled = context.resolveLanguage("simple").createExpression(expression);
            compiled.init(context);
            return compiled;
        } catch (RuntimeException e) {
            return null;
        }
    }

    /**
     * Returns whether a message adds a property placeholder to the endpoint.
     *
     * @throws IllegalArgumentException if a value is a stream that can be read only once, so this cannot be
     *     determined
     */
    public boolean addsPlaceholder(Exchange exchange, String evaluated) {
        return placeholders(UriPart.decoded(evaluated)) > placeholders
                || placeholders(UriPart.decoded(evaluate(exchange))) > placeholders;
    }

    private String evaluate(Exchange exchange) {
        if (readsBody) {
            requireRepeatable(exchange.getMessage().getBody());
        }
        MessageHelper.resetStreamCache(exchange.getMessage());
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            Expression expression = part.expression();
            text.append(expression == null ? part.text() : text(exchange, expression.evaluate(exchange, Object.class)));
        }
        MessageHelper.resetStreamCache(exchange.getMessage());
        return text.toString();
    }

    private static String text(Exchange exchange, @Nullable Object value) {
        if (value == null) {
            return "";
        }
        requireRepeatable(value);
        reset(value);
        String text = exchange.getContext().getTypeConverter().convertTo(String.class, exchange, value);
        reset(value);
        return text == null ? "" : text;
    }

    private static void reset(Object value) {
        if (value instanceof StreamCache cache) {
            cache.reset();
        }
    }

    private static void requireRepeatable(@Nullable Object value) {
        if ((value instanceof InputStream || value instanceof Reader) && !(value instanceof StreamCache)) {
            throw new IllegalArgumentException(
                    "a value of the message for this endpoint is a stream that can be read only once;"
                            + " convert it to a String first, or set values that depend on the message with the headers CamelPushgateway*");
        }
    }

    private static int placeholders(String text) {
        int count = 0;
        for (int at = text.indexOf(PLACEHOLDER); at >= 0; at = text.indexOf(PLACEHOLDER, at + 1)) {
            count++;
        }
        return count;
    }
}
