package io.github.camelpushgateway.test.infra;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * Publication of a container's port on the loopback address only, so that other machines cannot reach a gateway for
 * tests.
 */
final class LoopbackPorts {

    private LoopbackPorts() {}

    /** Publishes the port on any free port. */
    static void bind(@Nullable HostConfig config, int port) {
        bind(config, port, Ports.Binding.bindIp("127.0.0.1"));
    }

    /**
     * Publishes the port on a free port that stays the same after a restart: a container engine may otherwise choose
     * a different one.
     */
    static void bindFixed(@Nullable HostConfig config, int port) {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            bind(config, port, Ports.Binding.bindIpAndPort("127.0.0.1", free.getLocalPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void bind(@Nullable HostConfig config, int port, Ports.Binding binding) {
        if (config != null) {
            Ports ports = new Ports();
            ports.bind(ExposedPort.tcp(port), binding);
            config.withPortBindings(ports);
        }
    }
}
