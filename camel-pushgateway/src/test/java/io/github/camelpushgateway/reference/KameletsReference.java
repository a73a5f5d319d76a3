package io.github.camelpushgateway.reference;

import io.github.camelpushgateway.reference.Page.Section;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The page of the properties of the Kamelets, from their YAML files. */
final class KameletsReference {

    private static final Path FOLDER = Path.of("../camel-pushgateway-kamelets/src/main/resources/kamelets");

    private final Since since;

    KameletsReference(Since since) {
        this.since = since;
    }

    Page page() throws IOException {
        List<Section> sections = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                sections.add(section(file));
            }
        }
        return new Page(
                        "kamelet-properties",
                        "Properties of the Kamelets",
                        "If a property is missing or empty and has no default, the option of the component with the same name applies, if there is one.",
                        sections,
                        "See also: xref:kamelets.adoc[Kamelets].")
                .withDependencies("those of xref:kamelets.adoc#_artifacts[the Kamelets]");
    }

    private Section section(Path file) throws IOException {
        Map<?, ?> kamelet;
        try (InputStream in = Files.newInputStream(file)) {
            kamelet = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
        }
        String name = text(map(kamelet, "metadata"), "name");
        Map<?, ?> definition = map(map(kamelet, "spec"), "definition");
        List<?> required = (List<?>) definition.get("required");
        List<List<String>> rows = new ArrayList<>();
        map(definition, "properties").forEach((property, value) -> {
            Map<?, ?> description = (Map<?, ?>) value;
            String defaultValue = description.containsKey("default") ? text(description, "default") : "";
            rows.add(List.of(
                    "`" + property + '`',
                    type(description),
                    required.contains(property) ? "required" : defaultValue.isEmpty() ? "" : '`' + defaultValue + '`',
                    since.of("kamelet", name + '.' + property),
                    Markup.markValues(text(description, "description"), values(description))));
        });
        return new Section(
                name,
                text(definition, "description").lines().findFirst().orElseThrow(),
                List.of("name", "type or values", "default", "since", "meaning"),
                "3,3,2,1,8",
                rows);
    }

    private static String type(Map<?, ?> property) {
        List<String> values = values(property);
        return values.isEmpty()
                ? text(property, "type")
                : values.stream().map(value -> '`' + value + '`').collect(Collectors.joining(", "));
    }

    private static List<String> values(Map<?, ?> property) {
        return property.get("enum") instanceof List<?> values
                ? values.stream()
                        .map(Object::toString)
                        .filter(value -> !value.isEmpty())
                        .toList()
                : List.of();
    }

    private static Map<?, ?> map(Map<?, ?> parent, String name) {
        return (Map<?, ?>) Objects.requireNonNull(parent.get(name), name);
    }

    private static String text(Map<?, ?> parent, String name) {
        return Objects.requireNonNull(parent.get(name), name).toString();
    }
}
