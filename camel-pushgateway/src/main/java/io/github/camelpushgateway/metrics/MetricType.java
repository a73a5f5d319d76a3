package io.github.camelpushgateway.metrics;

import java.util.Arrays;
import java.util.Locale;

/** The metric types of single values. */
public enum MetricType {
    /** A value that can go up and down. It is the right type for the result of a batch job. */
    GAUGE,
    /** A value that only increases and is never negative. The exposed name ends with exactly one {@code _total}. */
    COUNTER,
    /** A value of unknown type. */
    UNTYPED;

    /**
     * Returns the type with the given name, ignoring case.
     *
     * @throws IllegalArgumentException if there is no such type
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
