package io.github.camelpushgateway;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Pushes a Micrometer registry with most kinds of meters, as a body and as {@code registry}. Returns the jar of
 * client_java.
 */
public final class MicrometerPushes implements UnaryOperator<String> {

    @Override
    public String apply(String url) {
        PrometheusRegistry shared = new PrometheusRegistry();
        Counter.builder()
                .name("own")
                .help("A counter of client_java.")
                .register(shared)
                .inc();
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, shared, Clock.SYSTEM);
        try (DefaultCamelContext context = new DefaultCamelContext();
                JvmGcMetrics gc = new JvmGcMetrics()) {
            gc.bindTo(registry);
            fill(registry);
            context.getRegistry().bind("meters", registry);
            context.getComponent("pushgateway", PushgatewayComponent.class)
                    .getConfiguration()
                    .setUrl(url);
            context.start();
            ProducerTemplate template = context.createProducerTemplate();
            template.sendBody("pushgateway:body", registry);
            template.sendBody("pushgateway:body?operation=push", registry);
            template.sendBody("pushgateway:registry?registry=#meters&metricName=rows", 5);
            template.sendBody("pushgateway:filtered?registry=#meters&metricFilter=work_*,!*_max", null);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return MetricSnapshots.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
    }

    private static void fill(PrometheusMeterRegistry registry) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new JvmInfoMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        Timer.builder("work.timed")
                .tag("step", "load")
                .publishPercentileHistogram()
                .register(registry)
                .record(Duration.ofMillis(20));
        Timer.builder("work.percentiles")
                .publishPercentiles(0.5, 0.99)
                .register(registry)
                .record(Duration.ofMillis(20));
        Timer.builder("work.slo")
                .serviceLevelObjectives(Duration.ofMillis(10), Duration.ofSeconds(1))
                .register(registry)
                .record(Duration.ofMillis(20));
        DistributionSummary.builder("work.size")
                .baseUnit("bytes")
                .publishPercentileHistogram()
                .register(registry)
                .record(100);
        LongTaskTimer.builder("work.long")
                .publishPercentiles(0.5)
                .register(registry)
                .start();
        registry.more().longTaskTimer("work.long.plain").start();
        FunctionCounter.builder("work.done", 7, Number::doubleValue)
                .description("Done: \"all\" \\ \n more.")
                .register(registry);
        FunctionTimer.builder("work.function", 7, Number::longValue, Number::doubleValue, TimeUnit.SECONDS)
                .register(registry);
        Gauge.builder("work.open", () -> Double.NaN).tag("empty", "").register(registry);
        TimeGauge.builder("work.age", () -> 3, TimeUnit.MINUTES).register(registry);
        registry.counter("work.rows.total", "table", "Zürich").increment(3);
    }
}
