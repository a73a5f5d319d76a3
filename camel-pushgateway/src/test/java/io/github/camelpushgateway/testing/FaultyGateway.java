package io.github.camelpushgateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A gateway, or a proxy in front of one, that behaves correctly up to one phase of the exchange and is faulty in it.
 */
public final class FaultyGateway implements AutoCloseable {

    private static final int TRICKLE_MILLIS = 5;
    private static final int BLOCK_BYTES = 65_536;

    /** Neither a line of HTTP nor the end of a head. */
    private static final String GARBAGE = "\0\1\2\u00ff this is not HTTP\r\n\u00fe\0 and not TLS";

    private final FaultCase fault;
    private final SocketServer server;
    private final CountDownLatch reached = new CountDownLatch(1);

    public FaultyGateway(FaultCase fault) throws IOException {
        this.fault = fault;
        server = new SocketServer(this::serve);
    }

    public FaultCase fault() {
        return fault;
    }

    public SocketServer server() {
        return server;
    }

    /** Returns the URL of the gateway. If the fault is that of a proxy, the proxy has the same host and port. */
    public String url() {
        return fault.isHttps() ? server.url().replace("http:", "https:") : server.url();
    }

    /** Returns which proxy a client should use. */
    public Proxy proxy() {
        return fault.phase().isProxied()
                ? new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))
                : Proxy.NO_PROXY;
    }

    /** Waits until an exchange is in the phase. */
    public boolean awaitReached() throws InterruptedException {
        return reached.await(10, TimeUnit.SECONDS);
    }

    /** Returns the number of bytes that the server could write. */
    public long written() {
        return server.connections().stream()
                .mapToLong(ServerConnection::written)
                .sum();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve(ServerConnection connection) throws Exception {
        Phase phase = fault.phase();
        if (phase == Phase.TLS_HANDSHAKE) {
            connection.in().read();
        } else if (phase.isProxied()) {
            connection.readHead();
            if (phase == Phase.TUNNELLED_TLS_HANDSHAKE) {
                connection.write("HTTP/1.1 200 Connection established\r\n\r\n");
                // the client sends first
                connection.in().read();
            }
        } else if (phase == Phase.REQUEST_BODY) {
            open(connection);
            connection.readHead();
        } else if (phase.hasRequest()) {
            open(connection);
            connection.read();
        }
        connection.write(phase.before);
        reached.countDown();
        switch (fault.fault()) {
            case SILENT -> {
                if (phase.kind == Phase.Kind.WAITING) {
                    connection.hold();
                }
            }
            case TRICKLING -> trickle(connection);
            case ENDLESS -> writeForever(connection);
            case RESET -> connection.reset();
            case CLOSED -> connection.end();
            case CUT_OFF -> connection.cut();
            case GARBAGE -> connection.write(GARBAGE);
        }
    }

    private void open(ServerConnection connection) throws IOException {
        if (fault.tls()) {
            connection.secure(LoopbackTls.serverContext());
        }
    }

    private void trickle(ServerConnection connection) throws IOException, InterruptedException {
        byte[] filler = fault.phase().filler.getBytes(ISO_8859_1);
        if (filler.length == 0) {
            while (!connection.isReleased()) {
                connection.in().read();
                connection.pause(TRICKLE_MILLIS);
            }
            return;
        }
        for (int i = 0; ; i++) {
            connection.write(filler[i % filler.length]);
            connection.pause(TRICKLE_MILLIS);
        }
    }

    private void writeForever(ServerConnection connection) throws IOException {
        String filler = fault.phase().filler;
        byte[] block = filler.repeat(BLOCK_BYTES / filler.length()).getBytes(ISO_8859_1);
        while (true) {
            connection.write(block);
        }
    }
}
