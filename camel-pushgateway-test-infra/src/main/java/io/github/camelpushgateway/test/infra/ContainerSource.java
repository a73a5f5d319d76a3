package io.github.camelpushgateway.test.infra;

import java.io.IOException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/** Starts a container, where there is a container engine. */
final class ContainerSource implements PushgatewaySource {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerSource.class);

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
            LOG.warn("The container {} did not start, so another Pushgateway is looked for", container.imageName(), e);
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
    }
}
