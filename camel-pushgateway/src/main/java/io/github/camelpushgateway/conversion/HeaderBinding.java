package io.github.camelpushgateway.conversion;

import io.github.camelpushgateway.metrics.Excerpt;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Message;
import org.apache.camel.support.PatternHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binding of the headers that match {@code gaugeHeaders} and hold a number. Each becomes a gauge. */
public final class HeaderBinding {

    private static final Logger LOG = LoggerFactory.getLogger(HeaderBinding.class);

    private static final String CAMEL = "Camel";

    /** Maximum number of names that are logged. Header names may come from outside. */
    private static final int MAX_LOGGED_NAMES = 100;

    private final String[] patterns;

    /** Patterns that may match Camel's own headers. */
    private final String[] camelPatterns;

    /** Names that were already logged. */
    private final Set<String> loggedNames = ConcurrentHashMap.newKeySet();

    /**
     * Creates a binding.
     *
     * @param patterns at least one pattern of header names, separated by commas
     */
    public HeaderBinding(String patterns) {
        this.patterns = patterns.strip().split("\\s*,\\s*");
        List<String> ofCamel = new ArrayList<>();
        for (String pattern : this.patterns) {
            if (pattern.startsWith(CAMEL)) {
                ofCamel.add(pattern);
            }
        }
        camelPatterns = ofCamel.toArray(new String[0]);
    }

    /** Adds a gauge for each matching header that holds a number. */
    public void read(Message message, MetricsBuilder metrics) {
        for (Map.Entry<String, Object> header : List.copyOf(message.getHeaders().entrySet())) {
            String name = header.getKey();
            if (PatternHelper.matchPatterns(name, name.startsWith(CAMEL) ? camelPatterns : patterns)
                    && !metrics.gaugeIfNumeric(name, value(name, header.getValue(), message))) {
                logSkipped(name, header.getValue());
            }
        }
    }

    /** Returns the value of a header, or null if it cannot be read: such a header is not a number. */
    private static @Nullable Object value(String name, @Nullable Object value, Message message) {
        try {
            return value == null ? null : ValueConversion.number("the header " + name, value, message);
        } catch (IOException | IllegalArgumentException e) {
            LOG.trace("A header that gaugeHeaders matches cannot be read", e);
            return null;
        }
    }

    private void logSkipped(String name, @Nullable Object value) {
        if (LOG.isDebugEnabled() && loggedNames.size() < MAX_LOGGED_NAMES && loggedNames.add(name)) {
            LOG.debug(
                    "gaugeHeaders matches the header '{}', which is not sent, because its value of type {} is not a number",
                    Excerpt.message(name.replaceAll("\\p{C}", "?")),
                    value == null ? "null" : value.getClass().getName());
        }
    }
}
