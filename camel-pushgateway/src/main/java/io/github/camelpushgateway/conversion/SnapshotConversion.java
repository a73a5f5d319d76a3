package io.github.camelpushgateway.conversion;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Conversion of an object to metrics. The types of client_java and Micrometer are converted directly, any other type
 * through a type converter that the application declares. Earlier conversions do not change the result.
 */
final class SnapshotConversion {

    private SnapshotConversion() {}

    /**
     * Returns the metrics, or null if the type of the value does not hold metrics.
     *
     * @param subject describes the value in an error message, such as {@code the body}
     * @throws IllegalArgumentException if reading the metrics fails; its message does not contain the value
     */
    static @Nullable MetricSnapshots convert(Exchange exchange, String subject, Object value) {
        try {
            MetricSnapshots metrics = ofMetrics(value);
            if (metrics == null) {
                metrics = DeclaredConverters.convert(MetricSnapshots.class, exchange, value);
            }
            if (metrics == null && value instanceof Future) {
                // Camel waits for the result of the future
                metrics = exchange.getContext().getTypeConverter().convertTo(MetricSnapshots.class, exchange, value);
            }
            return metrics;
        } catch (RuntimeException e) {
            throw Conversions.failed(MetricSnapshots.class, subject, value, e);
        }
    }

    private static @Nullable MetricSnapshots ofMetrics(Object value) {
        if (value instanceof MetricSnapshots metrics) {
            return metrics;
        }
        if (value instanceof MetricSnapshot metric) {
            return PushgatewayConverter.toMetricSnapshots(metric);
        }
        if (value instanceof Collector collector) {
            return PushgatewayConverter.toMetricSnapshots(collector);
        }
        if (value instanceof MultiCollector collector) {
            return PushgatewayConverter.toMetricSnapshots(collector);
        }
        if (value instanceof PrometheusRegistry registry) {
            return PushgatewayConverter.toMetricSnapshots(registry);
        }
        return MicrometerKind.of(value) == MicrometerKind.PROMETHEUS ? MicrometerKind.read(value) : null;
    }

    /** Returns whether metrics can be read from an object of that type, even if reading currently fails. */
    static boolean isKnown(Exchange exchange, Object value) {
        if (value instanceof MetricSnapshots
                || value instanceof MetricSnapshot
                || value instanceof Collector
                || value instanceof MultiCollector
                || value instanceof PrometheusRegistry
                || MicrometerKind.of(value) == MicrometerKind.PROMETHEUS) {
            return true;
        }
        try {
            return DeclaredConverters.convert(MetricSnapshots.class, exchange, value) != null;
        } catch (RuntimeException e) {
            return true;
        }
    }
}
