package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpushgateway.reference.UndocumentedDefaults;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the metadata says about each option of the component and of an endpoint holds for a real component and endpoint. */
class ReferenceTest {

    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();

    /** Options that a consumer accepts and that have an effect only on pushes. The component has them as well. */
    private static final Set<String> ONLY_FOR_PUSHES =
            Set.of("accumulateRefresh", "coalesce", "compression", "format", "onPushFailure");

    @BeforeAll
    static void start() {
        CONTEXT.start();
    }

    @AfterAll
    static void stop() {
        CONTEXT.stop();
    }

    /**
     * Option in the metadata.
     *
     * @param of the component or the endpoint
     */
    record Option(String of, String name, JsonNode metadata) {

        private Object target() {
            return of.equals("endpoint") ? CONTEXT.getEndpoint("pushgateway:a") : component();
        }

        private PropertyConfigurerGetter configurer() {
            return (PropertyConfigurerGetter)
                    (of.equals("endpoint")
                            ? component().getEndpointPropertyConfigurer()
                            : component().getComponentPropertyConfigurer());
        }

        /** Returns the value that the option has if it is not set. Only a consumer has the defaults of its times. */
        @Nullable
        Object realDefault() throws Exception {
            Object target = target();
            return target instanceof PushgatewayEndpoint endpoint && name.matches("delay|initialDelay")
                    ? timeOfConsumer(endpoint)
                    : configurer().getOptionValue(target, name, false);
        }

        private long timeOfConsumer(PushgatewayEndpoint endpoint) throws Exception {
            ScheduledPollConsumer consumer = (ScheduledPollConsumer) endpoint.createConsumer(exchange -> {});
            return name.equals("delay") ? consumer.getDelay() : consumer.getInitialDelay();
        }

        List<String> values() {
            List<String> values = new ArrayList<>();
            metadata.path("enum").forEach(value -> values.add(value.asText()));
            return values;
        }

        /** Returns a text that differs from the default. */
        String validText() {
            return switch (text("type")) {
                case "boolean" -> String.valueOf(!metadata.get("defaultValue").asBoolean());
                case "integer" -> "7";
                case "duration" -> "1m30s";
                case "enum" -> values().get(values().size() - 1);
                default ->
                    switch (name) {
                        case "url" -> "http://localhost:1";
                        case "metricValue" -> "7";
                        default -> "text";
                    };
            };
        }

        Class<?> realType() {
            return configurer().getOptionType(name, false);
        }

        String text(String field) {
            return metadata.path(field).asText();
        }

        @Override
        public String toString() {
            return of + "." + name;
        }
    }

    private static PushgatewayComponent component() {
        return CONTEXT.getComponent("pushgateway", PushgatewayComponent.class);
    }

