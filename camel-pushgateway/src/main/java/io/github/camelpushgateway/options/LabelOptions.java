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

/** Labels from options. The names are constant. The values may depend on the exchange. */
public final class LabelOptions {

    private final Map<String, OptionText> labels = new LinkedHashMap<>();
    private final boolean isConstant;

    /**
     * Creates labels from an option.
     *
     * @param expressions whether expressions in the values are evaluated
     * @param data the names of the labels whose values are never evaluated
     */
    public LabelOptions(CamelContext context, boolean expressions, Map<String, Object> options, Set<String> data) {
        boolean constant = true;
        for (Map.Entry<String, Object> option : options.entrySet()) {
            OptionText value = data.contains(option.getKey())
                    ? OptionText.data(option.getValue().toString())
                    : OptionText.of(context, expressions, option.getValue());
            labels.put(option.getKey(), value);
            constant &= value.isConstant();
        }
        isConstant = constant;
    }

    /**
     * Returns the labels in a header, which is a map or a text in any form that a message can hold. Returns no labels
     * if the header is not set.
     *
     * @throws IllegalArgumentException if the header is neither a map nor a text of labels
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

    /** Returns the values as written, without evaluation. */
    public static Map<String, String> texts(Map<String, Object> options) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Object> option : options.entrySet()) {
            texts.put(option.getKey(), option.getValue().toString());
        }
        return texts;
    }

    /** Returns the labels for an exchange. The value of an expression without a result is empty. */
    public Map<String, String> of(Exchange exchange) {
        Map<String, String> evaluated = new LinkedHashMap<>();
        for (Map.Entry<String, OptionText> label : labels.entrySet()) {
            String text = label.getValue().text(exchange);
            evaluated.put(label.getKey(), text == null ? "" : text);
        }
        return evaluated;
    }

    /** Returns whether the label is the same for all exchanges. */
    public boolean isConstant(String name) {
        OptionText value = labels.get(name);
        return value == null || value.isConstant();
    }

    /** Returns whether all labels are the same for all exchanges. */
    public boolean isConstant() {
        return isConstant;
    }

    /** Returns labels for validation, with a valid example value for each expression. */
    public Map<String, String> example() {
        Map<String, String> example = new LinkedHashMap<>();
        for (Map.Entry<String, OptionText> label : labels.entrySet()) {
            OptionText value = label.getValue();
            example.put(label.getKey(), value.isConstant() ? value.toString() : "x");
        }
        return example;
    }
}
