package io.github.camelpushgateway.examples.springboot;

import io.github.camelpushgateway.examples.NightlyRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The application as a process of its own. */
class NightlyApplicationIT {

    @Test
    void runsOnceReportsAndEnds() throws Exception {
        NightlyRun.check(
                Path.of("").toAbsolutePath(),
                ":: Spring Boot ::",
                List.of("-cp", System.getProperty("java.class.path"), NightlyApplication.class.getName()));
    }
}
