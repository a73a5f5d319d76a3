package io.github.camelpushgateway.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A SOCKS 5 proxy to loopback without authentication: see <a href="https://www.rfc-editor.org/rfc/rfc1928">RFC
 * 1928</a>.
 */
public final class SocksServer implements AutoCloseable {

    private static final int NAME = 3;
    private static final int ADDRESS_V6 = 4;

    private final SocketServer server = new SocketServer(this::serve);
    private final List<Integer> targets = new CopyOnWriteArrayList<>();

    public SocksServer() throws IOException {}

    public SocketServer server() {
        return server;
    }

    /** Returns the ports of the requested connections. */
    public List<Integer> targets() {
        return targets;
    }

    private void serve(ServerConnection connection) throws IOException {
        DataInputStream in = new DataInputStream(connection.in());
        in.readUnsignedByte();
        in.readNBytes(in.readUnsignedByte());
        connection.write((byte) 5, (byte) 0);
        in.readNBytes(3);
        int type = in.readUnsignedByte();
        in.readNBytes(type == NAME ? in.readUnsignedByte() : type == ADDRESS_V6 ? 16 : 4);
        int port = in.readUnsignedShort();
        targets.add(port);
        connection.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        relay(connection, port, OutputStream.nullOutputStream());
    }

    /** Relays bytes to a port of loopback and back until either side ends. */
    public static void relay(ServerConnection connection, int port, OutputStream seen) throws IOException {
        try (Socket target = new Socket(Proxy.NO_PROXY)) {
            target.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            Thread back = new Thread(() -> {
                try {
                    copy(target.getInputStream(), connection.out(), OutputStream.nullOutputStream());
                    connection.close();
                } catch (IOException e) {
                    // one side has ended the connection
                }
            });
            back.setDaemon(true);
            back.start();
            copy(connection.in(), target.getOutputStream(), seen);
        }
    }

    private static void copy(InputStream in, OutputStream out, OutputStream seen) throws IOException {
        byte[] buffer = new byte[8_192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            seen.write(buffer, 0, read);
            out.write(buffer, 0, read);
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
