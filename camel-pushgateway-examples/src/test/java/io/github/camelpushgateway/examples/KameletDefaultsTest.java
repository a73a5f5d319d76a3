package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.PushgatewayComponent;
import io.github.camelpushgateway.PushgatewayEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The documented default of each property of the Kamelets is that of the endpoint in a started route. */
class KameletDefaultsTest {

    private static final String JOB = "job";

    private static final Pattern URI = Pattern.compile("pushgateway:(.+)");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

    /** The job of an endpoint without options. */
    private static final String PLAIN = "plain";

    /** Values of options of the component that differ from their defaults. */
    private static final Map<String, String> COMPONENT_VALUES = Map.of(
            "bearerToken", "token",
            "onPushFailure", "warn",
            "password", "secret",
            "url", "http://localhost:1",
            "username", "ops");

    /** Options of the component that are rejected without each other. */
    private static final List<String> CREDENTIALS = List.of("username", "password");

    private final DefaultCamelContext context = new DefaultCamelContext();

    /**
     * Property of a Kamelet that is not required.
     *
     * @param option the option of the endpoint that the template sets to the property
     * @param required the parameters of a route with the required properties only
     */
    record Property(String kamelet, String name, String defaultValue, String option, String required) {

        @Override
        public String toString() {
            return kamelet + "." + name;
        }
    }

    static List<Property> properties() throws Exception {
        List<Property> properties = new ArrayList<>();
        try (DefaultCamelContext scanner = new DefaultCamelContext()) {
            for (Resource file : PluginHelper.getPackageScanResourceResolver(scanner)
                    .findResources("classpath:kamelets/pushgateway-*.kamelet.yaml")) {
                properties.addAll(properties(file));
            }
        }
        return properties;
    }

    private static List<Property> properties(Resource file) throws IOException {
        Map<?, ?> kamelet;
        try (InputStream in = file.getInputStream()) {
            kamelet = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
        }
        Map<?, ?> spec = map(kamelet.get("spec"));
        Map<?, ?> definition = map(spec.get("definition"));
        Map<?, ?> declared = map(definition.get("properties"));
        Collection<?> required = (Collection<?>) Objects.requireNonNull(definition.get("required"));
        String parameters = required.stream()
                .map(name -> name + "=" + map(declared.get(name)).get("example"))
                .collect(Collectors.joining("&"));
        Map<String, String> options = options(spec.get("template"));
        List<Property> properties = new ArrayList<>();
        declared.forEach((name, property) -> {
            if (!required.contains(name)) {
                properties.add(new Property(
                        String.valueOf(map(kamelet.get("metadata")).get("name")),
                        name.toString(),
                        Objects.requireNonNull(map(property).get("default"), name + " has no default")
                                .toString(),
                        Objects.requireNonNull(options.get(name), name + " is not in the template"),
                        parameters));
            }
        });
        return properties;
    }

    /** Returns the options of the endpoint in a template, by the property to which the template sets them. */
    private static Map<String, String> options(@Nullable Object template) {
        Map<String, String> options = new HashMap<>();
        if (template instanceof Map<?, ?> step) {
            Matcher uri = URI.matcher(String.valueOf(step.get("uri")));
            if (uri.matches()) {
                add(options, JOB, uri.group(1));
                map(step.get("parameters")).forEach((option, value) -> add(options, option.toString(), value));
            }
            step.values().forEach(value -> options.putAll(options(value)));
        } else if (template instanceof List<?> steps) {
            steps.forEach(step -> options.putAll(options(step)));
        }
        return options;
    }

    private static void add(Map<String, String> options, String option, Object value) {
        Matcher placeholder = PLACEHOLDER.matcher(value.toString());
        if (placeholder.matches()) {
            options.put(placeholder.group(1), option);
        }
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    @ParameterizedTest
    @MethodSource("properties")
    void missingPropertyHasTheDocumentedDefault(Property property) throws Exception {
        String expected = property.defaultValue().isEmpty() ? configured(property) : property.defaultValue();

        PushgatewayEndpoint endpoint = start(property, property.required());

        assertThat(value(endpoint, property)).isEqualToIgnoringCase(expected);
    }

    static List<Property> propertiesWithoutDefault() throws Exception {
        return properties().stream()
                .filter(property -> property.defaultValue().isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("propertiesWithoutDefault")
    void emptyPropertyHasTheValueOfTheComponent(Property property) throws Exception {
        String expected = configured(property);

        PushgatewayEndpoint endpoint = start(property, property.required() + '&' + property.name() + '=');

        assertThat(value(endpoint, property)).isEqualToIgnoringCase(expected);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    /**
     * Sets the option of the component with the name of the property, and returns its value. If the component has no such option,
     * returns the value of an endpoint without options.
     */
    private String configured(Property property) {
        PropertyConfigurer configurer = component().getComponentPropertyConfigurer();
        if (((PropertyConfigurerGetter) configurer).getOptionType(property.option(), false) == null) {
            return value(context.getEndpoint("pushgateway:" + PLAIN, PushgatewayEndpoint.class), property);
        }
        if (CREDENTIALS.contains(property.option())) {
            CREDENTIALS.forEach(this::configure);
        } else {
            configure(property.option());
        }
        return componentValue(property.option());
    }

    private void configure(String option) {
        PushgatewayComponent component = component();
        component.getComponentPropertyConfigurer().configure(context, component, option, componentValue(option), false);
    }

    private static String componentValue(String option) {
        return Objects.requireNonNull(COMPONENT_VALUES.get(option), option);
    }

    /** Starts a route with the Kamelet, and returns the endpoint that it uses. */
    private PushgatewayEndpoint start(Property property, String parameters) throws Exception {
        String kamelet = "kamelet:" + property.kamelet() + '?' + parameters;
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                if (property.kamelet().endsWith("-source")) {
                    from(kamelet).to("mock:groups");
                } else {
                    from("direct:metrics").to(kamelet);
                }
            }
        });
        context.start();
        List<PushgatewayEndpoint> endpoints = context.getEndpoints().stream()
                .filter(PushgatewayEndpoint.class::isInstance)
                .map(PushgatewayEndpoint.class::cast)
                .filter(endpoint -> !endpoint.getJob().equals(PLAIN))
                .toList();
        assertThat(endpoints).hasSize(1);
        return endpoints.get(0);
    }

    private String value(PushgatewayEndpoint endpoint, Property property) {
        if (property.option().equals(JOB)) {
            return endpoint.getJob();
        }
        return String.valueOf(((PropertyConfigurerGetter) component().getEndpointPropertyConfigurer())
                .getOptionValue(endpoint, property.option(), false));
    }

    private PushgatewayComponent component() {
        return context.getComponent("pushgateway", PushgatewayComponent.class);
    }
}
