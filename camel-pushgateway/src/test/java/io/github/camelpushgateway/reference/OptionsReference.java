package io.github.camelpushgateway.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelpushgateway.reference.Page.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The pages of options and headers, from the metadata of the component. */
final class OptionsReference {

    private static final Map<String, String> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("common", "Options of producers and consumers");
        GROUPS.put("producer", "Options of producers");
        GROUPS.put("producer (advanced)", "Advanced options of producers");
        GROUPS.put("consumer", "Options of consumers");
        GROUPS.put("consumer (advanced)", "Advanced options of consumers");
        GROUPS.put("scheduler", "Scheduler of consumers");
        GROUPS.put("security", "Security");
        GROUPS.put("advanced", "Advanced options");
        GROUPS.put("health", "Health checks");
    }

    private static final String LIBRARIES = "Some options need a library, which their description names";

    private final JsonNode metadata;
    private final Since since;

    OptionsReference(JsonNode metadata, Since since) {
        this.metadata = metadata;
        this.since = since;
    }

    Page endpoint() {
        return new Page(
                        "options",
                        "Options of endpoints",
                        "These options configure one endpoint. Its URI is `pushgateway:job[?options]`. Names of options, and values that the tables list, are"
                                + " case-insensitive. A blank option, except `groupingKey.<label>`, counts as not set. A duration is a text such as `1m30s`"
                                + " or a number of milliseconds. For `delay` and `initialDelay`, the number has the unit of `timeUnit`.",
                        sections("properties", "endpoint"),
                        "See also: xref:spelling.adoc[Syntax of options], xref:component-options.adoc[Options of the component], xref:headers.adoc[Headers] and"
                                + " xref:endpoint-dsl.adoc[Typed endpoints in Java]. Tools find the same data in the catalog"
                                + " (xref:tools.adoc[IDEs and tools]) and in xref:attachment$reference.md[the reference in Markdown].")
                .withFurtherDependencies(LIBRARIES);
    }

    Page component() {
        return new Page(
                        "component-options",
                        "Options of the component",
                        "These options configure the component. The property `camel.component.pushgateway.<name>` sets an option. It applies to"
                                + " all endpoints that do not have a value of their own for it.",
                        sections("componentProperties", "component"),
                        "See also: xref:options.adoc[Options of endpoints] and xref:spring-boot-properties.adoc[Spring Boot properties].")
                .withFurtherDependencies(LIBRARIES);
    }

    Page headers() {
        List<List<String>> rows = new ArrayList<>();
        metadata.path("headers")
                .properties()
                .forEach(header -> rows.add(List.of(
                        '`' + header.getKey() + '`',
                        header.getValue().path("javaType").asText(),
                        since.of("header", header.getKey()),
                        Markup.markValues(header.getValue().path("description").asText(), values(header.getValue())))));
        return new Page(
                "headers",
                "Headers",
                "These headers of a message, except `CamelPushgatewayResponseCode`, override the options of the endpoint with the same meaning."
                        + " With `operation=sweep`, these headers do not select groups. The report of a route policy ignores these headers. Headers cannot"
                        + " change the URL, the credentials or the handler, and cannot select `sweep` or `wipe`. The names are constants of"
                        + " `PushgatewayConstants`.",
                List.of(new Section("", "", List.of("name", "type", "since", "meaning"), "4,1,1,7", rows)),
                "See also: xref:options.adoc[Options of endpoints], and the Javadoc of"
                        + " link:javadoc/camel-pushgateway/io/github/camelpushgateway/PushgatewayConstants.html[PushgatewayConstants].");
    }

    private List<Section> sections(String node, String kind) {
        Map<String, List<List<String>>> groups = new LinkedHashMap<>();
        GROUPS.keySet().forEach(group -> groups.put(group, new ArrayList<>()));
        metadata.path(node)
                .properties()
                .forEach(option -> groups.computeIfAbsent(
                                option.getValue().path("group").asText(), group -> {
                                    throw new IllegalStateException("the group " + group + " has no title");
                                })
                        .add(row(option.getKey(), option.getValue(), kind)));
        groups.values().removeIf(List::isEmpty);
        return groups.entrySet().stream()
                .map(group -> new Section(
                        GROUPS.get(group.getKey()),
                        "",
                        List.of("name", "type or values", "default", "since", "meaning"),
                        "3,3,2,1,8",
                        group.getValue()))
                .toList();
    }

    private List<String> row(String name, JsonNode option, String kind) {
        String defaultValue = option.path("defaultValue").asText(UndocumentedDefaults.VALUES.getOrDefault(name, ""));
        return List.of(
                '`' + name + '`',
                type(option),
                option.path("required").asBoolean()
                        ? "required"
                        : defaultValue.isEmpty() ? "" : '`' + defaultValue + '`',
                since.of(kind, name),
                Markup.markValues(option.path("description").asText().replaceAll("\\s+", " "), values(option)));
    }

    private static List<String> values(JsonNode option) {
        return StreamSupport.stream(option.path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String type(JsonNode option) {
        String type = option.path("type").asText();
        String javaType = option.path("javaType").asText();
        return switch (type) {
            case "enum" ->
                values(option).stream().map(value -> '`' + value + '`').collect(Collectors.joining(", "));
            case "object" -> '`' + javaType.replaceFirst("<.*", "").replaceFirst(".*\\.", "") + '`';
            default -> type;
        };
    }
}
