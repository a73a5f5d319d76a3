package io.github.camelpushgateway.conversion;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.apache.camel.Converter;

/** Type converter for a Micrometer registry. Camel ignores this class if the application does not have Micrometer. */
@Converter(generateLoader = true, ignoreOnLoadError = true)
public final class MicrometerConverter {

    private MicrometerConverter() {}

    /** Returns the current values of all meters of the registry. */
    @Converter
    public static MetricSnapshots toMetricSnapshots(PrometheusMeterRegistry registry) {
        return registry.getPrometheusRegistry().scrape();
    }
}
