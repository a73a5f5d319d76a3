package io.github.camelpushgateway.examples.quarkus;

import io.github.camelpushgateway.examples.NightlyRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The application that Quarkus builds, as a process of its own. */
class NightlyApplicationIT {

    @Test
    void runsOnceReportsAndEnds() throws Exception {
        NightlyRun.check(
                Path.of("target/quarkus-app").toAbsolutePath(),
                "powered by Quarkus",
                List.of("-jar", "quarkus-run.jar"));
    }
}
