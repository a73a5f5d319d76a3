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

    private static final Path PAGE = Path.of("../docs/modules/ROOT/pages/options.adoc");
    private static final int MAX_COLUMNS = 120;
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
                + "// Generated from the metadata of the component: ./mvnw -Dquick verify -Ddocs.update=true\n\n"
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
            if (cell.contains("://")) {
                // as code, a URL is not a link
                cell = "`" + cell + "`";
            }
            String description = value.path("description").asText().replace("|", "\\|");
            table.append('\n')
                    .append(wrap("| `" + option.getKey() + "` | " + cell + " | " + description))
                    .append('\n');
        });
        return table.append("|===\n").toString();
    }

    /** Breaks a table row at spaces. The last cell continues on the next lines. */
    private static String wrap(String row) {
        StringBuilder lines = new StringBuilder();
        int column = 0;
        for (String word : row.split(" ", -1)) {
            boolean fits = column + 1 + word.length() <= MAX_COLUMNS;
            if (column > 0) {
                lines.append(fits ? ' ' : '\n');
                column = fits ? column + 1 : 0;
            }
            lines.append(word);
            column += word.length();
        }
        return lines.toString();
    }
}
