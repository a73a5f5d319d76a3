package io.github.camelpushgateway.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpushgateway.test.infra.PrometheusMissingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the example files for Prometheus and Grafana. */
final class MonitoringFiles {

    static final Path PROMETHEUS = Path.of("src/main/resources/prometheus");

    private static final Path DASHBOARD = Path.of("src/main/resources/grafana/batch-jobs.json");
    private static final Path PAGE = Path.of("../docs/modules/ROOT/pages/prometheus.adoc");
    private static final Pattern QUERIES =
            Pattern.compile("^\\[source,promql]\\n----\\n(.*?)\\n----$", Pattern.DOTALL | Pattern.MULTILINE);

    private MonitoringFiles() {}

    static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(DASHBOARD.toFile());
    }

    /**
     * Returns the queries of the dashboard for all jobs.
     *
     * @param interval the time between two points of a graph, such as {@code 1h}
     */
    static List<String> dashboardQueries(String interval) throws IOException {
        return dashboard().findValuesAsText("expr").stream()
                .map(query -> query.replace("$job", ".*").replace("$__interval", interval))
                .toList();
    }

    /** Returns the queries of the page, which are separated by empty lines. */
    static List<String> pageQueries() throws IOException {
        return QUERIES.matcher(Files.readString(PAGE, UTF_8))
                .results()
                .map(block -> block.group(1))
                .flatMap(block -> Arrays.stream(block.split("\\n\\n")))
                .toList();
    }

    /** Copies the files for Prometheus with replacements. Fails if a text to replace does not occur. */
    static void copy(Path folder, String... replacements) throws IOException {
        for (int i = 0; i < replacements.length; i += 2) {
            String old = replacements[i];
            assertThat(files())
                    .as(old)
                    .anySatisfy(file -> assertThat(file).content(UTF_8).contains(old));
        }
        for (Path file : files()) {
            String text = Files.readString(file, UTF_8);
            for (int i = 0; i < replacements.length; i += 2) {
                text = text.replace(replacements[i], replacements[i + 1]);
            }
            Files.writeString(folder.resolve(file.getFileName()), text, UTF_8);
        }
    }

    /** Returns the content of a file for Prometheus. */
    static String read(String file) throws IOException {
        return Files.readString(PROMETHEUS.resolve(file), UTF_8);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(PROMETHEUS)) {
            return files.toList();
        }
    }

    /** Skips the test if no Prometheus of the requested version is available. */
    static <T> T startOrSkip(Supplier<T> start) {
        try {
            return start.get();
        } catch (PrometheusMissingException e) {
            return abort(e.getMessage());
        }
    }
}
