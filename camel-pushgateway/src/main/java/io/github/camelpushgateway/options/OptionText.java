package io.github.camelpushgateway.options;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.jspecify.annotations.Nullable;

/**
 * The text of an option as the route's author wrote it. If a Simple expression stands in it, it is compiled once, and asked for
 * each exchange; what it gives is data, and never evaluated in turn.
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
     * Reads an option.
     *
     * @param expressions whether expressions in the text are evaluated
     * @throws IllegalArgumentException if the text contains an invalid expression
     */
    public static OptionText of(CamelContext context, boolean expressions, Object option) {
        String text = option.toString();
        boolean dynamic = expressions && looksDynamic(text);
        return new OptionText(text, dynamic ? compile(context, text) : null);
    }

    /** Returns a text in which nothing is evaluated. */
    static OptionText data(String text) {
        return new OptionText(text, null);
    }

    public static @Nullable OptionText ofNullable(CamelContext context, boolean expressions, @Nullable Object option) {
        return option == null ? null : of(context, expressions, option);
    }

    /** Tells whether there is something in the text that Simple would take for an expression. */
    public static boolean looksDynamic(String text) {
        return text.contains("${") || text.contains("$simple{");
    }

    private static Expression compile(CamelContext context, String text) {
        try {
            Expression compiled = context.resolveLanguage("simple").createExpression(text);
            compiled.init(context);
            return compiled;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no expression of Camel's Simple language: " + e.getMessage(), e);
        }
    }

    /** Tells whether it is the same for all exchanges. */
    public boolean isConstant() {
        return expression == null;
    }

    @Nullable
    public Object value(Exchange exchange) {
        return expression == null ? text : expression.evaluate(exchange, Object.class);
    }

    @Nullable
    public String text(Exchange exchange) {
        return expression == null ? text : expression.evaluate(exchange, String.class);
    }

    /** Returns what the author wrote. */
    @Override
    public String toString() {
        return text;
    }
}
