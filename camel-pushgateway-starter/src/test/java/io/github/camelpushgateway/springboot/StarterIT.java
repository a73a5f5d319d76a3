package io.github.camelpushgateway.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camelpushgateway.GatewayConfiguration;
import io.github.camelpushgateway.PushgatewayComponent;
import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.metrics.Escaping;
import io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.test.infra.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;

/** Spring Boot applications with and without the starter, with real gateways. */
class StarterIT {

    private static final TestCertificates CERTIFICATES = TestCertificates.create();

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    @RegisterExtension
    static final PushgatewayExtension TLS = new PushgatewayExtension(
            PushgatewaySetup.plain().withTls(CERTIFICATES).withBasicAuth("ops", "pa55-B00T"));

    private static ConfigurableApplicationContext start(Class<?> application, Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("logging.level.root", "warn");
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .properties(all)
                .logStartupInfo(false)
                .run();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Routes {

        @Bean
        RouteBuilder routes() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:boot").routeId("nightly-boot").to("pushgateway:boot?metricName=rows");
                    from("direct:other").routeId("other").log("nothing to report");
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = PushgatewayAutoConfiguration.class)
    static class WithoutStarter extends Routes {}

    @Configuration(proxyBeanMethods = false)
    static class WithBeans extends Routes {

        @Bean
        SSLContextParameters trusted() throws IOException {
            Path file = Files.createTempFile("trusted", ".p12");
            file.toFile().deleteOnExit();
            Files.write(file, CERTIFICATES.pkcs12());
            KeyStoreParameters store = new KeyStoreParameters();
            store.setResource("file:" + file);
            store.setType("PKCS12");
            store.setPassword("changeit");
            TrustManagersParameters trust = new TrustManagersParameters();
            trust.setKeyStore(store);
            SSLContextParameters parameters = new SSLContextParameters();
            parameters.setTrustManagers(trust);
            return parameters;
        }

        @Bean
        PushgatewayHandler tokens() {
            return (request, next) -> next.handle(request);
        }
    }

    /** Routes with endpoints in a split or multicast, which Camel starts before the component. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class WithEarlyEndpoints {

        @Bean
        RouteBuilder early() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    onException(IllegalStateException.class)
                            .handled(true)
                            .multicast()
                            .to("pushgateway:boot-failed?operation=report");
                    onCompletion().to("pushgateway:boot-completed?operation=report");
                    from("direct:boot")
                            .split(body())
                            .to("pushgateway:boot-split?metricName=rows")
                            .end()
                            .throwException(new IllegalStateException("expected failure"));
                }
            };
        }
    }

    private static void send(ConfigurableApplicationContext application, String to, Object body) {
        application.getBean(ProducerTemplate.class).sendBody(to, body);
    }

    private static GatewayConfiguration configuration(ConfigurableApplicationContext application) {
        return application
                .getBean(CamelContext.class)
                .getComponent("pushgateway", PushgatewayComponent.class)
                .getConfiguration();
    }

    /** The reason for the starter: Camel on Spring Boot ignores properties of components without a starter. */
    @Test
    void propertiesAreSilentlyIgnoredWithoutStarter() {
        try (var application = start(WithoutStarter.class, Map.of("camel.component.pushgateway.url", GATEWAY.url()))) {
            assertThat(configuration(application).getUrl()).isEqualTo("http://localhost:9091");
        }
    }

    @Test
    void urlIsSetByProperty() {
        try (var application = start(Routes.class, Map.of("camel.component.pushgateway.url", GATEWAY.url()))) {
            send(application, "direct:boot", 42);

            assertThat(GATEWAY.group("job", "boot").orElseThrow().value("rows")).isEqualTo(42);
        }
    }

    @Test
    void endpointsStartedBeforeComponentWork() {
        try (var application =
                start(WithEarlyEndpoints.class, Map.of("camel.component.pushgateway.url", GATEWAY.url()))) {
            send(application, "direct:boot", 42);

            await().until(() -> GATEWAY.group("job", "boot-completed").isPresent());
            assertThat(GATEWAY.group("job", "boot-split").orElseThrow().value("rows"))
                    .isEqualTo(42);
            assertThat(GATEWAY.group("job", "boot-failed")).isPresent();
        }
    }

    @Test
    void optionsAreReadInEachSpelling() {
        Map<String, Object> properties = Map.of(
                "camel.component.pushgateway.maxRetries",
                7,
                "camel.component.pushgateway.retry-delay",
                "1m30s",
                "camel.component.pushgateway.CONNECTTIMEOUT",
                "250",
                "camel.component.pushgateway.format",
                "Text",
                "camel.component.pushgateway.compression",
                "GZIP",
                "camel.component.pushgateway.escaping",
                "Underscores",
                "camel.component.pushgateway.http-header.X-Scope-OrgID",
                "tenant",
                "camel.component.pushgateway.coalesce",
                "${coalesce:false}",
                "camel.component.pushgateway.handler",
                "#tokens",
                "camel.component.pushgateway.customizer.enabled",
                "true");
        try (var application = start(WithBeans.class, properties)) {
            GatewayConfiguration configuration = configuration(application);
            assertThat(configuration.getMaxRetries()).isEqualTo(7);
            assertThat(configuration.getRetryDelay()).isEqualTo(90_000);
            assertThat(configuration.getConnectTimeout()).isEqualTo(250);
            assertThat(configuration.getFormat()).isEqualTo(Format.TEXT);
            assertThat(configuration.getCompression()).isEqualTo(Compression.GZIP);
            assertThat(configuration.getEscaping()).isEqualTo(Escaping.UNDERSCORES);
            assertThat(configuration.getHttpHeader()).isEqualTo(Map.of("X-Scope-OrgID", "tenant"));
            assertThat(configuration.isCoalesce()).isFalse();
            assertThat(configuration.getHandler()).isSameAs(application.getBean("tokens"));
            assertThat(configuration.getRequestTimeout()).isEqualTo(30_000);
        }
    }

    /** A container may have no file with properties. */
    @Test
    void environmentVariablesSetAllOptions() {
        Map<String, Object> variables = Map.of(
                "CAMEL_COMPONENT_PUSHGATEWAY_URL",
                GATEWAY.url(),
                "CAMEL_COMPONENT_PUSHGATEWAY_MAX_RETRIES",
                "5",
                "CAMEL_COMPONENT_PUSHGATEWAY_HTTP_HEADER",
                "X-Scope-OrgID=tenant",
                "CAMEL_PUSHGATEWAY_REPORT_ROUTES",
                "nightly-*",
                "CAMEL_PUSHGATEWAY_REPORT_URI",
                "pushgateway:variables");
        StandardEnvironment environment = new StandardEnvironment() {
            @Override
            public Map<String, Object> getSystemEnvironment() {
                return variables;
            }
        };
        try (var application = new SpringApplicationBuilder(Routes.class)
                .environment(environment)
                .web(WebApplicationType.NONE)
                .properties("logging.level.root=warn")
                .logStartupInfo(false)
                .run()) {
            send(application, "direct:boot", 42);

            assertThat(configuration(application).getMaxRetries()).isEqualTo(5);
            assertThat(configuration(application).getHttpHeader()).isEqualTo(Map.of("X-Scope-OrgID", "tenant"));
            await().until(() -> GATEWAY.group("job", "variables").isPresent());
        }
    }

    @Test
    void blankPropertiesAreUnset() {
        Map<String, Object> properties = new HashMap<>();
        for (String option : List.of(
                "url",
                "username",
                "password",
                "bearer-token",
                "http-header",
                "http-header.X-Key",
                "retry-delay",
                "max-retries",
                "format",
                "coalesce",
                "handler",
                "ssl-context-parameters",
                "use-global-ssl-context-parameters")) {
            properties.put("camel.component.pushgateway." + option, option.equals("url") ? GATEWAY.url() : " ");
        }
        properties.remove("camel.component.pushgateway.http-header");
        try (var application = start(Routes.class, properties)) {
            send(application, "direct:boot", 43);

            assertThat(GATEWAY.group("job", "boot").orElseThrow().value("rows")).isEqualTo(43);
            assertThat(configuration(application).getRetryDelay()).isEqualTo(500);
            assertThat(configuration(application).getUsername()).isNull();
        }
        try (var application = start(
                Routes.class,
                Map.of(
                        "camel.pushgateway.report.routes",
                        "none-*",
                        "camel.pushgateway.report.uri",
                        "",
                        "camel.component.pushgateway.url",
                        "",
                        "camel.component.pushgateway.http-header",
                        "",
                        "camel.component.pushgateway.configuration.bearer-token",
                        "b00t-T0KEN",
                        "camel.component.pushgateway.configuration.connectTimeout",
                        "2S"))) {
            assertThat(configuration(application).getUrl()).isEqualTo("http://localhost:9091");
            assertThat(configuration(application).getBearerToken()).isEqualTo("b00t-T0KEN");
            assertThat(configuration(application).getConnectTimeout()).isEqualTo(2_000);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class NoRoutes {}

    /** Invalid options fail the start even if no route uses the component. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-retry | 7 | is not an option of the component; write camel.component.pushgateway.max-retries",
                "max-retries | abc | maxRetries is 'abc', which is not a number; write a whole number such as 3",
                "retry-delay | 1mo | retryDelay is '1mo', which is not a duration; write it as 500ms, 10s, 1m30s, 24h or 7d, with"
                        + " the largest unit first",
                "configuration.retry-delay | 1M | retryDelay is '1M', which is not a duration; write it as 500ms, 10s, 1m30s, 24h or"
                        + " 7d, with the largest unit first",
                "format | txet | format is 'txet'; write one of text, protobuf"
            })
    void invalidOptionFailsStart(String option, String value, String expectedMessage) {
        assertThatThrownBy(() -> start(NoRoutes.class, Map.of("camel.component.pushgateway." + option, value)))
                .hasMessageContaining("camel.component.pushgateway: ")
                .hasMessageEndingWith(expectedMessage);
    }

    @Test
    void unknownReportPropertyFailsStart() {
        assertThatThrownBy(() -> start(NoRoutes.class, Map.of("camel.pushgateway.report.route", "nightly-*")))
                .hasStackTraceContaining("unknown property camel.pushgateway.report.route; use one of"
                        + " camel.pushgateway.report.routes, camel.pushgateway.report.uri, ");
    }

    @Test
    void expressionThatSpringBootResolvesIsRejected() {
        assertThatThrownBy(() -> start(
                        Routes.class,
                        Map.of(
                                "camel.pushgateway.report.routes",
                                "nightly-*",
                                "camel.pushgateway.report.uri",
                                "pushgateway:${routeId}")))
                .hasStackTraceContaining(
                        "camel.pushgateway.report.uri contains ${...}, which Spring Boot resolves; write an"
                                + " expression of Camel as $simple{...}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nightly-* | INFO | Reporting the runs of nightly-boot to http://",
                "nigthly-* | WARN | no route has an id that matches 'nigthly-*'; correct the pattern; the ids are nightly-boot, other"
            })
    void logNamesReportedRoutes(String routes, String level, String expectedMessage) {
        Logger logger = (Logger) LoggerFactory.getLogger(PushgatewayRoutePolicyFactory.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        // after Spring Boot has configured logging and before Camel starts
        try (var application = new SpringApplicationBuilder(Routes.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "camel.component.pushgateway.url=" + GATEWAY.url(),
                        "camel.pushgateway.report.routes=" + routes,
                        "logging.level.root=warn")
                .initializers(context -> {
                    logger.setLevel(Level.INFO);
                    logger.addAppender(log);
                })
                .logStartupInfo(false)
                .run()) {
            assertThat(application.isActive()).isTrue();
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }

        assertThat(log.list).singleElement().asString().contains(level, expectedMessage);
    }

    /** A list in YAML is passed as indexed properties. */
    @Test
    void reportedRoutesMayBeList() {
        Map<String, Object> properties = Map.of(
                "camel.component.pushgateway.url",
                GATEWAY.url(),
                "camel.pushgateway.report.routes[0]",
                "other",
                "camel.pushgateway.report.routes[1]",
                "more-*");
        try (var application = start(Routes.class, properties)) {
            send(application, "direct:other", 1);

            await().untilAsserted(
                            () -> assertThat(GATEWAY.group("job", "other")).isPresent());
        }
    }

    @Test
    void emptyRoutesPropertyDisablesReports() {
        try (var application = start(Routes.class, Map.of("camel.pushgateway.report.routes", ""))) {
            assertThat(application.getBean(CamelContext.class).getRoutePolicyFactories())
                    .isEmpty();
        }
    }

    @Test
    void starterCanBeDisabled() {
        for (String off :
                new String[] {"camel.component.pushgateway.customizer.enabled", "camel.component.pushgateway.enabled"
                }) {
            try (var application =
                    start(Routes.class, Map.of("camel.component.pushgateway.url", GATEWAY.url(), off, "false"))) {
                assertThat(configuration(application).getUrl()).as(off).isEqualTo("http://localhost:9091");
            }
        }
    }

    @Test
    void credentialsAndTlsAreSetByProperties() {
        Map<String, Object> properties = Map.of(
                "camel.component.pushgateway.url",
                TLS.url(),
                "camel.component.pushgateway.username",
                "ops",
                "camel.component.pushgateway.password",
                "pa55-B00T",
                "camel.component.pushgateway.ssl-context-parameters",
                "#bean:trusted");
        try (var application = start(WithBeans.class, properties)) {
            send(application, "direct:boot", 43);

            assertThat(TLS.group("job", "boot").orElseThrow().value("rows")).isEqualTo(43);
        }
    }

    @Test
    void reportsAreConfiguredByProperties() {
        Map<String, Object> properties = Map.of(
                "camel.component.pushgateway.url",
                GATEWAY.url(),
                "camel.pushgateway.report.routes",
                "nightly-*",
                "camel.pushgateway.report.uri",
                "pushgateway:reported-$simple{routeId}?reportPrefix=batch&records=$simple{body}");
        try (var application = start(Routes.class, properties)) {
            send(application, "direct:boot", 7);
            send(application, "direct:other", 1);

            await().untilAsserted(() ->
                    assertThat(GATEWAY.group("job", "reported-nightly-boot")).isPresent());
            assertThat(GATEWAY.group("job", "reported-nightly-boot")
                            .orElseThrow()
                            .value("batch_success"))
                    .isEqualTo(1);
            assertThat(GATEWAY.group("job", "reported-nightly-boot")
                            .orElseThrow()
                            .value("batch_records_processed"))
                    .isEqualTo(7);
            assertThat(GATEWAY.group("job", "reported-other")).isEmpty();
        }
    }

    @Test
    void nothingIsReportedWithoutRoutesProperty() {
        try (var application = start(Routes.class, Map.of("camel.component.pushgateway.url", GATEWAY.url()))) {
            send(application, "direct:other", 1);

            assertThat(application.getBean(CamelContext.class).getRoutePolicyFactories())
                    .isEmpty();
        }
    }
}
