package io.github.camelpushgateway.examples;

import io.github.camelpushgateway.PushgatewayPublisher;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.apache.camel.BindToRegistry;
import org.apache.camel.builder.RouteBuilder;

/** Counts orders, and publishes the registry with the counter. */
public class PublisherRoute extends RouteBuilder {

    @BindToRegistry("metrics")
    private final PrometheusRegistry metrics = new PrometheusRegistry();

    private final OrderMetrics orders = new OrderMetrics(metrics);

    /** Pushes the registry every 30 seconds, and once more after the routes have stopped. */
    @BindToRegistry("publisher")
    public PushgatewayPublisher publisher() {
        return new PushgatewayPublisher("pushgateway:orders?registry=#metrics", "30s");
    }

    @Override
    public void configure() {
        from("timer:orders?period=100").routeId("orders").bean(orders).log("processed ${body} orders");
    }
}
