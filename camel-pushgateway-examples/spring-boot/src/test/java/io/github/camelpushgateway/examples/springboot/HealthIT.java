package io.github.camelpushgateway.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The health of Camel in Actuator, which can include the gateway. The test reads it over JMX, which needs no web server. */
class HealthIT {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        RouteBuilder route() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("timer:daily?delay=1d").to("pushgateway:daily?metricName=rows&metricValue=1");
                }
            };
        }
    }

    private static ConfigurableApplicationContext start(String url, boolean producers) {
        Map<String, Object> properties = Map.of(
                "camel.component.pushgateway.url",
                url,
                "camel.health.producers-enabled",
                producers,
                "camel.main.routes-include-pattern",
                "false",
                "management.endpoint.health.show-components",
                "always",
                "spring.jmx.enabled",
                true);
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run(properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + '=' + property.getValue())
                        .toArray(String[]::new));
    }

    private static Map<?, ?> health() throws JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("org.springframework.boot:type=Endpoint,name=Health");
        return (Map<?, ?>) beans.invoke(name, "health", new Object[0], new String[0]);
    }

    @Test
    void healthDependsOnTheGatewayIfProducerChecksAreEnabled() throws JMException {
        try (var application = start(GATEWAY.url(), true)) {
            assertThat(application.isActive()).isTrue();
            assertThat(health().get("status")).isEqualTo("UP");
            assertThat((Map<?, ?>) health().get("components"))
                    .extracting(Map::keySet)
                    .asString()
                    .containsIgnoringCase("camel")
                    .doesNotContainIgnoringCase("pushgateway");
        }
        try (var application = start("http://localhost:1", true)) {
            assertThat(application.isActive()).isTrue();
            assertThat(health().get("status")).isEqualTo("DOWN");
        }
    }

    @Test
    void healthIgnoresTheGatewayIfProducerChecksAreDisabled() throws JMException {
        try (var application = start("http://localhost:1", false)) {
            assertThat(application.isActive()).isTrue();
            assertThat(health().get("status")).isEqualTo("UP");
        }
    }
}
