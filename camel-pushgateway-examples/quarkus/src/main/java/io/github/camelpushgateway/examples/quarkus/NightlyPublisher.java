package io.github.camelpushgateway.examples.quarkus;

import io.github.camelpushgateway.PushgatewayPublisher;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.quarkus.arc.lookup.LookupIfProperty;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;

/** A registry, and its publisher. */
// tag::publisher[]
public class NightlyPublisher {

    /** Returns the registry with the metrics of the application. */
    @Produces
    @Singleton
    @Named("metrics")
    PrometheusRegistry metrics() {
        PrometheusRegistry registry = new PrometheusRegistry();
        GaugeWithCallback.builder()
                .name("nightly_uptime_seconds")
                .help("Time since the start of the application.")
                .callback(
                        gauge -> gauge.call(ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0))
                .register(registry);
        return registry;
    }

    /** Returns the publisher, which no other bean needs to refer to. */
    @Produces
    @Singleton
    // end::publisher[]
    // the other examples run without it
    @LookupIfProperty(name = "nightly.publisher", stringValue = "true")
    // tag::publisher[]
    PushgatewayPublisher publisher() {
        return new PushgatewayPublisher("pushgateway:nightly-load?registry=#metrics", "30s");
    }
}
// end::publisher[]
