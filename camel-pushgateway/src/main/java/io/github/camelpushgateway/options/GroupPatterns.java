package io.github.camelpushgateway.options;

import io.github.camelpushgateway.metrics.GlobPattern;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/** Glob patterns for the labels of selected groups. */
public final class GroupPatterns {

    private GroupPatterns() {}

    /** Returns the labels with each value as a glob. */
    public static Map<String, GlobPattern> of(Map<String, String> labels) {
        Map<String, GlobPattern> patterns = new LinkedHashMap<>();
        for (Map.Entry<String, String> label : labels.entrySet()) {
            patterns.put(label.getKey(), GlobPattern.of(label.getValue()));
        }
        return patterns;
    }

    /**
     * Returns the labels of an exchange as patterns. A constant value is a glob. The result of an expression is data
     * and is matched literally.
     *
     * @throws IllegalArgumentException if an expression has no result
     */
    public static Map<String, GlobPattern> ofOptions(LabelOptions labels, Exchange exchange) {
        Map<String, GlobPattern> patterns = new LinkedHashMap<>();
        labels.of(exchange).forEach((name, value) -> {
            boolean constant = labels.isConstant(name);
            if (!constant && value.isEmpty()) {
                throw new IllegalArgumentException("the expression of groupingKey." + name
                        + " has no result for this exchange; set the value that the expression reads");
            }
            patterns.put(name, constant ? GlobPattern.of(value) : GlobPattern.exactly(value));
        });
        return patterns;
    }
}
