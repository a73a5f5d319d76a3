package io.github.camelpushgateway;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/** Labels as options give them: names that are fixed, values that may depend on the exchange. */
final class LabelOptions {

    private final Map<String, OptionText> labels = new LinkedHashMap<>();

    LabelOptions(CamelContext context, Map<String, Object> options) {
        options.forEach((name, value) -> labels.put(name, OptionText.of(context, value)));
    }

    /** Returns the labels for that exchange. An expression that gives nothing gives an empty value. */
    Map<String, String> of(Exchange exchange) {
        Map<String, String> evaluated = new LinkedHashMap<>();
        labels.forEach((name, value) -> {
            String text = value.text(exchange);
            evaluated.put(name, text == null ? "" : text);
        });
        return evaluated;
    }

    /** Tells whether they are the same for all exchanges. */
    boolean isConstant() {
        return labels.values().stream().allMatch(OptionText::isConstant);
    }

    /** Returns labels with which everything but the values of expressions can be checked. */
    Map<String, String> sample() {
        Map<String, String> sample = new LinkedHashMap<>();
        labels.forEach((name, value) -> sample.put(name, value.isConstant() ? value.toString() : "x"));
        return sample;
    }
}
