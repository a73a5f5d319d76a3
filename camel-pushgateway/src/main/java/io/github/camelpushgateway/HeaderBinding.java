package io.github.camelpushgateway;

import io.github.camelpushgateway.metrics.MetricsBuilder;
import java.util.Arrays;
import org.apache.camel.Message;
import org.apache.camel.support.PatternHelper;
import org.jspecify.annotations.Nullable;

/** Finds the headers that are numbers and meant to be gauges. */
final class HeaderBinding {

    private static final String CAMEL = "Camel";

    private final String[] patterns;

    /** Those that may match Camel's own headers. */
    private final String[] camelPatterns;

    /** @param patterns patterns of names, separated by commas */
    HeaderBinding(@Nullable String patterns) {
        this.patterns = patterns == null || patterns.isBlank()
                ? new String[0]
                : patterns.strip().split("\\s*,\\s*");
        camelPatterns = Arrays.stream(this.patterns)
                .filter(pattern -> pattern.startsWith(CAMEL))
                .toArray(String[]::new);
    }

    void read(Message message, MetricsBuilder metrics) {
        if (patterns.length > 0) {
            message.getHeaders().forEach((name, value) -> {
                if (PatternHelper.matchPatterns(name, name.startsWith(CAMEL) ? camelPatterns : patterns)) {
                    metrics.gaugeIfNumeric(name, value);
                }
            });
        }
    }
}
