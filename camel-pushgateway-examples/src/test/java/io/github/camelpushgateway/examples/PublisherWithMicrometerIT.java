package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.PushgatewayPublisher;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The metrics of camel-micrometer, which it removes with the routes, are complete in the last push. */
@ExtendWith(NoWarnings.class)
class PublisherWithMicrometerIT {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    /** The beans of an application. */
    // tag::beans[]
    public static class Metrics implements CamelConfiguration {

        private final MeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

        /** The registry of Micrometer, in which camel-micrometer counts. */
        @BindToRegistry("metricsRegistry")
        public MeterRegistry metricsRegistry() {
            return meters;
        }

        /** Pushes Camel's metrics every 30 seconds, and once more after the routes have stopped. */
        @BindToRegistry("publisher")
        public PushgatewayPublisher publisher() {
            return new PushgatewayPublisher("pushgateway:orders?registry=#metricsRegistry&metricFilter=camel_*", "30s");
        }

        /** Counts the exchanges of each route. */
        @Override
        public void configure(CamelContext context) {
            context.addRoutePolicyFactory(new MicrometerRoutePolicyFactory());
        }
    }
    // end::beans[]

    @Test
    void lastPushContainsTheExchangesOfEachRoute() throws Exception {
        Main main = new Main();
        main.addInitialProperty("camel.component.pushgateway.url", GATEWAY.url());
        main.configure().addConfiguration(Metrics.class);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:orders").routeId("orders").to("log:orders");
            }
        });
        main.start();
        for (int i = 0; i < 3; i++) {
            main.getCamelTemplate().sendBody("direct:orders", i);
        }

        main.stop();

        PushgatewayGroup group = GATEWAY.group("job", "orders").orElseThrow();
        assertThat(group.family("camel_exchanges_total").samples())
                .filteredOn(sample -> "orders".equals(sample.labels().get("routeId")))
                .singleElement()
                .satisfies(sample -> assertThat(sample.number()).isEqualTo(3));
    }
}
