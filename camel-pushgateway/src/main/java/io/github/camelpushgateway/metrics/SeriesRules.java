package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rules for the families and series of one push, wherever the metrics come from: see <a
 * href="https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details">Prometheus's documentation, "Text format
 * details"</a>.
 */
public final class SeriesRules {

    private SeriesRules() {}

    /** Returns the fault of a counter with a negative value. */
    public static String negativeCounter(String name, double value) {
        return "the counter '" + name + "' is " + value + "; a counter cannot be negative, but a gauge can";
    }

    /** Returns the fault of a series that occurs twice. */
    public static String duplicateSeries(String name, Labels labels) {
        return Excerpt.message(
                "the metric '" + name + "' occurs twice with the labels " + Excerpt.text(labels.toString())
                        + "; a series has one value in a push, so add a label that distinguishes them");
    }

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
