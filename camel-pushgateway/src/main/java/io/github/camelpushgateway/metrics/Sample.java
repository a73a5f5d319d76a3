package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One value of one metric, with its exposed name. Labels without a value are omitted, since Prometheus treats them as absent.
 */
record Sample(String name, MetricType type, @Nullable String help, Labels labels, double value) {

    Sample {
        if (!ClassicNames.isMetricName(name)) {
            throw new IllegalArgumentException("'" + name
                    + "' is not a metric name; use letters, digits, underscores and colons, and do not start with a digit,"
                    + " or set the option escaping");
        }
        if (help != null) {
            String metric = name;
            LabelRules.validateText(() -> "the help of the metric '" + metric + "'", help);
        }
        if (type != MetricType.COUNTER) {
            ModelNames.validate(name);
        } else {
            if (value < 0) {
                throw new IllegalArgumentException("the counter '" + name + "' is " + value + SeriesRules.NOT_NEGATIVE);
            }
            if (NameSuffix.TOTAL.remove(name).isEmpty()) {
                throw new IllegalArgumentException(
                        "the counter '_total' has no name before its suffix; choose a longer name");
            }
            name = NameSuffix.TOTAL.append(name);
        }
    }

    /**
     * Returns a sample whose value is converted to a number.
     *
     * @throws IllegalArgumentException if the sample is invalid
     */
    static Sample of(String name, MetricType type, @Nullable String help, Labels labels, Object value) {
        double number = MetricValue.of(value)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the value of the metric '" + name + "' " + NumberFault.of(value)));
        return new Sample(name, type, help, labels, number);
    }

    /**
     * Returns the labels without those that have no value.
     *
     * @param metric the name of the metric, for the message
     * @param names escapes the names of the labels, or null
     * @throws IllegalArgumentException if a label is invalid
     */
    static Labels labels(String metric, Map<String, String> configured, @Nullable PushNames names) {
        if (configured.isEmpty()) {
            return Labels.EMPTY;
        }
        SortedMap<String, String> kept = new TreeMap<>();
        Map<String, String> labels = names == null ? configured : names.series(metric, configured);
        labels.forEach((name, value) -> {
            if (names == null) {
                LabelRules.validateName(name);
            }
            LabelRules.validateText(() -> "the label '" + name + "' of the metric '" + metric + "'", value);
            if (!value.isEmpty()) {
                kept.put(name, value);
            }
        });
        return Labels.of(kept.keySet().toArray(String[]::new), kept.values().toArray(String[]::new));
    }
}
