package io.github.camelpushgateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a class with a {@code main} method in a separate JVM with the class path of the tests. */
public final class ChildJvm {

    private ChildJvm() {}

    /** Returns the lines that the JVM prints, and fails if the JVM does not end in time. */
    public static List<String> run(Duration timeout, List<String> options, Class<?> main, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // the process runs for a few seconds, too short to benefit from the C2 compiler or a parallel collector
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of(
                "-Dlogback.configurationFile=logback-test.xml",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                    .lines()
                    .toList();
            assertThat(process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }
}
