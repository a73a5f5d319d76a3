package io.github.camelpushgateway.kamelets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The validation rules of Camel's Kamelet catalog: names, types, titles, descriptions, descriptors, dependencies. */
class CatalogRulesTest {

    private static final Path FOLDER = Path.of("target/classes/kamelets");
    private static final String PASSWORD = "urn:alm:descriptor:com.tectonic.ui:password";
    private static final String CHECKBOX = "urn:alm:descriptor:com.tectonic.ui:checkbox";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\??)(\\w+)}}");

    static List<Path> kamelets() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    private static Map<?, ?> load(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
        }
    }

    private static Map<?, ?> map(Map<?, ?> root, String... path) {
        Map<?, ?> current = root;
        for (String name : path) {
            current = (Map<?, ?>) Objects.requireNonNull(current.get(name), name);
        }
        return current;
    }

    private static String text(Map<?, ?> map, String name) {
        return Objects.requireNonNull(map.get(name), name).toString();
    }

    @Test
    void moduleContainsThreeKamelets() throws IOException {
        assertThat(kamelets())
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "pushgateway-batch-report-action.kamelet.yaml",
                        "pushgateway-sink.kamelet.yaml",
                        "pushgateway-stale-source.kamelet.yaml");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void namesAndTitlesContainTheType(Path file) throws IOException {
        Map<?, ?> kamelet = load(file);
        String name = text(map(kamelet, "metadata"), "name");
        String type = text(map(kamelet, "metadata", "labels"), "camel.apache.org/kamelet.type");
        Map<?, ?> annotations = map(kamelet, "metadata", "annotations");
        Map<?, ?> definition = map(kamelet, "spec", "definition");

        assertThat(file.getFileName()).hasToString(name + ".kamelet.yaml");
        assertThat(type).isIn("sink", "source", "action");
        assertThat(name).endsWith("-" + type);
        assertThat(text(definition, "title"))
                .endsWith(type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1));
        assertThat(text(definition, "description")).isNotBlank();
        assertThat(text(definition, "type")).isEqualTo("object");
        assertThat(text(annotations, "camel.apache.org/kamelet.icon")).startsWith("data:image/svg+xml;base64,");
        assertThat(text(annotations, "camel.apache.org/provider")).isEqualTo("camel-pushgateway");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void propertiesAreDescribed(Path file) throws IOException {
        Map<?, ?> definition = map(load(file), "spec", "definition");
        Map<?, ?> properties = map(definition, "properties");
        for (Object required : (List<?>) Objects.requireNonNull(definition.get("required"))) {
            assertThat(properties.containsKey(required)).as(required.toString()).isTrue();
        }
        properties.forEach((name, value) -> {
            Map<?, ?> property = (Map<?, ?>) value;
            List<?> descriptors = property.get("x-descriptors") instanceof List<?> list ? list : List.of();
            assertThat(text(property, "type")).as("type of %s", name).isNotBlank();
            assertThat(text(property, "description"))
                    .as("description of %s", name)
                    .endsWith(".");
            assertThat(text(property, "title")).as("title of %s", name).doesNotMatch("(The|A|An) .*");
            assertThat(text(property, "title").split(" "))
                    .as("title of %s", name)
                    .allMatch(word -> Character.isUpperCase(word.charAt(0)));
            assertThat(descriptors.contains(PASSWORD))
                    .as("descriptor of %s", name)
                    .isEqualTo("password".equals(property.get("format")));
            assertThat(descriptors.contains(CHECKBOX))
                    .as("descriptor of %s", name)
                    .isEqualTo("boolean".equals(property.get("type")));
        });
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void templateUsesDeclaredPropertiesAndDependencies(Path file) throws IOException {
        Map<?, ?> spec = map(load(file), "spec");
        Map<?, ?> properties = map(spec, "definition", "properties");
        List<?> required = (List<?>) map(spec, "definition").get("required");
        Set<String> used = new TreeSet<>();
        Matcher placeholder = PLACEHOLDER.matcher(Files.readString(file));
        while (placeholder.find()) {
            String name = placeholder.group(2);
            used.add(name);
            boolean hasValue = Objects.requireNonNull(required).contains(name)
                    || (properties.get(name) instanceof Map<?, ?> property && property.containsKey("default"));
            assertThat(placeholder.group(1)).as(name).isEqualTo(hasValue ? "" : "?");
        }
        assertThat(used)
                .isEqualTo(new TreeSet<>(
                        properties.keySet().stream().map(Object::toString).toList()));
        List<?> dependencies = (List<?>) Objects.requireNonNull(spec.get("dependencies"));
        assertThat(dependencies)
                .extracting(Object::toString)
                .contains("camel:core", "camel:kamelet")
                .anyMatch(dependency ->
                        dependency.matches("mvn:io\\.github\\.camel-pushgateway:camel-pushgateway:\\d.*"));
        // a Kamelet that reads or writes JSON needs Jackson
        assertThat(dependencies.contains("camel:jackson"))
                .isEqualTo(Files.readString(file).contains("JSON"));
    }
}
