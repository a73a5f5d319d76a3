package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.testing.WireServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A blank option counts as unset, on the component and on an endpoint. */
class EmptyOptionsTest {

    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();

    @BeforeAll
    static void start() {
        CONTEXT.start();
    }

    @AfterAll
    static void stop() throws Exception {
        CONTEXT.close();
    }

    /** Returns all options in the metadata. */
    static Stream<String> options() {
        Set<String> names = new DefaultCamelContext()
                .getCamelContextExtension()
                .getEndpointUriFactory("pushgateway")
                .propertyNames();
        assertThat(names).hasSizeGreaterThan(50);
        return names.stream().filter(name -> !name.equals("job"));
    }

    @ParameterizedTest
    @MethodSource("options")
    void blankOptionIsUnsetOnEndpoint(String option) {
        PushgatewayEndpoint unset = CONTEXT.getEndpoint("pushgateway:a", PushgatewayEndpoint.class);
        PropertyConfigurerGetter values =
                (PropertyConfigurerGetter) unset.getComponent().getEndpointPropertyConfigurer();

        for (String empty : List.of("", " ", "RAW()")) {
            PushgatewayEndpoint endpoint =
                    CONTEXT.getEndpoint("pushgateway:a?" + option + "=" + empty, PushgatewayEndpoint.class);

            assertThat(values.getOptionValue(endpoint, option, false))
                    .isEqualTo(values.getOptionValue(unset, option, false));
            assertThat(endpoint.getConfiguration().getOptionNames()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("options")
    void blankOptionIsUnsetOnComponent(String option) {
        PushgatewayComponent component = component(Map.of(option, ""));
        PropertyConfigurer configurer = component.getComponentPropertyConfigurer();
        PropertyConfigurerGetter values = (PropertyConfigurerGetter) configurer;

        assertThat(values.getOptionValue(component, option, false))
                .isEqualTo(values.getOptionValue(component(Map.of()), option, false));
    }

    @Test
    void blankCredentialsOfComponentAreUnset() throws IOException {
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            GatewayConfiguration configuration = CONTEXT.getComponent("pushgateway", PushgatewayComponent.class)
                    .getConfiguration();
            configuration.setUsername("");
            configuration.setPassword(" ");
            configuration.setBearerToken("");
            configuration.setUrl("");
            configuration.getHttpHeader().put("X-Empty", "");
            try {
                CONTEXT.createProducerTemplate()
                        .sendBody(
                                "pushgateway:a?metricName=x&httpHeader.X-Blank= &httpHeader[X-None]=&url="
                                        + server.url(),
                                1);

                assertThat(server.requests())
                        .singleElement()
                        .satisfies(request -> assertThat(request.headers().keySet())
                                .doesNotContain("authorization", "x-empty", "x-blank", "x-none"));
                assertThat(configuration.getUrl()).isEqualTo("http://localhost:9091");
            } finally {
                configuration.setUsername(null);
                configuration.setPassword(null);
                configuration.setBearerToken(null);
                configuration.getHttpHeader().clear();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"username=&password=s3cret", "user-name= &password=s3cret", "USERNAME=RAW()&password=s3cret"})
    void passwordStillRequiresUsername(String options) {
        assertThatThrownBy(() -> CONTEXT.getEndpoint("pushgateway:a?" + options))
                .hasMessageContaining("password is set, but username is not")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void emptySampleLabelIsRemoved() {
        PushgatewayConfiguration options = CONTEXT.getEndpoint(
                        "pushgateway:a?labels={none=, one=1}&labels.stage=&labels[region]=&labels.blank=RAW( )",
                        PushgatewayEndpoint.class)
                .getConfiguration();

        assertThat(options.getLabels()).isEqualTo(Map.of("one", "1", "blank", " "));
    }

    @Test
    void emptyGroupLabelIsRejectedForPushButNotForDelete() {
        assertThatThrownBy(() -> CONTEXT.createProducerTemplate()
                        .sendBody("pushgateway:a?metricName=x&url=localhost:1&groupingKey.region=", 1))
                .hasStackTraceContaining("is empty, which Prometheus treats as a missing label");
        for (String spelling : List.of("groupingKey={region=}", "groupingKey=region=", "groupingKey[region]=")) {
            assertThatThrownBy(() -> CONTEXT.createProducerTemplate()
                            .sendBody("pushgateway:a?metricName=x&url=localhost:1&" + spelling, 1))
                    .hasStackTraceContaining("is empty, which Prometheus treats as a missing label");
        }
        assertThat(CONTEXT.getEndpoint("pushgateway:a?operation=delete&groupingKey.region=", PushgatewayEndpoint.class)
                        .getConfiguration()
                        .getGroupingKey())
                .isEqualTo(Map.of("region", ""));
    }

    private static PushgatewayComponent component(Map<String, String> options) {
        PushgatewayComponent component = new PushgatewayComponent();
        component.setCamelContext(CONTEXT);
        component.build();
        PropertyBindingSupport.build()
                .withConfigurer(component.getComponentPropertyConfigurer())
                .withIgnoreCase(true)
                .bind(CONTEXT, component, new HashMap<String, Object>(options));
        return component;
    }
}
