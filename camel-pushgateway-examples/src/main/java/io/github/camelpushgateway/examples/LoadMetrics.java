package io.github.camelpushgateway.examples;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Body;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.Header;

/** The metrics and registries of a load. They are bound in Camel's registry and exist as long as the application. */
@BindToRegistry("loadMetrics")
public class LoadMetrics implements CamelConfiguration {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter rows = Counter.builder()
            .name("stage_rows_total")
            .help("Number of rows processed by a stage.")
            .labelNames("stage")
            .register(registry);

    /** Adds to the number of rows of a stage. */
    public void count(@Header("stage") String stage, @Body int processed) {
        rows.labelValues(stage).inc(processed);
    }

    /** Returns the registry with the counter of rows. */
    @BindToRegistry("loadRegistry")
    public PrometheusRegistry loadRegistry() {
        return registry;
    }

    /** Returns a histogram of the durations of batches. */
    @BindToRegistry("batchSeconds")
    public Histogram batchSeconds() {
        Histogram seconds = Histogram.builder()
                .name("load_batch_seconds")
                .classicUpperBounds(0.1, 1, 10)
                .build();
        seconds.observe(0.5);
        seconds.observe(2);
        return seconds;
    }

    /** Returns a Micrometer registry with metrics of the JVM's memory. */
    @BindToRegistry("meterRegistry")
    public MeterRegistry meterRegistry() {
        MeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        return meters;
    }
}
