package io.github.camelpushgateway.conversion;

import io.github.camelpushgateway.metrics.Excerpt;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Message;
import org.apache.camel.support.PatternHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the headers that are numbers and meant to be gauges. */
public final class HeaderBinding {

    private static final Logger LOG = LoggerFactory.getLogger(HeaderBinding.class);

    private static final String CAMEL = "Camel";

    /** The number of names that are logged. Names of headers may come from outside. */
    private static final int MAX_SKIPPED = 100;

    private final String[] patterns;

    /** Those that may match Camel's own headers. */
    private final String[] camelPatterns;

    /** The names that have been logged. */
    private final Set<String> skipped = ConcurrentHashMap.newKeySet();

    /** @param patterns patterns of names, separated by commas */
    public HeaderBinding(@Nullable String patterns) {
        this.patterns = patterns == null || patterns.isBlank()
                ? new String[0]
                : patterns.strip().split("\\s*,\\s*");
        camelPatterns = Arrays.stream(this.patterns)
                .filter(pattern -> pattern.startsWith(CAMEL))
                .toArray(String[]::new);
    }

    public boolean isEmpty() {
        return patterns.length == 0;
    }

    public void read(Message message, MetricsBuilder metrics) {
        if (isEmpty()) {
            return;
        }
        for (Map.Entry<String, Object> header : List.copyOf(message.getHeaders().entrySet())) {
            String name = header.getKey();
            if (PatternHelper.matchPatterns(name, name.startsWith(CAMEL) ? camelPatterns : patterns)
                    && !metrics.gaugeIfNumeric(name, value(name, header.getValue(), message))) {
                logSkipped(name, header.getValue());
            }
        }
    }

    /** A header that cannot be read is not a number. */
    private static @Nullable Object value(String name, @Nullable Object value, Message message) {
        try {
            return value == null ? null : ValueConversion.number("the header " + name, value, message);
        } catch (IOException | IllegalArgumentException e) {
            LOG.trace("A header that gaugeHeaders matches cannot be read", e);
            return null;
        }
    }

    private void logSkipped(String name, @Nullable Object value) {
        if (LOG.isDebugEnabled() && skipped.size() < MAX_SKIPPED && skipped.add(name)) {
            LOG.debug(
                    "gaugeHeaders matches the header '{}', which is not sent, since its value of type {} is not a number",
                    Excerpt.message(name.replaceAll("\\p{C}", "?")),
                    value == null ? "null" : value.getClass().getName());
        }
    }
}
