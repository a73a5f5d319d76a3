package io.github.camelpushgateway.test.infra;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Source that starts a program on the PATH, under the name that the Prometheus project or Debian uses, with or
 * without the version.
 */
final class PathSource implements PushgatewaySource {

    @Override
    public Pushgateway start(PushgatewaySetup setup) throws IOException {
        Path program = Programs.find(
                        "pushgateway-" + PushgatewayContainer.version(setup), "pushgateway", "prometheus-pushgateway")
                .orElseThrow(() -> new IOException("there is no pushgateway on the PATH"));
        return PushgatewayProcess.start(program, setup).asPushgateway("the program " + program);
    }
}
