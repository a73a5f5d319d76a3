package io.github.camelpushgateway;

import io.github.camelpushgateway.metrics.MetricFilter;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Reads all metrics of the registry that an endpoint was given; what they are is asked anew for each exchange. */
final class RegistryBinding {

    private final Object registry;
    private final MetricFilter filter;

    private RegistryBinding(Object registry, MetricFilter filter) {
        this.registry = registry;
        this.filter = filter;
    }

    /**
     * @param registry anything that Camel can convert to {@link MetricSnapshots}
     * @param filter what is kept of its metrics
     */
    static @Nullable RegistryBinding ofNullable(@Nullable Object registry, MetricFilter filter) {
        return registry == null ? null : new RegistryBinding(registry, filter);
    }

    /** Fails if nobody can tell what the metrics of the registry are. A text is none, though metrics may be read from it. */
    void check(CamelContext context) {
        boolean known = registry instanceof MetricSnapshots
                || context.getTypeConverterRegistry().lookup(MetricSnapshots.class, registry.getClass()) != null;
        if (!known || TextBody.isText(registry)) {
            throw new IllegalArgumentException("registry is of type "
                    + registry.getClass().getName()
                    + ", which holds no metrics; give the #bean of a PrometheusRegistry,"
                    + " a PrometheusMeterRegistry, a Collector, a MultiCollector, or of what a type converter of yours"
                    + " makes MetricSnapshots of");
        }
    }

    void read(Exchange exchange, MetricsBuilder metrics) {
        MetricSnapshots all = Conversions.convert(MetricSnapshots.class, exchange, "the registry", registry);
        if (all == null) {
            throw new IllegalArgumentException(
                    "the registry is of type " + registry.getClass().getName()
                            + ", whose type converter gave nothing; have it give MetricSnapshots");
        }
        metrics.snapshots(filter.keep(all));
    }
}
