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

/** The metrics of a load, which live as long as the application does, under names that routes know. */
@BindToRegistry("loadMetrics")
public class LoadMetrics implements CamelConfiguration {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter rows = Counter.builder()
            .name("stage_rows_total")
            .help("How many rows a stage has dealt with.")
            .labelNames("stage")
            .register(registry);

    /** Counts the rows of a stage. */
    public void count(@Header("stage") String stage, @Body int more) {
        rows.labelValues(stage).inc(more);
    }

    /** Returns where the rows are counted. */
    @BindToRegistry("loadRegistry")
    public PrometheusRegistry loadRegistry() {
        return registry;
    }

    /** Returns how long batches took. */
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

    /** Returns what Micrometer measures of the JVM. */
    @BindToRegistry("meterRegistry")
    public MeterRegistry meterRegistry() {
        MeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        return meters;
    }
}
