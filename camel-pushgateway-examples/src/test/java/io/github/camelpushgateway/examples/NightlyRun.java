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
 * The nightly job of the applications for Spring Boot, Quarkus and JBang, run as a process of its own on a real gateway with
 * basic auth. Their tests take this class from the test jar of this module.
 */
public final class NightlyRun {

    private static final String PASSWORD = "pa55-N1GHTLY";

    /** JBang writes the level of a line in color, also to a file. */
    private static final Pattern COLOR = Pattern.compile("\\e\\[[0-9;]*m");

    private NightlyRun() {}

    /** Checks that the job runs once without a warning, is reported, and ends. */
    public static PushgatewayGroup check(Path folder, String words, List<String> arguments) throws Exception {
        return check(folder, words, List.of(), arguments);
    }

    /**
     * Checks that the job runs once, is reported, and ends.
     *
     * @param folder where it runs
     * @param words a text that it logs in addition
     * @param warnings a part of each warning that it logs, in their order
     * @param arguments those of {@code java}
     * @return what it has pushed
     */
    public static PushgatewayGroup check(Path folder, String words, List<String> warnings, List<String> arguments)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // it lives for a few seconds, which is too short for the second compiler or a collector with threads to pay
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
                String said = COLOR.matcher(Files.readString(log)).replaceAll("");
                assertThat(ended).as(said).isTrue();
                assertThat(process.exitValue()).as(said).isZero();
                assertThat(said).contains(words, "loaded 42 rows").doesNotContain(PASSWORD);
                assertThat(said.lines().filter(line -> line.contains(" WARN ")))
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
