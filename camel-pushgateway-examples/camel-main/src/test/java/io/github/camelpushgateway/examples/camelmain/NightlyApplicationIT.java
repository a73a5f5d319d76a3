package io.github.camelpushgateway.examples.camelmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.examples.NightlyRun;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    /** The two commands of the manual. */
    @Test
    void jobStartsFromAnArchiveOfItsClasses(@TempDir Path folder) throws Exception {
        Path archive = folder.resolve("job.jsa");
        Path loaded = folder.resolve("classes.log");

        run("-XX:ArchiveClassesAtExit=" + archive);
        run("-XX:SharedArchiveFile=" + archive, "-Xlog:class+load:file=" + loaded);

        assertThat(loaded)
                .content()
                .contains("io.github.camelpushgateway.PushgatewayProducer source: shared objects file (top)");
    }

    private static void run(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(options));
        // an archive of classes cannot be used with a folder of classes
        arguments.addAll(List.of("-cp", jar() + File.pathSeparator + classPath(), "org.apache.camel.main.Main"));
        NightlyRun.check(Path.of("").toAbsolutePath(), "Apache Camel " + CAMEL_VERSION, arguments);
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target").toAbsolutePath())) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .matches("camel-pushgateway-examples-camel-main-.*(?<!sources)\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String classPath() throws IOException {
        return Files.readString(Path.of("target/application.classpath"));
    }
}
