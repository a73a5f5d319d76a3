package io.github.camelpushgateway.conversion;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.apache.camel.Converter;

/** Converts a registry of Micrometer's, which an application may have or not: without it, this converter is not there. */
@Converter(generateLoader = true, ignoreOnLoadError = true)
public final class MicrometerConverter {

    private MicrometerConverter() {}

    /** Returns what all meters of the registry hold now. */
    @Converter
    public static MetricSnapshots toMetricSnapshots(PrometheusMeterRegistry registry) {
        return registry.getPrometheusRegistry().scrape();
    }
}
