package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The tables of options and headers in the docs match the metadata of the component. */
class OptionTablesTest {

    private static final Path PAGE = Path.of("../docs/options.adoc");
    private static final String METADATA = "/META-INF/io/github/camelpushgateway/pushgateway.json";

    @Test
    void pageMatchesTheMetadata() throws IOException {
        String page = page();
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, page, UTF_8);
        } else {
            assertThat(Files.readString(PAGE, UTF_8)).isEqualTo(page);
        }
    }

    private static String page() throws IOException {
        JsonNode metadata;
        try (InputStream json = OptionTablesTest.class.getResourceAsStream(METADATA)) {
            metadata = new ObjectMapper().readTree(json);
        }
        return "= All options and headers\n\n"
                + "// A test writes this page from the metadata of the component: ./mvnw -Dquick verify -Ddocs.update=true\n\n"
                + "    pushgateway:job[?options]\n\n"
                + "== Endpoint options\n\n"
                + table(metadata.path("properties"), "default")
                + "\n== Component options\n\n"
                + "Set them as `camel.component.pushgateway.<name>`. They apply to all endpoints that do not override them.\n\n"
                + table(metadata.path("componentProperties"), "default")
                + "\n== Headers\n\n"
                + table(metadata.path("headers"), "type");
    }

    private static String table(JsonNode options, String second) {
        StringBuilder table = new StringBuilder("[cols=\"2,1,5\"]\n|===\n| name | " + second + " | meaning\n");
        options.properties().forEach(option -> {
            JsonNode value = option.getValue();
            String cell = second.equals("type")
                    ? value.path("javaType").asText()
                    : value.path("defaultValue").asText(value.path("required").asBoolean() ? "(required)" : "");
            table.append("\n| `")
                    .append(option.getKey())
                    .append("` | ")
                    .append(cell)
                    .append(" | ")
                    .append(value.path("description").asText().replace("|", "\\|"))
                    .append('\n');
        });
        return table.append("|===\n").toString();
    }
}
