package io.github.camelpushgateway.examples.quarkus;

import io.github.camelpushgateway.examples.NightlyRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the application that Quarkus builds in a separate process. */
class NightlyApplicationIT {

    @Test
    void jobRunsOnceIsReportedAndApplicationEnds() throws Exception {
        NightlyRun.check(
                Path.of("target/quarkus-app").toAbsolutePath(),
                "powered by Quarkus",
                List.of("-jar", "quarkus-run.jar"));
    }
}
