package io.github.camelpushgateway.test.infra;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Group of a gateway.
 *
 * @param labels the grouping key, including {@code job}
 * @param families the metrics by name, including {@code push_time_seconds} and {@code push_failure_time_seconds}
 */
public record PushgatewayGroup(Map<String, String> labels, Map<String, Family> families) {

    public PushgatewayGroup {
        labels = Map.copyOf(labels);
        families = Map.copyOf(families);
    }

    /**
     * Metric with its samples.
     *
     * @param type the type as the gateway writes it: {@code GAUGE}, {@code COUNTER}, {@code UNTYPED}, {@code
     *     HISTOGRAM}, {@code SUMMARY}
     */
    public record Family(String type, String help, List<Sample> samples) {

        public Family {
            samples = samples.stream()
                    .sorted(Comparator.comparing(sample -> new TreeMap<>(sample.labels()).toString()))
                    .toList();
        }
    }

    /**
     * Sample of a metric.
     *
     * @param labels all labels, including those of the group
     * @param value the value as the gateway writes it; empty for histograms and summaries
     */
    public record Sample(Map<String, String> labels, String value) {

        public Sample {
            labels = Map.copyOf(labels);
        }

        /** Returns the value as a number. */
        public double number() {
            return switch (value) {
                case "+Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(value);
            };
        }
    }

    /** Returns the metric with this name. */
    public Family family(String name) {
        Family family = families.get(name);
        if (family == null) {
            throw new IllegalArgumentException("the group has no metric " + name + ", only " + families.keySet());
        }
        return family;
    }

    /** Returns the value of the metric with this name, which must have exactly one sample. */
    public double value(String name) {
        List<Sample> samples = family(name).samples();
        if (samples.size() != 1) {
            throw new IllegalArgumentException(name + " has " + samples.size() + " samples");
        }
        return samples.get(0).number();
    }

    /**
     * Returns the value of the metric with this name, which must have exactly one sample, or nothing if the group does not
     * have this metric.
     */
    public OptionalDouble find(String name) {
        return has(name) ? OptionalDouble.of(value(name)) : OptionalDouble.empty();
    }

    /** Returns whether the group has a metric with this name. */
    public boolean has(String name) {
        return families.containsKey(name);
    }
}
