package io.github.camelpushgateway.options;

import io.github.camelpushgateway.conversion.ValueConversion;
import io.github.camelpushgateway.metrics.LabelPairs;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Labels as options give them: names that are fixed, values that may depend on the exchange. */
public final class LabelOptions {

    private final Map<String, OptionText> labels = new LinkedHashMap<>();

    /**
     * Reads labels.
     *
     * @param expressions whether expressions in their values are evaluated
     * @param data the names of the labels whose values contain no expression, whatever they look like
     */
    public LabelOptions(CamelContext context, boolean expressions, Map<String, Object> options, Set<String> data) {
        options.forEach((name, value) -> labels.put(
                name,
                data.contains(name) ? OptionText.data(value.toString()) : OptionText.of(context, expressions, value)));
    }

    /**
     * Returns the labels in a header, which is a map or text in any form that a message has; none if the header is not set.
     *
     * @throws IllegalArgumentException if the header is neither
     */
    public static Map<String, String> ofHeader(String header, Message message) throws IOException {
        Object labels = message.getHeader(header);
        if (labels == null) {
            return Map.of();
        }
        return LabelPairs.read(
                labels instanceof Map<?, ?> map
                        ? ValueConversion.texts(map, message)
                        : ValueConversion.text("the header " + header, labels, message));
    }

    /** Returns the texts as they were written. */
    public static Map<String, String> texts(Map<String, Object> options) {
        Map<String, String> texts = new LinkedHashMap<>();
        options.forEach((name, value) -> texts.put(name, value.toString()));
        return texts;
    }

    /** Returns the labels for that exchange. An expression that gives nothing gives an empty value. */
    public Map<String, String> of(Exchange exchange) {
        Map<String, String> evaluated = new LinkedHashMap<>();
        labels.forEach((name, value) -> {
            String text = value.text(exchange);
            evaluated.put(name, text == null ? "" : text);
        });
        return evaluated;
    }

    /** Tells whether that one is the same for all exchanges. */
    public boolean isConstant(String name) {
        OptionText value = labels.get(name);
        return value == null || value.isConstant();
    }

    /** Tells whether they are the same for all exchanges. */
    public boolean isConstant() {
        return labels.values().stream().allMatch(OptionText::isConstant);
    }

    /** Returns labels with which everything but the values of expressions can be checked. */
    public Map<String, String> sample() {
        Map<String, String> sample = new LinkedHashMap<>();
        labels.forEach((name, value) -> sample.put(name, value.isConstant() ? value.toString() : "x"));
        return sample;
    }
}
