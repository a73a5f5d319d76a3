package io.github.camelpushgateway.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the application with a publisher in a separate process, until it ends by itself or is terminated. Actuator and Micrometer are on
 * the test class path, in the versions that Spring Boot manages.
 */
@Timeout(120)
class PublisherIT {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                NightlyApplication.class.getName(),
                "--spring.profiles.active=publisher"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile());
        builder.environment().put("GATEWAY_URL", GATEWAY.url());
        return builder.start();
    }

    private Path log() {
        return folder.resolve("log");
    }

    private void assertPublishedAtTheEnd(Process process, int exitCode) throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(exitCode);
        assertThat(Files.readAllLines(log()))
                .anyMatch(line -> line.contains("Publishing the metrics of pushgateway:nightly-load to " + GATEWAY.url()
                        + " every 30s, onStop=push"))
                .noneMatch(line -> line.contains(" WARN "));
        PushgatewayGroup group = GATEWAY.group("job", "nightly-load").orElseThrow();
        assertThat(group.families().keySet())
                .contains("jvm_memory_used_bytes", "job_success")
                .noneMatch(name -> name.startsWith("jvm_threads"));
    }

    @Test
    void registryIsPushedWhenTheApplicationEnds() throws Exception {
        Process process = start();
        try {
            assertPublishedAtTheEnd(process, 0);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no SIGTERM")
    void registryIsPushedWhenTheApplicationIsTerminated() throws Exception {
        Process process = start("--camel.main.duration-max-messages=0", "--server.shutdown=graceful");
        try {
            while (!Files.readString(log()).contains("loaded 42 rows")) {
                assertThat(process.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
            }

            process.toHandle().destroy();

            assertPublishedAtTheEnd(process, TERMINATED);
        } finally {
            process.destroyForcibly();
        }
    }
}
