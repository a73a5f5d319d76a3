package io.github.camelpushgateway.examples.jbang;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.camelpushgateway.examples.NightlyRun;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command of {@code run.sh} in a separate process. */
class CamelRunIT {

    private static final Path ROOT = Path.of("../..");
    private static final Path FILES = Path.of("src/main/resources");

    /** The local Maven repository of JBang. It is kept for the next build, so that JBang downloads each artifact once. */
    private static final Path REPOSITORY = Path.of("target/repository").toAbsolutePath();

    @TempDir
    Path folder;

    /** Installs the component as {@code mvnw install} does, but not into the repository of the user. */
    @BeforeAll
    static void install() throws IOException {
        assumeFalse(
                "offline=true".equals(System.getProperty("maven")),
                "JBang downloads dependencies, and Maven is offline");
        install("camel-pushgateway-parent", ".pom", ROOT.resolve("pom.xml"));
        install("camel-pushgateway", ".pom", ROOT.resolve("camel-pushgateway/pom.xml"));
        install(
                "camel-pushgateway",
                ".jar",
                ROOT.resolve("camel-pushgateway/target/camel-pushgateway-" + version() + ".jar"));
    }

    private static void install(String artifact, String extension, Path file) throws IOException {
        Path target = REPOSITORY
                .resolve("io/github/camel-pushgateway")
                .resolve(artifact)
                .resolve(version())
                .resolve(artifact + '-' + version() + extension);
        Files.createDirectories(target.getParent());
        Files.copy(file, target, REPLACE_EXISTING);
    }

    private static String version() {
        return System.getProperty("version.of.component");
    }

    /** Returns the arguments of {@code camel} in {@code run.sh}. */
    private static List<String> arguments() throws IOException {
        String command = Files.readString(FILES.resolve("run.sh"))
                .replaceFirst("^#.*\n", "")
                .replace("\\\n", "")
                .strip();
        assertThat(command).startsWith("camel run ");
        return Arrays.asList(command.split(" +")).subList(1, command.split(" +").length);
    }

    @Test
    void jobRunsOnceIsReportedAndApplicationEnds() throws Exception {
        run("");
    }

    @Test
    void publisherPushesItsRegistryAtTheEnd() throws Exception {
        PushgatewayGroup group = run("""

                        camel.beans.metrics = #class:io.prometheus.metrics.model.registry.PrometheusRegistry
                        camel.beans.publisher = #class:io.github.camelpushgateway.PushgatewayPublisher
                        camel.beans.publisher.uri = pushgateway:nightly-load?registry=#metrics&metricName=nightly_end_unixtime&metricValue=now
                        """);

        assertThat(group.value("nightly_end_unixtime")).isGreaterThan(1.7e9);
    }

    private PushgatewayGroup run(String furtherProperties) throws Exception {
        for (String file : List.of("nightly.yaml", "application.properties")) {
            Files.copy(FILES.resolve(file), folder.resolve(file));
        }
        Files.writeString(folder.resolve("application.properties"), furtherProperties, APPEND);
        List<String> command = new ArrayList<>(List.of(
                "-Dmaven.repo.local=" + REPOSITORY,
                "-cp",
                Path.of("target/classes").toAbsolutePath()
                        + File.pathSeparator
                        + Files.readString(Path.of("target/jbang.classpath")),
                Camel.class.getName()));
        command.addAll(arguments());
        return NightlyRun.check(
                folder,
                "(JBang)",
                List.of("camel-pushgateway requires Camel 4.18 or newer, but this application"),
                command);
    }
}
