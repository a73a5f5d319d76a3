package io.github.camelpushgateway.test.infra;

import com.github.dockerjava.api.DockerClient;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.rnorth.ducttape.ratelimits.RateLimiter;
import org.rnorth.ducttape.unreliables.Unreliables;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.utility.DockerStatus;
import org.testcontainers.utility.LogUtils;

/** Waits for a container until its log says enough, or until it has ended, however it ended: its log can be read then, too. */
final class EndedOrSaid extends StartupCheckStrategy {

    private static final int PATIENCE_SECONDS = 30;

    private final Predicate<String> enough;
    private final RateLimiter looks = Looks.often();

    EndedOrSaid(Predicate<String> enough) {
        this.enough = enough;
    }

    @Override
    public boolean waitUntilStartupSuccessful(DockerClient client, String containerId) {
        Unreliables.retryUntilTrue(
                PATIENCE_SECONDS,
                TimeUnit.SECONDS,
                () -> looks.getWhenReady(() -> checkStartupState(client, containerId) == StartupStatus.SUCCESSFUL));
        return true;
    }

    @Override
    public StartupStatus checkStartupState(DockerClient client, String containerId) {
        return DockerStatus.isContainerStopped(getCurrentState(client, containerId))
                        || enough.test(LogUtils.getOutput(client, containerId))
                ? StartupStatus.SUCCESSFUL
                : StartupStatus.NOT_YET_KNOWN;
    }
}
