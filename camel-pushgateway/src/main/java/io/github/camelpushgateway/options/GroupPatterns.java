package io.github.camelpushgateway.options;

import io.github.camelpushgateway.metrics.GlobPattern;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/** Makes patterns of the labels of a grouping key, where groups are selected. */
public final class GroupPatterns {

    private GroupPatterns() {}

    /** Reads each value as a pattern. */
    public static Map<String, GlobPattern> of(Map<String, String> labels) {
        Map<String, GlobPattern> patterns = new LinkedHashMap<>();
        labels.forEach((name, value) -> patterns.put(name, GlobPattern.of(value)));
        return patterns;
    }

    /**
     * Reads as patterns what the author of the route wrote; what an expression gives is data, and stands for itself.
     *
     * @throws IllegalArgumentException if an expression gives nothing
     */
    public static Map<String, GlobPattern> ofOptions(LabelOptions labels, Exchange exchange) {
        Map<String, GlobPattern> patterns = new LinkedHashMap<>();
        labels.of(exchange).forEach((name, value) -> {
            boolean constant = labels.isConstant(name);
            if (!constant && value.isEmpty()) {
                throw new IllegalArgumentException("the expression of groupingKey." + name
                        + " gives nothing for this exchange; see that it gives a value");
            }
            patterns.put(name, constant ? GlobPattern.of(value) : GlobPattern.exactly(value));
        });
        return patterns;
    }
}
