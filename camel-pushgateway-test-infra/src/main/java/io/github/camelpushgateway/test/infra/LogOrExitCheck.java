package io.github.camelpushgateway.test.infra;

import com.github.dockerjava.api.DockerClient;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.rnorth.ducttape.ratelimits.RateLimiter;
import org.rnorth.ducttape.unreliables.Unreliables;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.utility.DockerStatus;
import org.testcontainers.utility.LogUtils;

/**
 * Startup check that waits until the log of a container satisfies a predicate, or until the container has ended, with
 * any status. The log can be read in both cases.
 */
final class LogOrExitCheck extends StartupCheckStrategy {

    private static final int TIMEOUT_SECONDS = 30;

    private final Predicate<String> isComplete;
    private final RateLimiter pollRate = PollRate.limiter();

    LogOrExitCheck(Predicate<String> isComplete) {
        this.isComplete = isComplete;
    }

    @Override
    public boolean waitUntilStartupSuccessful(DockerClient client, String containerId) {
        Unreliables.retryUntilTrue(
                TIMEOUT_SECONDS,
                TimeUnit.SECONDS,
                () -> pollRate.getWhenReady(() -> checkStartupState(client, containerId) == StartupStatus.SUCCESSFUL));
        return true;
    }

    @Override
    public StartupStatus checkStartupState(DockerClient client, String containerId) {
        return DockerStatus.isContainerStopped(getCurrentState(client, containerId))
                        || isComplete.test(LogUtils.getOutput(client, containerId))
                ? StartupStatus.SUCCESSFUL
                : StartupStatus.NOT_YET_KNOWN;
    }
}
