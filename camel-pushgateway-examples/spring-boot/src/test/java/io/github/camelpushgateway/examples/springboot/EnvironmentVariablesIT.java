package io.github.camelpushgateway.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camelpushgateway.PushgatewayComponent;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.env.StandardEnvironment;

/** The application with environment variables instead of a properties file. No warning mentions the password. */
class EnvironmentVariablesIT {

    private static final String PASSWORD = "pa55-V4R";
    private static final String NO_FILE = "--spring.config.location=optional:classpath:/none/";

    @RegisterExtension
    static final PushgatewayExtension GATEWAY =
            new PushgatewayExtension(PushgatewaySetup.plain().withBasicAuth("ops", PASSWORD));

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private static SpringApplicationBuilder application(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment() {
            @Override
            public Map<String, Object> getSystemEnvironment() {
                return variables;
            }
        };
        return new SpringApplicationBuilder(NightlyApplication.class)
                .environment(environment)
                .web(WebApplicationType.NONE);
    }

    /** With Spring Boot 4, the test class path has Jackson 3 in addition to Jackson 2, which the component uses. */
    @Test
    void variablesSetOptionsAndGroupsAreListed() {
        Map<String, Object> variables = Map.of(
                "CAMEL_COMPONENT_PUSHGATEWAY_URL", GATEWAY.url(),
                "CAMEL_COMPONENT_PUSHGATEWAY_USERNAME", "ops",
                "CAMEL_COMPONENT_PUSHGATEWAY_PASSWORD", PASSWORD,
                "CAMEL_COMPONENT_PUSHGATEWAY_MAX_RETRIES", "5",
                "CAMEL_MAIN_ROUTES_INCLUDE_PATTERN", "false");
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        log.start();
        // initializers run after Spring Boot has configured its logging, and before Camel starts
        try (var application = application(variables)
                .initializers(context -> root.addAppender(log))
                .run(NO_FILE)) {
            ProducerTemplate template = application.getBean(ProducerTemplate.class);
            template.sendBody("pushgateway:nightly-1?metricName=rows", 42);
            List<?> groups = template.requestBody("pushgateway:nightly-*?operation=groups", null, List.class);

            assertThat(groups).singleElement().asString().contains("nightly-1");
            assertThat(application
                            .getBean(CamelContext.class)
                            .getComponent("pushgateway", PushgatewayComponent.class)
                            .getConfiguration()
                            .getMaxRetries())
                    .isEqualTo(5);
        } finally {
            root.detachAppender(log);
        }

        assertThat(log.list).isNotEmpty().allSatisfy(event -> {
            assertThat(event.getLevel()).isNotIn(Level.WARN, Level.ERROR);
            assertThat(event.getFormattedMessage()).doesNotContain(PASSWORD);
        });
    }

    @Test
    void unknownNameIsRejectedWithTheCorrectName() {
        SpringApplicationBuilder application = application(Map.of("CAMEL_COMPONENT_PUSHGATEWAY_MAX_RETRY", "5"));

        assertThatThrownBy(() -> application.run(NO_FILE))
                .hasStackTraceContaining("CAMEL_COMPONENT_PUSHGATEWAY_MAX_RETRY")
                .hasStackTraceContaining("write camel.component.pushgateway.max-retries");
    }

    @Test
    void springBoot4BringsJackson3() {
        boolean springBoot4 = System.getProperty("spring-boot.version").startsWith("4.");

        assertThat(getClass().getResource("/com/fasterxml/jackson/core/JsonFactory.class"))
                .isNotNull();
        assertThat(getClass().getResource("/tools/jackson/core/TokenStreamFactory.class") != null)
                .isEqualTo(springBoot4);
    }
}
