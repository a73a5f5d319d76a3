package io.github.camelpushgateway.test.infra;

import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/** Source that starts a container, if there is a container engine. */
final class ContainerSource implements PushgatewaySource {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerSource.class);

    private static final long END_SECONDS = 30;

    private final Function<PushgatewaySetup, PushgatewayContainer> containers;

    ContainerSource() {
        this(PushgatewayContainer::of);
    }

    ContainerSource(Function<PushgatewaySetup, PushgatewayContainer> containers) {
        this.containers = containers;
    }

    @Override
    public Pushgateway start(PushgatewaySetup setup) throws IOException {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IOException("there is no container engine");
        }
        PushgatewayContainer container = containers.apply(setup);
        try {
            container.start();
        } catch (RuntimeException e) {
            container.stop();
            LOG.warn(
                    "The container {} did not start; trying the next source of a Pushgateway",
                    container.imageName(),
                    e);
            throw new IOException("the container " + container.imageName() + " did not start: " + e.getMessage(), e);
        }
        return new Pushgateway(
                container.url(), "the container " + container.imageName(), setup, new ContainerControl(container));
    }

    private record ContainerControl(PushgatewayContainer container) implements GatewayControl {

        @Override
        public void stop() {
            container.stop();
        }

        @Override
        public void pause() {
            container
                    .getDockerClient()
                    .pauseContainerCmd(container.getContainerId())
                    .exec();
        }

        @Override
        public void resume() {
            container
                    .getDockerClient()
                    .unpauseContainerCmd(container.getContainerId())
                    .exec();
        }

        @Override
        public void signalEnd(EndSignal signal) throws IOException {
            container
                    .getDockerClient()
                    .killContainerCmd(container.getContainerId())
                    .withSignal("SIG" + signal)
                    .exec();
            signal.validateStatus(awaitEnd());
        }

        private int awaitEnd() throws IOException {
            try (WaitContainerResultCallback end = new WaitContainerResultCallback()) {
                return container
                        .getDockerClient()
                        .waitContainerCmd(container.getContainerId())
                        .exec(end)
                        .awaitStatusCode(END_SECONDS, TimeUnit.SECONDS);
            } catch (DockerClientException e) {
                throw new IOException("the container did not end: " + e.getMessage(), e);
            }
        }

        @Override
        public void restart() {
            container
                    .getDockerClient()
                    .startContainerCmd(container.getContainerId())
                    .exec();
        }
    }
}
