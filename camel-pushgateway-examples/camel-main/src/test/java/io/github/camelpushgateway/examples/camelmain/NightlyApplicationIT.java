package io.github.camelpushgateway.examples.camelmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.examples.NightlyRun;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the application in a separate process, with the dependencies that Maven resolves from its pom. */
class NightlyApplicationIT {

    private static final String CAMEL_VERSION = System.getProperty("camel.version");

    @Test
    void allCamelJarsHaveTheVersionInThePom() throws IOException {
        assertThat(Stream.of(classPath().split(File.pathSeparator, -1))
                        .map(entry -> Path.of(entry).getFileName().toString())
                        .filter(jar -> jar.matches("camel-.*-4\\.[\\d.]+\\.jar")))
                .hasSizeGreaterThan(10)
                .allMatch(jar -> jar.endsWith('-' + CAMEL_VERSION + ".jar"));
    }

    @Test
    void jobRunsOnceIsReportedAndApplicationEnds() throws Exception {
        NightlyRun.check(
                Path.of("").toAbsolutePath(),
                "Apache Camel " + CAMEL_VERSION,
                List.of(
                        "-cp",
                        Path.of("target/classes").toAbsolutePath() + File.pathSeparator + classPath(),
                        "org.apache.camel.main.Main"));
    }

    private static String classPath() throws IOException {
        return Files.readString(Path.of("target/application.classpath"));
    }
}
