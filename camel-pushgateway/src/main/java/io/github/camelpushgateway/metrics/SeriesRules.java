package io.github.camelpushgateway.metrics;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rules for the families and series of one push, wherever the metrics come from: see <a
 * href="https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details">Prometheus's documentation, "Text format
 * details"</a>.
 */
public final class SeriesRules {

    /** The rule for the values of counters, as the end of a message. */
    public static final String NOT_NEGATIVE = "; a counter cannot be negative, but a gauge can";

    /** The rule for the number of values of a series, as the end of a message. */
    public static final String ONE_VALUE = "; a series has one value in a push";

    private SeriesRules() {}

    /**
     * Validates that two families of one name have the same help text.
     *
     * @throws IllegalArgumentException if the help texts differ
     */
    public static void validateHelp(String name, @Nullable String help, @Nullable String other) {
        if (!Objects.equals(help, other)) {
            throw new IllegalArgumentException(Excerpt.message(
                    "the metric '" + name + "' has two different help texts; use one help text for a name"));
        }
    }
}
