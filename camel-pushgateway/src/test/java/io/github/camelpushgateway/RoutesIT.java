package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same route in Java, YAML and XML on Camel Main, with a real gateway. */
class RoutesIT {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    private static final String YAML = """
            - route:
                from:
                  uri: direct:done
                  steps:
                    - to:
                        uri: pushgateway:yaml job/a
                        parameters:
                          operation: push
                          groupingKey.region: eu
                          groupingKey.path: /in,box
                          metricName: job_last_success_unixtime
                          metricValue: now
            """;

    private static final String XML = """
            <routes>
              <route>
                <from uri="direct:done"/>
                <to uri="pushgateway:xml job%2Fa?operation=push&amp;groupingKey=region=eu&amp;groupingKey.path=/in,box&amp;metricName=job_last_success_unixtime&amp;metricValue=now"/>
              </route>
            </routes>
            """;

    private static final RoutesBuilder JAVA = new RouteBuilder() {
        @Override
        public void configure() {
            from("direct:done")
                    .to("pushgateway:java job%2Fa?operation=push&groupingKey=region=eu&groupingKey.path=/in,box"
                            + "&metricName=job_last_success_unixtime&metricValue=now");
        }
    };

    interface Loading {
        void into(CamelContext context) throws Exception;
    }

    static Stream<Arguments> languages() {
        return Stream.of(
                Arguments.of("java", (Loading) context -> context.addRoutes(JAVA)),
                Arguments.of("yaml", (Loading) context -> load(context, "route.yaml", YAML)),
                Arguments.of("xml", (Loading) context -> load(context, "route.xml", XML)));
    }

    private static void load(CamelContext context, String name, String text) throws Exception {
        Resource resource = ResourceHelper.fromString(name, text);
        PluginHelper.getRoutesLoader(context).loadRoutes(resource);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("languages")
    void routePushesTimeOfSuccess(String language, Loading loading) throws Exception {
        Main main = new Main();
        main.addInitialProperty("camel.component.pushgateway.url", GATEWAY.url());
        main.start();
        try {
            loading.into(main.getCamelContext());
            long before = Instant.now().getEpochSecond();

            Object body = main.getCamelTemplate().requestBody("direct:done", "the body");

            assertThat(body).isEqualTo("the body");
            PushgatewayGroup group = GATEWAY.group("job", language + " job/a", "region", "eu", "path", "/in,box")
                    .orElseThrow();
            assertThat(group.family("job_last_success_unixtime").type()).isEqualTo("GAUGE");
            assertThat(group.value("job_last_success_unixtime"))
                    .isBetween((double) before, (double) Instant.now().getEpochSecond());
        } finally {
            main.stop();
        }
    }

    static Stream<Arguments> languagesWithRegistry() {
        String yaml = """
                - route:
                    from:
                      uri: direct:all
                      steps:
                        - to:
                            uri: pushgateway:yaml registry
                            parameters:
                              registry: "#metrics"
                              metricFilter: "*_rows,!camel_*"
                """;
        String xml = """
                <routes>
                  <route>
                    <from uri="direct:all"/>
                    <to uri="pushgateway:xml registry?registry=#metrics&amp;metricFilter=*_rows,!camel_*"/>
                  </route>
                </routes>
                """;
        RoutesBuilder java = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:all").to("pushgateway:java registry?registry=#metrics&metricFilter=*_rows,!camel_*");
            }
        };
        return Stream.of(
                Arguments.of("java", (Loading) context -> context.addRoutes(java)),
                Arguments.of("yaml", (Loading) context -> load(context, "route.yaml", yaml)),
                Arguments.of("xml", (Loading) context -> load(context, "route.xml", xml)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("languagesWithRegistry")
    void routeSendsRegistry(String language, Loading loading) throws Exception {
        PrometheusRegistry registry = new PrometheusRegistry();
        Gauge.builder().name("loaded_rows").register(registry).set(42);
        Gauge.builder().name("camel_rows").register(registry).set(1);
        Gauge.builder().name("other").register(registry).set(1);
        Main main = new Main();
        main.addInitialProperty("camel.component.pushgateway.url", GATEWAY.url());
        main.bind("metrics", registry);
        main.start();
        try {
            loading.into(main.getCamelContext());

            main.getCamelTemplate().sendBody("direct:all", "the body");

            PushgatewayGroup group =
                    GATEWAY.group("job", language + " registry").orElseThrow();
            assertThat(group.value("loaded_rows")).isEqualTo(42);
            assertThat(group.has("camel_rows") || group.has("other")).isFalse();
        } finally {
            main.stop();
        }
    }

    @Test
    void propertiesSetComponentOptions() {
        Main main = new Main();
        main.addInitialProperty("camel.component.pushgateway.username", "ops");
        main.addInitialProperty("camel.component.pushgateway.password", "a b+c");
        main.addInitialProperty("camel.component.pushgateway.http-header[X-Scope-OrgID]", "tenant");
        main.addInitialProperty("camel.component.pushgateway.max-retries", "5");
        main.addInitialProperty("camel.component.pushgateway.on-push-failure", "warn");
        main.start();
        try {
            GatewayConfiguration options = main.getCamelContext()
                    .getEndpoint("pushgateway:a", PushgatewayEndpoint.class)
                    .getGateway();

            assertThat(options.getUsername()).isEqualTo("ops");
            assertThat(options.getPassword()).isEqualTo("a b+c");
            assertThat(options.getHttpHeader()).containsEntry("X-Scope-OrgID", "tenant");
            assertThat(options.getMaxRetries()).isEqualTo(5);
            assertThat(options.getOnPushFailure()).isEqualTo(PushFailurePolicy.WARN);
        } finally {
            main.stop();
        }
    }

    @Test
    void groupIsDeletedByHeadersThatAreThenRemoved() throws Exception {
        Main main = new Main();
        main.addInitialProperty("camel.component.pushgateway.url", GATEWAY.url());
        main.start();
        try {
            load(main.getCamelContext(), "delete.yaml", """
                    - route:
                        from:
                          uri: direct:delete
                          steps:
                            - setHeader: { name: CamelPushgatewayJob, simple: "${body[job]}" }
                            - setHeader: { name: CamelPushgatewayGroupingKey, simple: "region=${body[region]}" }
                            - to: pushgateway:any?operation=delete
                            - removeHeaders: { pattern: "CamelPushgateway*" }
                            - to: pushgateway:cleaner?metricName=deleted&metricValue=1
                    """);
            main.getCamelTemplate().sendBody("pushgateway:old?groupingKey=region=eu&metricName=x", 1);

            main.getCamelTemplate().sendBody("direct:delete", Map.of("job", "old", "region", "eu"));

            await().until(() -> GATEWAY.group("job", "old", "region", "eu").isEmpty());
            assertThat(GATEWAY.group("job", "cleaner").orElseThrow().value("deleted"))
                    .isEqualTo(1);
        } finally {
            main.stop();
        }
    }

    @Test
    void unknownOptionPreventsStartOfRoute() throws Exception {
        Main main = new Main();
        main.start();
        try {
            assertThatThrownBy(
                            () -> load(main.getCamelContext(), "route.yaml", YAML.replace("metricValue", "metricVlue")))
                    .hasStackTraceContaining("metricVlue");
        } finally {
            main.stop();
        }
    }
}
