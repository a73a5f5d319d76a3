package io.github.camelpushgateway.examples.quarkus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The application that Quarkus builds, as a process of its own, on a real gateway with basic auth. */
class NightlyApplicationIT {

    private static final String PASSWORD = "pa55-N1GHTLY";

    @RegisterExtension
    static final PushgatewayExtension GATEWAY =
            new PushgatewayExtension(PushgatewaySetup.plain().withBasicAuth("nightly", PASSWORD));

    @Test
    void runsOnceReportsAndEnds() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar")
                .redirectErrorStream(true);
        builder.environment().put("GATEWAY_URL", GATEWAY.url());
        builder.environment().put("GATEWAY_USERNAME", "nightly");
        builder.environment().put("GATEWAY_PASSWORD", PASSWORD);
        Process process = builder.start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            assertThat(said).contains("powered by Quarkus", "loaded 42 rows").doesNotContain(PASSWORD);
        } finally {
            process.destroyForcibly();
        }

        PushgatewayGroup group = GATEWAY.group("job", "nightly-load").orElseThrow();
        assertThat(group.value("job_success")).isEqualTo(1);
        assertThat(group.value("job_records_processed")).isEqualTo(42);
        assertThat(group.value("job_last_success_unixtime")).isGreaterThan(1.7e9);
    }
}
