package io.github.camelpushgateway.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.examples.job.JobApplication;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The application of a CronJob in a separate process: its exit code, and its report after SIGTERM. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no SIGTERM")
class JobApplicationIT {

    private static final String PASSWORD = "pa55-P0D";
    private static final String OUTCOMES = "--camel.main.routes-include-pattern=file:"
            + Path.of("../spring-boot/src/test/resources/job/outcomes.yaml");
    private static final int TERMINATED = 128 + 15;

    @RegisterExtension
    static final PushgatewayExtension GATEWAY =
            new PushgatewayExtension(PushgatewaySetup.plain().withBasicAuth("nightly", PASSWORD));

    private final StringBuilder log = new StringBuilder();
    private String namespace = "";

    /** Each test has its own namespace. */
    @BeforeEach
    void chooseNamespace(TestInfo test) {
        namespace = test.getTestMethod().orElseThrow().getName() + test.getDisplayName();
    }

    @Test
    void runIsReportedInTheGroupOfItsNamespace() throws Exception {
        assertThat(awaitEnd(start())).as(log.toString()).isZero();

        assertThat(log.toString()).contains("loaded 42 rows").doesNotContain(" WARN ", " ERROR ", PASSWORD);
        assertThat(group().orElseThrow().value("job_success")).isEqualTo(1);
        assertThat(group().orElseThrow().value("job_records_processed")).isEqualTo(42);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"fails, 1", "fails-and-is-handled, 1", "catches, 0"})
    void exitCodeIsThatOfTheReport(String outcome, int exitCode) throws Exception {
        Process process = start(OUTCOMES, "--outcome=" + outcome);

        assertThat(awaitEnd(process)).as(log.toString()).isEqualTo(exitCode);
        assertThat(group().orElseThrow().value("job_success")).isEqualTo(1 - exitCode);
    }

    @Test
    void terminatedRunIsNoSuccess() throws Exception {
        Process process = start(OUTCOMES, "--outcome=takes-long", "--camel.main.shutdown-timeout=1");
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); !line.contains("work begins"); line = output.readLine()) {
            log.append(line).append('\n');
        }

        process.toHandle().destroy();

        assertThat(awaitEnd(process)).as(log.toString()).isEqualTo(TERMINATED);
        assertThat(log.toString()).doesNotContain("work is done");
        group().ifPresent(found -> {
            assertThat(found.has("job_last_success_unixtime")).isFalse();
            assertThat(found.has("job_success") && found.value("job_success") == 1)
                    .isFalse();
        });
    }

    private Process start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                Path.of("target/classes")
                        + File.pathSeparator
                        + Files.readString(Path.of("target/application.classpath")),
                JobApplication.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "SPRING_PROFILES_ACTIVE",
                        "job",
                        "NAMESPACE",
                        namespace,
                        "GATEWAY_URL",
                        GATEWAY.url(),
                        "GATEWAY_USERNAME",
                        "nightly",
                        "GATEWAY_PASSWORD",
                        PASSWORD));
        return builder.start();
    }

    /** Reads the output until the process closes it at its end, and returns the exit code. */
    private int awaitEnd(Process process) throws Exception {
        process.inputReader().lines().forEach(line -> log.append(line).append('\n'));
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private Optional<PushgatewayGroup> group() {
        return GATEWAY.group("job", "nightly-load", "namespace", namespace);
    }
}
