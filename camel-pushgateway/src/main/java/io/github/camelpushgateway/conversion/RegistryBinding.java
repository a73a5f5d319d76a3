package io.github.camelpushgateway.conversion;

import io.github.camelpushgateway.metrics.MetricFilter;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/** Binding of the option {@code registry}, which reads all metrics of the registry again for each exchange. */
public final class RegistryBinding {

    private final Object registry;
    private final MetricFilter filter;

    /**
     * Creates a binding.
     *
     * @param registry metrics of client_java or Micrometer, or an object of a type with a type converter to {@link
     *     MetricSnapshots}
     * @param filter selects the metrics to keep
     */
    public RegistryBinding(Object registry, MetricFilter filter) {
        this.registry = registry;
        this.filter = filter;
    }

    /**
     * Validates the type of the registry. A text is rejected, although a body of text may hold metrics.
     *
     * @throws IllegalArgumentException if objects of this type do not hold metrics
     */
    public void validate(CamelContext context) {
        if (TextSource.isText(registry) || !SnapshotConversion.isKnown(new DefaultExchange(context), registry)) {
            throw unsupportedType();
        }
    }

    /** Adds the current metrics of the registry. */
    public void read(Exchange exchange, MetricsBuilder metrics) {
        MetricSnapshots all = SnapshotConversion.convert(exchange, "the registry", registry);
        if (all == null) {
            throw unsupportedType();
        }
        metrics.snapshots(filter.keep(all));
    }

    private IllegalArgumentException unsupportedType() {
        String advice = MicrometerKind.advice(registry);
        return new IllegalArgumentException("registry is of type "
                + registry.getClass().getName() + ", from which no metrics can be read"
                + (advice.isEmpty()
                        ? "; use the #bean of a PrometheusRegistry, a PrometheusMeterRegistry, a Collector, a MultiCollector, or"
                                + " of a type with a type converter to MetricSnapshots"
                        : advice));
    }
}
