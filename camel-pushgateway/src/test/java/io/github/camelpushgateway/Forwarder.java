package io.github.camelpushgateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * TCP forwarder with a fixed address. It forwards connections to the current gateway, and closes them when the gateway
 * changes.
 */
final class Forwarder implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    private final Queue<Socket> connections = new ConcurrentLinkedQueue<>();

    @Nullable
    private volatile URI target;

    Forwarder() throws IOException {
        daemon(() -> {
            while (true) {
                Socket client = socket.accept();
                connections.add(client);
                daemon(() -> serve(client));
            }
        });
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** Sets the gateway, or none, and closes the open connections. */
    void to(@Nullable String url) throws IOException {
        target = url == null ? null : URI.create(url);
        for (Socket each = connections.poll(); each != null; each = connections.poll()) {
            each.close();
        }
    }

    private void serve(Socket client) throws IOException {
        URI to = target;
        if (to == null) {
            client.close();
            return;
        }
        try (client;
                Socket server = new Socket(to.getHost(), to.getPort())) {
            connections.add(server);
            daemon(() -> copy(server, client));
            copy(client, server);
        }
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } finally {
            to.close();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        to(null);
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // one side closed the connection
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
