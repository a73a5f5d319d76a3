package io.github.camelpushgateway.conversion;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.jspecify.annotations.Nullable;

/** Kind of Micrometer registry, recognised by class name because an application may not have Micrometer. */
enum MicrometerKind {
    PROMETHEUS("io.micrometer.prometheusmetrics.PrometheusMeterRegistry", ""),
    COMPOSITE(
            "io.micrometer.core.instrument.composite.CompositeMeterRegistry",
            "; it only forwards to other registries, so use the PrometheusMeterRegistry that was added to it: a separate bean"
                    + " of the application, which is prometheusMeterRegistry in Spring Boot, or an element of"
                    + " getRegistries() of the composite"),
    SIMPLECLIENT(
            "io.micrometer.prometheus.PrometheusMeterRegistry",
            "; it belongs to the discontinued library micrometer-registry-prometheus-simpleclient, so use the"
                    + " PrometheusMeterRegistry of micrometer-registry-prometheus"),
    OTHER(
            "io.micrometer.core.instrument.MeterRegistry",
            "; of Micrometer's registries, only a PrometheusMeterRegistry contains Prometheus metrics, so register the meters"
                    + " with one, from the library micrometer-registry-prometheus");

    private final String className;
    private final String advice;

    MicrometerKind(String className, String advice) {
        this.className = className;
        this.advice = advice;
    }

    /** Returns the kind of a registry, or null if the object is not a Micrometer registry. */
    static @Nullable MicrometerKind of(Object value) {
        for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
            for (MicrometerKind kind : values()) {
                if (kind.className.equals(type.getName())) {
                    return kind;
                }
            }
        }
        return null;
    }

    /**
     * Returns advice on what to use instead of an object, as the rest of a sentence. Returns an empty string if the
     * object is not a Micrometer registry.
     */
    static String advice(Object value) {
        MicrometerKind kind = of(value);
        return kind == null ? "" : kind.advice;
    }

    /** Reads a registry of the kind {@link #PROMETHEUS}. */
    static MetricSnapshots read(Object registry) {
        return MicrometerConverter.toMetricSnapshots(
                (io.micrometer.prometheusmetrics.PrometheusMeterRegistry) registry);
    }
}
