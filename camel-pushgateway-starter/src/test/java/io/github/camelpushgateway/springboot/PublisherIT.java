package io.github.camelpushgateway.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.PushgatewayPublisher;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Publishers in Spring Boot applications, with a real gateway. */
class PublisherIT {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    private static final String URI = "pushgateway:%s?registry=#metrics";

    private static ConfigurableApplicationContext start(Class<?> application, Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("logging.level.root", "warn");
        all.put("camel.component.pushgateway.url", GATEWAY.url());
        all.put("server.shutdown", "graceful");
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .properties(all)
                .logStartupInfo(false)
                .run();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Orders {

        private final AtomicInteger orders = new AtomicInteger();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Bean
        PrometheusRegistry metrics() {
            PrometheusRegistry registry = new PrometheusRegistry();
            registry.register(() -> GaugeSnapshot.builder()
                    .name("orders_processed")
                    .dataPoint(
                            GaugeDataPointSnapshot.builder().value(orders.get()).build())
                    .build());
            return registry;
        }

        @Bean
        RouteBuilder routes() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("seda:orders?pollTimeout=10").process(exchange -> {
                        begun.countDown();
                        released.await(30, TimeUnit.SECONDS);
                        orders.incrementAndGet();
                    });
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithOwnPublisher extends Orders {

        @Bean
        PushgatewayPublisher publisher() {
            return new PushgatewayPublisher(URI.formatted("own"), "1h");
        }
    }

    private static double pushed(String job) {
        return GATEWAY.group("job", job).orElseThrow().value("orders_processed");
    }

    /** Closes the application while an exchange is in progress. */
    private static void processOneWhileClosing(ConfigurableApplicationContext application) throws Exception {
        Orders orders = application.getBean(Orders.class);
        CamelContext camel = application.getBean(CamelContext.class);
        application.getBean(ProducerTemplate.class).sendBody("seda:orders", "1");
        orders.begun.await();
        Thread closing = new Thread(application::close);
        closing.start();
        await().until(camel::isStopping);
        orders.released.countDown();
        closing.join();
    }

    @Test
    void registryIsPushedAfterTheRoutesHaveStopped() throws Exception {
        var application = start(Orders.class, Map.of(PublisherProperties.URI, URI.formatted("properties")));

        processOneWhileClosing(application);

        assertThat(pushed("properties")).isEqualTo(1);
    }

    @Test
    void ownBeanWorksWithoutProperties() throws Exception {
        var application = start(WithOwnPublisher.class, Map.of());

        processOneWhileClosing(application);

        assertThat(pushed("own")).isEqualTo(1);
    }

    @Test
    void publisherOfPropertiesIsNotLazy() {
        start(
                        Orders.class,
                        Map.of(
                                "spring.main.lazy-initialization",
                                true,
                                PublisherProperties.URI,
                                URI.formatted("lazy"),
                                PublisherProperties.INTERVAL,
                                "{{publisher.interval:1s}}",
                                PublisherProperties.ON_STOP,
                                "none"))
                .close();
        assertThat(GATEWAY.group("job", "lazy")).isEmpty();

        try (var application = start(
                Orders.class,
                Map.of(
                        "spring.main.lazy-initialization",
                        true,
                        PublisherProperties.URI,
                        URI.formatted("lazy"),
                        PublisherProperties.INTERVAL,
                        "1s",
                        PublisherProperties.ON_STOP,
                        "delete"))) {
            await().until(() -> GATEWAY.group("job", "lazy").isPresent());
            assertThat(application.isActive()).isTrue();
        }
        await().untilAsserted(() -> assertThat(GATEWAY.group("job", "lazy")).isEmpty());
    }

    @Test
    void invalidValuesFailTheStart() {
        assertThatThrownBy(() -> start(
                        Orders.class,
                        Map.of(PublisherProperties.URI, URI.formatted("invalid"), PublisherProperties.ON_STOP, "stop")))
                .hasStackTraceContaining(
                        "the publisher of pushgateway:invalid: onStop is 'stop'; write push, delete or none");
    }
}
