package io.github.camelpushgateway.test.infra;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Ports;
import org.jspecify.annotations.Nullable;

/** Publishes a container's port on the loopback address only: a gateway for tests is nobody else's business. */
final class LoopbackPorts {

    private LoopbackPorts() {}

    static void bind(@Nullable HostConfig config, int port) {
        if (config != null) {
            Ports ports = new Ports();
            ports.bind(ExposedPort.tcp(port), Ports.Binding.bindIp("127.0.0.1"));
            config.withPortBindings(ports);
        }
    }
}
