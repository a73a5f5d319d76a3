package io.github.camelpushgateway;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.apache.camel.Converter;

/** Converts what client_java calls metrics to the form in which they are pushed. */
@Converter(generateLoader = true)
public final class PushgatewayConverter {

    private PushgatewayConverter() {}

    /** Returns that one metric. */
    @Converter
    public static MetricSnapshots toMetricSnapshots(MetricSnapshot metric) {
        return MetricSnapshots.of(metric);
    }

    /** Returns what the collector holds now. */
    @Converter
    public static MetricSnapshots toMetricSnapshots(Collector collector) {
        return MetricSnapshots.of(collector.collect());
    }

    /** Returns what the collector holds now. */
    @Converter
    public static MetricSnapshots toMetricSnapshots(MultiCollector collector) {
        return collector.collect();
    }

    /** Returns what all collectors of the registry hold now. */
    @Converter
    public static MetricSnapshots toMetricSnapshots(PrometheusRegistry registry) {
        return registry.scrape();
    }
}
