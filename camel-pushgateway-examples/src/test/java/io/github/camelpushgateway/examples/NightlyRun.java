package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs the nightly job of the example applications (camel-main, Spring Boot, Quarkus, JBang) in a separate process, with a real
 * gateway that requires basic auth. Their tests use this class from the test jar of this module.
 */
public final class NightlyRun {

    private static final String PASSWORD = "pa55-N1GHTLY";

    /** JBang colors the level of a log line, even in a file. */
    private static final Pattern COLOR = Pattern.compile("\\e\\[[0-9;]*m");

    private NightlyRun() {}

    /** Checks that the job runs once without a warning, is reported, and ends. */
    public static PushgatewayGroup check(Path folder, String logText, List<String> arguments) throws Exception {
        return check(folder, logText, List.of(), arguments);
    }

    /**
     * Checks that the job runs once, is reported, and ends.
     *
     * @param folder the working directory
     * @param logText a text that the log must contain
     * @param warnings a part of each expected warning, in order
     * @param arguments the arguments of {@code java}
     * @return the pushed group
     */
    public static PushgatewayGroup check(Path folder, String logText, List<String> warnings, List<String> arguments)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // the process runs for a few seconds, too short to benefit from the C2 compiler or a parallel collector
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.addAll(arguments);
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withBasicAuth("nightly", PASSWORD))) {
            Path log = Files.createTempFile("nightly", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("GATEWAY_URL", gateway.url());
            builder.environment().put("GATEWAY_USERNAME", "nightly");
            builder.environment().put("GATEWAY_PASSWORD", PASSWORD);
            // Spring Boot and Quarkus set the option, and would reject a wrong name; camel-main ignores the variable
            builder.environment().put("CAMEL_COMPONENT_PUSHGATEWAY_MAXRETRIES", "5");
            Process process = builder.start();
            try {
                boolean ended = process.waitFor(2, TimeUnit.MINUTES);
                String output = COLOR.matcher(Files.readString(log)).replaceAll("");
                assertThat(ended).as(output).isTrue();
                assertThat(process.exitValue()).as(output).isZero();
                assertThat(output).contains(logText, "loaded 42 rows").doesNotContain(PASSWORD);
                assertThat(output.lines().filter(line -> line.contains(" WARN ")))
                        .hasSameSizeAs(warnings)
                        .zipSatisfy(
                                warnings, (line, warning) -> assertThat(line).contains(warning));
            } finally {
                process.destroyForcibly();
                Files.delete(log);
            }

            PushgatewayGroup group = gateway.group("job", "nightly-load").orElseThrow();
            assertThat(group.value("job_success")).isEqualTo(1);
            assertThat(group.value("job_records_processed")).isEqualTo(42);
            assertThat(group.value("job_last_success_unixtime")).isGreaterThan(1.7e9);
            return group;
        }
    }
}
