package io.github.camelpushgateway.examples;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** The metrics of the orders that an application has processed. */
public class OrderMetrics {

    private final Counter orders;

    /** Creates the metrics in a registry. */
    public OrderMetrics(PrometheusRegistry registry) {
        orders = Counter.builder()
                .name("orders_processed_total")
                .help("Number of orders processed.")
                .register(registry);
    }

    /** Counts one order, and returns the number of orders so far. */
    public long count() {
        orders.inc();
        return orders.getLongValue();
    }
}
