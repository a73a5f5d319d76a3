package io.github.camelpushgateway.metrics;

import java.util.Arrays;
import java.util.Locale;

/** The types of metric that a single value can have. */
public enum MetricType {
    /** A value that can go up and down: the right type for the outcome of a batch job. */
    GAUGE,
    /** A value that only grows. Its name ends in exactly one {@code _total}, and it is never negative. */
    COUNTER,
    /** A value that says nothing of its type. */
    UNTYPED;

    /**
     * Returns the type of that name, in any case.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static MetricType parse(String name) {
        return Arrays.stream(values())
                .filter(type -> type.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the metric type '" + name + "' is not known; use gauge, counter or untyped"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
