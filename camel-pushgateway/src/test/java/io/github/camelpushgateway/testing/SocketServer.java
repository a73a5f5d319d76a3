package io.github.camelpushgateway.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A server on a loopback socket that runs a script on each connection. A connection that a script leaves open stays
 * open until the client closes it, which the server detects.
 */
public final class SocketServer implements AutoCloseable {

    /** Small, so that a client that writes more waits for the script to read it. */
    private static final int BUFFER_BYTES = 65_536;

    /** Serves one connection on a separate thread. An exception ends the script, but not the connection. */
    public interface Script {
        void run(ServerConnection connection) throws Exception;
    }

    private final ServerSocket socket = new ServerSocket();
    private final Script script;
    private final List<ServerConnection> connections = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);

    public SocketServer(Script script) throws IOException {
        this(InetAddress.getLoopbackAddress(), script);
    }

    public SocketServer(InetAddress address, Script script) throws IOException {
        this.script = script;
        socket.setReceiveBufferSize(BUFFER_BYTES);
        socket.bind(new InetSocketAddress(address, 0), 512);
        start("accept", this::acceptAll);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Returns all connections that were ever accepted, in their order. */
    public List<ServerConnection> connections() {
        return connections;
    }

    /** Returns the number of connections that neither side has closed. */
    public long openConnections() {
        return connections.stream().filter(connection -> !connection.isClosed()).count();
    }

    /**
     * Releases scripts that do not read. The end of a connection is detected only after the bytes before it are read.
     */
    public void release() {
        released.countDown();
    }

    @Override
    public void close() throws IOException {
        release();
        socket.close();
        for (ServerConnection connection : connections) {
            connection.close();
        }
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket raw = socket.accept();
                raw.setSendBufferSize(BUFFER_BYTES);
                ServerConnection connection = new ServerConnection(raw, connections.size(), released);
                connections.add(connection);
                start("connection", () -> serve(connection));
            }
        } catch (IOException e) {
            // the server is closed
        }
    }

    private void serve(ServerConnection connection) {
        try {
            script.run(connection);
        } catch (Exception e) {
            // the client has ended the connection during the script; the tests check the client
        }
        connection.drain();
    }

    private void start(String name, Runnable task) {
        Thread thread = new Thread(task, "socket-server-" + name + '-' + port());
        thread.setDaemon(true);
        thread.start();
    }
}
