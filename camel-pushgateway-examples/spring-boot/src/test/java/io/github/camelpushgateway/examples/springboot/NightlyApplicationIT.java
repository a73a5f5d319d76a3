package io.github.camelpushgateway.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.examples.NightlyRun;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The application as a process of its own. */
class NightlyApplicationIT {

    private static PushgatewayGroup run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("-cp", System.getProperty("java.class.path"), NightlyApplication.class.getName()));
        command.addAll(List.of(arguments));
        return NightlyRun.check(Path.of("").toAbsolutePath(), ":: Spring Boot ::", command);
    }

    @Test
    void runsOnceReportsAndEnds() throws Exception {
        assertThat(run().has("jvm_memory_used_bytes")).isFalse();
    }

    /** Actuator and Micrometer are on the class path of the tests, in the versions that Spring Boot manages. */
    @Test
    void sendsWithItsReportWhatMicrometerHas() throws Exception {
        PushgatewayGroup group = run(
                "--camel.pushgateway.report.uri=pushgateway:$simple{routeId}"
                        + "?records=$simple{exchangeProperty.rows}&registry=#prometheusMeterRegistry&metricFilter=jvm_memory_*");

        assertThat(group.family("jvm_memory_used_bytes").samples())
                .anySatisfy(sample -> assertThat(sample.number()).isGreaterThan(1e6));
    }
}
