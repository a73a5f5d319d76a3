package io.github.camelpushgateway.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Actuator tells of a gateway: Camel's own health, and nothing besides. */
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
                "camel.component.pushgateway.url", url,
                "camel.health.producers-enabled", producers,
                "camel.main.routes-include-pattern", "false");
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run(properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + '=' + property.getValue())
                        .toArray(String[]::new));
    }

    private static Status health(ConfigurableApplicationContext application) {
        return application.getBean(HealthEndpoint.class).health().getStatus();
    }

    @Test
    void itIsUpAndDownWithTheGatewayIfProducersAreAsked() {
        try (var application = start(GATEWAY.url(), true)) {
            assertThat(health(application)).isEqualTo(Status.UP);
            assertThat(application.getBeansOfType(HealthContributor.class).values())
                    .isNotEmpty()
                    .noneMatch(contributor -> contributor.getClass().getName().contains("pushgateway"));
        }
        try (var application = start("http://localhost:1", true)) {
            assertThat(health(application)).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void aGatewayThatIsDownIsNoMatterIfTheyAreNot() {
        try (var application = start("http://localhost:1", false)) {
            assertThat(health(application)).isEqualTo(Status.UP);
        }
    }
}
