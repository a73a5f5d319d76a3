package io.github.camelpushgateway.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpushgateway.reference.Page.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The page of the properties of the Spring Boot starter, from its metadata for IDEs. */
final class SpringBootReference {

    private static final Path METADATA =
            Path.of("../camel-pushgateway-starter/src/main/resources/META-INF/spring-configuration-metadata.json");

    private static final Map<String, String> SECTIONS = new LinkedHashMap<>();

    static {
        SECTIONS.put("camel.pushgateway.report.", "Reports of routes");
        SECTIONS.put("camel.pushgateway.publisher.", "Publisher");
        SECTIONS.put("camel.component.pushgateway.", "Options of the component");
    }

    private final Since since;

    SpringBootReference(Since since) {
        this.since = since;
    }

    Page page() throws IOException {
        JsonNode metadata = new ObjectMapper().readTree(METADATA.toFile());
        Map<String, List<String>> values = new LinkedHashMap<>();
        metadata.get("hints")
                .forEach(hint -> values.put(
                        hint.get("name").asText(),
                        StreamSupport.stream(hint.get("values").spliterator(), false)
                                .map(value -> value.get("value").asText())
                                .toList()));
        Map<String, List<List<String>>> sections = new LinkedHashMap<>();
        SECTIONS.keySet().forEach(prefix -> sections.put(prefix, new ArrayList<>()));
        for (JsonNode property : metadata.get("properties")) {
            String name = property.get("name").asText();
            String prefix = SECTIONS.keySet().stream()
                    .filter(name::startsWith)
                    .findFirst()
                    .orElseThrow();
            String defaultValue = property.path("defaultValue").asText();
            sections.get(prefix)
                    .add(List.of(
                            '`' + name + '`',
                            values.containsKey(name)
                                    ? values.get(name).stream()
                                            .map(value -> '`' + value + '`')
                                            .collect(Collectors.joining(", "))
                                    : type(property),
                            defaultValue.isEmpty() ? "" : '`' + defaultValue + '`',
                            since.of("property", name),
                            Markup.markValues(
                                    property.get("description").asText(), values.getOrDefault(name, List.of()))));
        }
        return new Page(
                        "spring-boot-properties",
                        "Spring Boot properties",
                        "The artifact `camel-pushgateway-starter` reads these properties. Names may have any spelling that Spring Boot supports.",
                        sections.entrySet().stream()
                                .map(section -> new Section(
                                        SECTIONS.get(section.getKey()),
                                        "",
                                        List.of("name", "type or values", "default", "since", "meaning"),
                                        "4,2,2,1,7",
                                        section.getValue()))
                                .toList(),
                        "See also: xref:spring-boot.adoc[Spring Boot].")
                .withDependencies("those of xref:spring-boot.adoc#_dependencies_and_versions[Spring Boot]");
    }

    private static String type(JsonNode property) {
        return property.get("type").asText().replaceFirst("<.*", "").replaceFirst(".*\\.", "");
    }
}
