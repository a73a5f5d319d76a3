package io.github.camelpushgateway.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A TLS server that responds with 200 to each request and records the sessions. */
public final class TlsServer implements AutoCloseable {

    /**
     * A TLS session of the server.
     *
     * @param names the server names that the client has sent
     * @param client the subject of the client's certificate, or an empty string
     * @param created when the session was first negotiated
     */
    public record Session(List<String> names, String client, String protocol, long created) {}

    private final SSLServerSocket socket;
    private final List<Session> sessions = new CopyOnWriteArrayList<>();

    public TlsServer(SSLContext context, Consumer<SSLServerSocket> setup) throws IOException {
        socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        setup.accept(socket);
        daemon(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Returns the sessions of the connections that have received a request. */
    public List<Session> sessions() {
        return sessions;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                SSLSocket connection = (SSLSocket) socket.accept();
                daemon(() -> serve(connection));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serve(SSLSocket connection) {
        try (connection) {
            BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    sessions.add(session(connection.getSession()));
                    connection
                            .getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
                }
            }
        } catch (IOException e) {
            // the client has closed the connection, or rejects this server
        }
    }

    private static Session session(SSLSession session) {
        return new Session(
                ((ExtendedSSLSession) session)
                        .getRequestedServerNames().stream()
                                .map(SNIServerName::getEncoded)
                                .map(name -> new String(name, US_ASCII))
                                .toList(),
                client(session),
                session.getProtocol(),
                session.getCreationTime());
    }

    private static String client(SSLSession session) {
        try {
            return session.getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            return "";
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
