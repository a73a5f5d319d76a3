package io.github.camelpushgateway.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.camelpushgateway.PushgatewayComponent;
import io.github.camelpushgateway.PushgatewayPublisher;
import io.github.camelpushgateway.publisher.StopAction;
import io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The configuration metadata for IDEs contains each option of the component, with the description of the component's own metadata.
 * With {@code -Ddocs.update=true} the test writes the file instead.
 */
class MetadataTest {

    private static final Path FILE = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");
    private static final String COMPONENT_METADATA = "/META-INF/io/github/camelpushgateway/pushgateway.json";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private final List<Map<String, Object>> properties = new ArrayList<>();
    private final List<Map<String, Object>> hints = new ArrayList<>();

    @Test
    void metadataDescribesEachOption() throws IOException {
        component();
        starter();
        String expected = JSON.writeValueAsString(Map.of(
                        "groups",
                        List.of(
                                Map.of(
                                        "name",
                                        PushgatewayAutoConfiguration.COMPONENT,
                                        "type",
                                        PushgatewayComponent.class.getName()),
                                Map.of(
                                        "name",
                                        PublisherProperties.PREFIX,
                                        "type",
                                        PushgatewayPublisher.class.getName()),
                                Map.of(
                                        "name",
                                        ReportProperties.PREFIX,
                                        "type",
                                        PushgatewayRoutePolicyFactory.class.getName())),
                        "properties",
                        properties,
                        "hints",
                        hints))
                + "\n";

        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(FILE, expected, UTF_8);
        } else {
            assertThat(Files.readString(FILE, UTF_8)).isEqualTo(expected);
        }
    }

    /** The defaults of the options of the component are compared with a real component in its own module. */
    @Test
    void documentedDefaultsOfReportsAndPublisherAreTheRealOnes() {
        starter();
        PushgatewayPublisher publisher = new PushgatewayPublisher();
        StandardEnvironment environment = new StandardEnvironment();
        String routes = ReportProperties.PREFIX + ".routes";
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(routes, "any")));
        PushgatewayRoutePolicyFactory report = ReportProperties.factory(environment);
        Map<String, String> real = new TreeMap<>();
        real.put(PublisherProperties.URI, String.valueOf(publisher.getUri()));
        real.put(PublisherProperties.INTERVAL, String.valueOf(publisher.getInterval()));
        real.put(PublisherProperties.ON_STOP, publisher.getOnStop());
        real.put(routes, "null");
        real.put(ReportProperties.PREFIX + ".uri", report.getUri().replace("${", "$simple{"));
        real.put(ReportProperties.PREFIX + ".report-start", String.valueOf(report.isReportStart()));
        real.put(ReportProperties.PREFIX + ".report-interval", String.valueOf(report.getReportInterval()));
        real.put(ReportProperties.PREFIX + ".report-counters", String.valueOf(report.isReportCounters()));

        Map<String, String> documented = new TreeMap<>();
        for (Map<String, Object> property : properties) {
            JsonNode defaultValue = (JsonNode) property.get("defaultValue");
            documented.put((String) property.get("name"), defaultValue == null ? "null" : defaultValue.asText());
        }
        documented.keySet().removeIf(name -> name.startsWith(PushgatewayAutoConfiguration.COMPONENT));
        assertThat(documented).isEqualTo(real);
    }

    private void component() throws IOException {
        JsonNode options;
        try (InputStream in = Objects.requireNonNull(MetadataTest.class.getResourceAsStream(COMPONENT_METADATA))) {
            options = JSON.readTree(in).get("componentProperties");
        }
        assertThat(options.size()).isGreaterThan(15);
        options.properties().forEach(option -> {
            String name = PushgatewayAutoConfiguration.COMPONENT + '.' + OptionProperties.dashed(option.getKey());
            JsonNode metadata = option.getValue();
            property(name, type(metadata), metadata.get("description").asText(), metadata.get("defaultValue"));
            if (metadata.has("enum")) {
                List<Map<String, String>> values = new ArrayList<>();
                metadata.get("enum").forEach(value -> values.add(Map.of("value", value.asText())));
                hints.add(Map.of("name", name, "values", values));
            }
        });
    }

    /** Returns the type of the property. A duration is text in Camel's syntax, and an object is the name of a bean. */
    private static String type(JsonNode option) {
        return switch (option.get("javaType").asText()) {
            case "boolean" -> Boolean.class.getName();
            case "int" -> Integer.class.getName();
            case "java.util.Map<java.lang.String, java.lang.Object>" ->
                "java.util.Map<java.lang.String,java.lang.String>";
            default -> String.class.getName();
        };
    }

    private void starter() {
        String component = PushgatewayAutoConfiguration.COMPONENT;
        property(
                component + ".enabled",
                Boolean.class.getName(),
                "Whether the starter sets the options of the component from these properties.",
                JSON.getNodeFactory().booleanNode(true));
        property(
                component + ".customizer.enabled",
                Boolean.class.getName(),
                "Whether the starter sets these options when Camel creates the component. The value false sets no"
                        + " options, as enabled=false does.",
                JSON.getNodeFactory().booleanNode(true));
        property(
                PublisherProperties.URI,
                String.class.getName(),
                "The URI of an endpoint with the option registry, such as pushgateway:orders?registry=#prometheusMeterRegistry."
                        + " Its metrics are pushed at the interval and when the application stops. Without this property, nothing is"
                        + " published.",
                null);
        property(
                PublisherProperties.INTERVAL,
                String.class.getName(),
                "The time from the end of a push to the next one, as a duration such as 30s. Without this property, the metrics"
                        + " are pushed only when the application stops.",
                null);
        property(
                PublisherProperties.ON_STOP,
                String.class.getName(),
                "The action after the routes have stopped: push sends the final metrics, delete deletes the group, and none"
                        + " sends nothing.",
                JSON.getNodeFactory().textNode("push"));
        hints.add(Map.of(
                "name",
                PublisherProperties.ON_STOP,
                "values",
                Arrays.stream(StopAction.values())
                        .map(action -> Map.of("value", action.toString()))
                        .toList()));
        property(
                ReportProperties.PREFIX + ".routes",
                String.class.getName(),
                "The routes to report, as comma-separated patterns of route ids such as nightly-*,!nightly-test. Without this"
                        + " property, no route is reported.",
                null);
        property(
                ReportProperties.PREFIX + ".uri",
                String.class.getName(),
                "The URI of the endpoint that reports, with any options. $simple{routeId} is replaced with the id of the route.",
                JSON.getNodeFactory().textNode("pushgateway:$simple{routeId}"));
        property(
                ReportProperties.PREFIX + ".report-start",
                Boolean.class.getName(),
                "Whether to also report the start of each run. The start is sent when the run has lasted for a second.",
                JSON.getNodeFactory().booleanNode(false));
        property(
                ReportProperties.PREFIX + ".report-interval",
                String.class.getName(),
                "The time from one run of each job to the next, such as 24h. Each report contains it.",
                null);
        property(
                ReportProperties.PREFIX + ".report-counters",
                Boolean.class.getName(),
                "Whether to also report counters of runs, failures and records. The counters continue over restarts and JVMs. Only one"
                        + " JVM at a time may report to a group.",
                JSON.getNodeFactory().booleanNode(false));
    }

    private void property(String name, String type, String description, @Nullable JsonNode defaultValue) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("name", name);
        property.put("type", type);
        property.put("description", description);
        if (defaultValue != null) {
            property.put("defaultValue", defaultValue);
        }
        properties.add(property);
    }
}
