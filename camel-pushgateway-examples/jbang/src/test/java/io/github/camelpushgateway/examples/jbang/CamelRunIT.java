package io.github.camelpushgateway.examples.jbang;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.camelpushgateway.examples.NightlyRun;
import io.github.camelpushgateway.gettingstarted.ManualPage;
import io.github.camelpushgateway.gettingstarted.ReactorRepository;
import io.github.camelpushgateway.gettingstarted.Walkthrough;
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
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command of {@code run.sh}, and that of the page "Getting started with Camel JBang", in a separate process. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands need a shell, and the repository needs links")
class CamelRunIT {

    private static final Path FILES = Path.of("src/main/resources");

    private static final String WARNING = "camel-pushgateway requires Camel 4.18 or newer, but this application";

    private static Path repository;

    @TempDir
    Path folder;

    /** Installs the component as {@code mvnw install} does, but not into the repository of the user. */
    @BeforeAll
    static void install() throws IOException {
        assumeFalse(
                "offline=true".equals(System.getProperty("maven")),
                "JBang downloads dependencies, and Maven is offline");
        repository = ReactorRepository.create(
                Path.of("target/.repository").toAbsolutePath(),
                Path.of(System.getProperty("local.repository")),
                System.getProperty("version.of.component"));
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

    /** On the PATH, {@code camel} runs the command without JBang's own launcher. */
    @Test
    void jobOfTheManualRunsAndIsReported(@TempDir Path programs) throws Exception {
        Path camel = Files.writeString(
                programs.resolve("camel"), "#!/bin/sh\nexec java '" + String.join("' '", java()) + "' \"$@\"\n");
        assertThat(camel.toFile().setExecutable(true)).isTrue();

        Walkthrough.follow(ManualPage.read("start-jbang.adoc"), folder, repository, programs, List.of(WARNING));
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
        List<String> command = new ArrayList<>(java());
        command.addAll(arguments());
        return NightlyRun.check(folder, "(JBang)", List.of(WARNING), command);
    }

    /** Returns the arguments of {@code java} for the command {@code camel}. */
    private static List<String> java() throws IOException {
        return List.of(
                "-Dmaven.repo.local=" + repository,
                "-cp",
                Path.of("target/classes").toAbsolutePath()
                        + File.pathSeparator
                        + Files.readString(Path.of("target/jbang.classpath")),
                Camel.class.getName());
    }
}
