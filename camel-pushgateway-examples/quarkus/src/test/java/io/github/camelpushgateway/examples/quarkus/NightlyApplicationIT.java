package io.github.camelpushgateway.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.examples.NightlyRun;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the application that Quarkus builds in a separate process. */
class NightlyApplicationIT {

    private static PushgatewayGroup run(String... properties) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(properties));
        arguments.addAll(List.of("-jar", "quarkus-run.jar"));
        return NightlyRun.check(Path.of("target/quarkus-app").toAbsolutePath(), "powered by Quarkus", arguments);
    }

    @Test
    void jobRunsOnceIsReportedAndApplicationEnds() throws Exception {
        assertThat(run().has("nightly_uptime_seconds")).isFalse();
    }

    @Test
    void publisherAmongCdiBeansPushesItsRegistryAtTheEnd() throws Exception {
        assertThat(run("-Dnightly.publisher=true").value("nightly_uptime_seconds"))
                .isPositive();
    }

    @Test
    void publisherInPropertiesPushesItsRegistryAtTheEnd() throws Exception {
        PushgatewayGroup group = run(
                "-Dcamel.beans.publisher=#class:io.github.camelpushgateway.PushgatewayPublisher",
                "-Dcamel.beans.publisher.uri=pushgateway:nightly-load?registry=#metrics",
                "-Dcamel.beans.publisher.interval=30s");

        assertThat(group.value("nightly_uptime_seconds")).isPositive();
    }
}