    private static JsonNode metadata() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                ReferenceTest.class.getResourceAsStream("/META-INF/io/github/camelpushgateway/pushgateway.json"))) {
            return new ObjectMapper().readTree(in);
        }
    }

    static List<Option> options() throws IOException {
        List<Option> options = new ArrayList<>();
        metadata()
                .get("properties")
                .properties()
                .forEach(option -> options.add(new Option("endpoint", option.getKey(), option.getValue())));
        metadata()
                .get("componentProperties")
                .properties()
                .forEach(option -> options.add(new Option("component", option.getKey(), option.getValue())));
        assertThat(options).hasSizeGreaterThan(100);
        options.removeIf(option -> option.name().equals("job"));
        return options;
    }

    @ParameterizedTest
    @MethodSource("options")
    void documentedDefaultIsTheRealOne(Option option) throws Exception {
        JsonNode documented = option.metadata().path("defaultValue");
        Object real = option.realDefault();

        if (documented.isMissingNode()) {
            assertThat(real)
                    .satisfiesAnyOf(
                            value -> assertThat(value).isNull(),
                            value -> assertThat(value).isEqualTo(Map.of()),
                            value -> assertThat(value).isInstanceOf(GatewayConfiguration.class),
                            value -> assertThat(UndocumentedDefaults.VALUES)
                                    .contains(Map.entry(option.name(), String.valueOf(value))));
        } else if (option.text("type").equals("duration")) {
            assertThat(millis(documented.asText())).isEqualTo(real);
        } else {
            assertThat(String.valueOf(real)).isEqualToIgnoringCase(documented.asText());
        }
    }

    @ParameterizedTest
    @EnumSource(TimeUnit.class)
    void documentedDefaultsOfPollTimesHoldForEachTimeUnit(TimeUnit unit) throws Exception {
        PushgatewayEndpoint endpoint = CONTEXT.getEndpoint("pushgateway:a?timeUnit=" + unit, PushgatewayEndpoint.class);

        ScheduledPollConsumer consumer = (ScheduledPollConsumer) endpoint.createConsumer(exchange -> {});

        JsonNode options = metadata().get("properties");
        assertThat(consumer.getTimeUnit().toMillis(consumer.getDelay()))
                .isEqualTo(millis(options.at("/delay/defaultValue").asText()));
        assertThat(consumer.getTimeUnit().toMillis(consumer.getInitialDelay()))
                .isEqualTo(millis(options.at("/initialDelay/defaultValue").asText()));
    }

    /** The component aws2-sqs inherits the same options of Camel. Their descriptions also describe other components. */
    @Test
    void descriptionsOfCamelAreReplaced() throws IOException {
        ComponentModel other = new DefaultCamelCatalog().componentModel("aws2-sqs");
        Map<String, String> descriptionsOfCamel = Stream.concat(
                        other.getEndpointOptions().stream(), other.getComponentOptions().stream())
                .collect(Collectors.toMap(
                        BaseOptionModel::getName, BaseOptionModel::getDescription, (first, second) -> first));

        List<Option> inherited = options().stream()
                .filter(option -> descriptionsOfCamel.containsKey(option.name()))
                .toList();

        assertThat(inherited)
                .extracting(Option::name)
                .contains("sendEmptyMessageWhenIdle", "exceptionHandler", "autowiredEnabled", "timeUnit")
                .hasSizeGreaterThanOrEqualTo(25);
        assertThat(inherited)
                .allSatisfy(option ->
                        assertThat(option.text("description")).isNotEqualTo(descriptionsOfCamel.get(option.name())));
    }

    private static long millis(String duration) {
        return CONTEXT.getTypeConverter().convertTo(Duration.class, duration).toMillis();
    }

    @ParameterizedTest
    @MethodSource("options")
    void documentedTypeIsTheRealOne(Option option) {
        assertThat(option.text("javaType").replaceFirst("<.*", ""))
                .isEqualTo(option.realType().getName());
    }

    /** The case of values does not matter. */
    @ParameterizedTest
    @MethodSource("options")
    void documentedValuesAreTheRealOnes(Option option) {
        Object[] constants = option.realType().getEnumConstants();
        List<String> real = constants == null
                ? List.of()
                : Arrays.stream(constants).map(Object::toString).toList();

        assertThat(option.values())
                .usingElementComparator(String::compareToIgnoreCase)
                .containsExactlyInAnyOrderElementsOf(real);
    }

    /** Tools offer an option only for consumers or producers if its labels say so. */
    @ParameterizedTest
    @MethodSource("optionsOfEndpoints")
    void consumerAcceptsOptionsExceptThoseOfProducers(Option option) throws Exception {
        String uri = "pushgateway:a?staleAfter=2x&" + option.name() + '=' + option.validText();
        PushgatewayEndpoint endpoint = CONTEXT.getEndpoint(
                option.name().equals("staleAfter") ? "pushgateway:a?staleAfter=2x" : uri, PushgatewayEndpoint.class);
        boolean ofProducers = List.of(option.text("label").split(",")).contains("producer");

        if (!ofProducers) {
            assertThat(endpoint.createConsumer(exchange -> {})).isNotNull();
        } else if (!ONLY_FOR_PUSHES.contains(option.name())) {
            assertThatThrownBy(() -> endpoint.createConsumer(exchange -> {}))
                    .hasMessageContaining(
                            option.name().equals("operation")
                                    ? "a consumer only lists groups"
                                    : "has no effect on a consumer");
        }
    }

    @Test
    void headerDescriptionListsTheOperationsThatAHeaderCanSelect() throws IOException {
        String description =
                metadata().at("/headers/CamelPushgatewayOperation/description").asText();

        assertThat(Arrays.stream(PushgatewayOperation.values())
                        .filter(operation -> description.matches(".*\\b" + operation + "\\b.*")))
                .containsExactlyElementsOf(
                        EnumSet.complementOf(EnumSet.of(PushgatewayOperation.SWEEP, PushgatewayOperation.WIPE)));
    }

    /** Returns the options of this component that can be set to a single text. */
    static List<Option> optionsOfEndpoints() throws IOException {
        return options().stream()
                .filter(option -> option.of().equals("endpoint")
                        && option.metadata().has("configurationField")
                        && !option.text("type").equals("object")
                        && !option.text("label").equals("security"))
                .toList();
    }
}
