package io.github.camelpushgateway.benchmarks.sidebyside;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Registries of client_java, independent of its version. */
final class Registries {

    private Registries() {}

    /** Returns a registry with one gauge of the given number of series, as in {@link Exposition#series}. */
    static PrometheusRegistry of(int series) {
        PrometheusRegistry registry = new PrometheusRegistry();
        Gauge gauge = Gauge.builder()
                .name("stage_rows")
                .help("Number of rows processed by a stage.")
                .labelNames("region", "stage")
                .register(registry);
        for (int i = 0; i < series; i++) {
            gauge.labelValues("eu-west", "stage-" + i).set(i * 1.5);
        }
        return registry;
    }
}
