package io.github.camelpushgateway.test.infra;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A group as a gateway holds it.
 *
 * @param labels its grouping key, {@code job} included
 * @param families its metrics by name, {@code push_time_seconds} and {@code push_failure_time_seconds} included
 */
public record PushgatewayGroup(Map<String, String> labels, Map<String, Family> families) {

    public PushgatewayGroup {
        labels = Map.copyOf(labels);
        families = Map.copyOf(families);
    }

    /**
     * The samples of one name.
     *
     * @param type as the gateway writes it: {@code GAUGE}, {@code COUNTER}, {@code UNTYPED}, {@code HISTOGRAM}, {@code SUMMARY}
     */
    public record Family(String type, String help, List<Sample> samples) {

        public Family {
            samples = samples.stream()
                    .sorted(Comparator.comparing(sample -> new TreeMap<>(sample.labels()).toString()))
                    .toList();
        }
    }

    /**
     * One sample.
     *
     * @param labels all its labels, those of the group included
     * @param value its value as the gateway writes it; empty for histograms and summaries
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

    /** Returns the family of that name. */
    public Family family(String name) {
        Family family = families.get(name);
        if (family == null) {
            throw new IllegalArgumentException("the group has no metric " + name + ", only " + families.keySet());
        }
        return family;
    }

    /** Returns the value of the one sample of that name. */
    public double value(String name) {
        List<Sample> samples = family(name).samples();
        if (samples.size() != 1) {
            throw new IllegalArgumentException(name + " has " + samples.size() + " samples");
        }
        return samples.get(0).number();
    }

    /** Tells whether there is a metric of that name. */
    public boolean has(String name) {
        return families.containsKey(name);
    }
}
