package io.github.camelpushgateway.conversion;

import io.github.camelpushgateway.metrics.MetricFilter;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** Reads all metrics of the registry that an endpoint was given, again for each exchange. */
public final class RegistryBinding {

    private final Object registry;
    private final MetricFilter filter;

    private RegistryBinding(Object registry, MetricFilter filter) {
        this.registry = registry;
        this.filter = filter;
    }

    /**
     * @param registry metrics of client_java or Micrometer, or an object of a type with a type converter to {@link
     *     MetricSnapshots}
     * @param filter what is kept of its metrics
     */
    public static @Nullable RegistryBinding ofNullable(@Nullable Object registry, MetricFilter filter) {
        return registry == null ? null : new RegistryBinding(registry, filter);
    }

    /** Fails if the type of the registry holds no metrics. A text is refused, although metrics may be read from it. */
    public void check(CamelContext context) {
        if (TextSource.isText(registry) || !SnapshotConversion.isKnown(new DefaultExchange(context), registry)) {
            throw holdsNone();
        }
    }

    public void read(Exchange exchange, MetricsBuilder metrics) {
        MetricSnapshots all = SnapshotConversion.convert(exchange, "the registry", registry);
        if (all == null) {
            throw holdsNone();
        }
        metrics.snapshots(filter.keep(all));
    }

    private IllegalArgumentException holdsNone() {
        String advice = MicrometerKind.advice(registry);
        return new IllegalArgumentException("registry is of type "
                + registry.getClass().getName() + ", from which no metrics can be read"
                + (advice.isEmpty()
                        ? "; give the #bean of a PrometheusRegistry, a PrometheusMeterRegistry, a Collector, a MultiCollector, or"
                                + " of a type that a type converter of yours converts to MetricSnapshots"
                        : advice));
    }
}
