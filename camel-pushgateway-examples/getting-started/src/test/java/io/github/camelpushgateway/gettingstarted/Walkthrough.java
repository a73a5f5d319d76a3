package io.github.camelpushgateway.gettingstarted;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Follows a page "Getting started" in an empty folder. The commands of such a page start a gateway, run the job, and show its metrics. The
 * gateway of the test replaces the first command; its URL is in the environment variable that the page mentions.
 */
public final class Walkthrough {

    private static final String GATEWAY = "docker run --rm -p 9091:9091 prom/pushgateway:v1.11.2\n";

    /** Values that differ in each run. */
    private static final Pattern TIME = Pattern.compile("((?:unixtime|duration_seconds|time_seconds)\\{.*}) \\S+");

    /** JBang colors the level of a log line, even in a file. */
    private static final Pattern COLOR = Pattern.compile("\\e\\[[0-9;]*m");

    private Walkthrough() {}

    /**
     * Writes the files of the page, runs its commands, and checks the output and the metrics on the gateway.
     *
     * @param warnings a part of each expected warning
     */
    public static void follow(ManualPage page, Path folder, Path repository, Path programs, List<String> warnings)
            throws Exception {
        page.writeFiles(folder);
        List<String> commands = page.texts("sh");
        assertThat(commands).hasSizeGreaterThanOrEqualTo(3).startsWith(GATEWAY);
        String show = commands.get(commands.size() - 1);

        try (Pushgateway gateway = Pushgateway.start()) {
            Shell shell = new Shell(repository, programs, Map.of("GATEWAY_URL", gateway.url()));
            StringBuilder output = new StringBuilder();
            for (String command : commands.subList(1, commands.size() - 1)) {
                output.append(shell.run(folder, command));
            }
            assertOutput(output.toString(), warnings);
            assertReported(gateway);
            if (hasCurl()) {
                assertThat(withoutTimes(shell.run(folder, show)))
                        .isEqualTo(withoutTimes(page.texts("text").get(0)));
            }
        }
    }

    private static void assertOutput(String output, List<String> warnings) {
        String plain = COLOR.matcher(output).replaceAll("");
        assertThat(plain).contains("loaded 42 rows");
        assertThat(plain.lines().filter(line -> line.contains(" WARN ")))
                .hasSameSizeAs(warnings)
                .zipSatisfy(warnings, (line, warning) -> assertThat(line).contains(warning));
    }

    private static void assertReported(Pushgateway gateway) {
        PushgatewayGroup group = gateway.group("job", "nightly-load").orElseThrow();
        assertThat(group.value("job_success")).isEqualTo(1);
        assertThat(group.value("job_records_processed")).isEqualTo(42);
        assertThat(group.value("job_last_success_unixtime")).isGreaterThan(1.7e9);
    }

    private static String withoutTimes(String metrics) {
        return TIME.matcher(metrics).replaceAll("$1 (time)");
    }

    private static boolean hasCurl() throws IOException {
        try (Stream<Path> folders =
                Stream.of(System.getenv("PATH").split(":", -1)).map(Path::of)) {
            return folders.anyMatch(folder -> Files.isExecutable(folder.resolve("curl")));
        }
    }
}
