package io.github.camelpushgateway.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The pages of the reference match the code. {@code -Ddocs.update=true} writes them instead. */
class ReferencePagesTest {

    private static final Path MODULE = Path.of("../docs/modules/ROOT");

    @Test
    void pagesMatchTheCode() throws IOException {
        for (Map.Entry<Path, String> file : files().entrySet()) {
            if (Boolean.getBoolean("docs.update")) {
                Files.createDirectories(file.getKey().getParent());
                Files.writeString(file.getKey(), file.getValue(), UTF_8);
            } else {
                assertThat(Files.readString(file.getKey(), UTF_8))
                        .as(file.getKey().toString())
                        .isEqualTo(file.getValue());
            }
        }
    }

    private static Map<Path, String> files() throws IOException {
        JsonNode metadata = metadata();
        Since since = new Since(metadata.at("/component/version").asText());
        OptionsReference options = new OptionsReference(metadata, since);
        List<Page> pages = List.of(
                options.endpoint(),
                options.component(),
                options.headers(),
                new MetricsReference(since).page(),
                new StatisticsReference(since).page(),
                new ExceptionsReference(since).page(),
                new KameletsReference(since).page(),
                new SpringBootReference(since).page());
        Map<Path, String> files = new LinkedHashMap<>();
        pages.forEach(page -> files.put(MODULE.resolve("pages/" + page.file() + ".adoc"), page.asciiDoc()));
        files.put(
                MODULE.resolve("attachments/reference.md"),
                "# Reference of camel-pushgateway\n\n"
                        + metadata.at("/component/description").asText() + "\n\n"
                        + pages.stream().map(Page::markdown).collect(Collectors.joining("\n")));
        files.put(since.file(), since.content());
        return files;
    }

    private static JsonNode metadata() throws IOException {
        try (InputStream in = Objects.requireNonNull(ReferencePagesTest.class.getResourceAsStream(
                "/META-INF/io/github/camelpushgateway/pushgateway.json"))) {
            return new ObjectMapper().readTree(in);
        }
    }
}
