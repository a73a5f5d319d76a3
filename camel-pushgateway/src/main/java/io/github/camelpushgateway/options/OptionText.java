package io.github.camelpushgateway.options;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.LanguageSupport;
import org.jspecify.annotations.Nullable;

/**
 * Text of an option as written in the route. A Simple expression in it is compiled once and evaluated for each
 * exchange. The result is data and is never evaluated again.
 */
public final class OptionText {

    private final String text;

    @Nullable
    private final Expression expression;

    private OptionText(String text, @Nullable Expression expression) {
        this.text = text;
        this.expression = expression;
    }

    /**
     * Returns the text of an option.
     *
     * @param expressions whether expressions in the text are evaluated
     * @throws IllegalArgumentException if the text contains an invalid expression
     */
    public static OptionText of(CamelContext context, boolean expressions, Object option) {
        String text = option.toString();
        boolean dynamic = expressions && LanguageSupport.hasSimpleFunction(text);
        return new OptionText(text, dynamic ? compile(context, text) : null);
    }

    /** Returns a text that is never evaluated. */
    static OptionText data(String text) {
        return new OptionText(text, null);
    }

    /** Returns the text of an option, or null if the option is not set. */
    public static @Nullable OptionText ofNullable(CamelContext context, boolean expressions, @Nullable Object option) {
        return option == null ? null : of(context, expressions, option);
    }

    private static Expression compile(CamelContext context, String text) {
        try {
            Expression compiled = context.resolveLanguage("simple").createExpression(text);
            compiled.init(context);
            return compiled;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a valid expression of the Simple language: " + e.getMessage(), e);
        }
    }

    /** Returns whether the value is the same for all exchanges. */
    public boolean isConstant() {
        return expression == null;
    }

    /** Returns the value for an exchange, of any type, or null if the expression has no result. */
    @Nullable
    public Object value(Exchange exchange) {
        return expression == null ? text : expression.evaluate(exchange, Object.class);
    }

    /** Returns the value for an exchange as text, or null if the expression has no result. */
    @Nullable
    public String text(Exchange exchange) {
        return expression == null ? text : expression.evaluate(exchange, String.class);
    }

    /** Returns the text as written. */
    @Override
    public String toString() {
        return text;
    }
}
