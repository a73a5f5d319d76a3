package io.github.camelpushgateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The server side of one connection. A script reads and writes, and can end the connection in any way. */
public final class ServerConnection {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private final Socket raw;
    private final int number;
    private final CountDownLatch released;
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicLong written = new AtomicLong();

    @Nullable
    private SSLSocket secure;

    private InputStream in;
    private OutputStream out;
    private volatile boolean closed;

    ServerConnection(Socket raw, int number, CountDownLatch released) throws IOException {
        this.raw = raw;
        this.number = number;
        this.released = released;
        in = new BufferedInputStream(raw.getInputStream());
        out = raw.getOutputStream();
    }

    /** Returns 0 for the first connection of the server, 1 for the next one. */
    public int number() {
        return number;
    }

    /** Returns the number of bytes that were written to the operating system. */
    public long written() {
        return written.get();
    }

    /**
     * Performs a TLS handshake as the server.
     *
     * @param protocols the enabled protocols, or none for the defaults
     */
    public void secure(SSLContext context, String... protocols) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(raw, null, raw.getPort(), false);
        tls.setUseClientMode(false);
        if (protocols.length > 0) {
            tls.setEnabledProtocols(protocols);
        }
        tls.startHandshake();
        secure = tls;
        in = new BufferedInputStream(tls.getInputStream());
        out = tls.getOutputStream();
    }

    public InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** Reads a request up to its body, or returns null at the end of the stream. */
    public WireServer.@Nullable Request readHead() throws IOException {
        return WireServer.readHead(in);
    }

    /** Reads a request with its body, or returns null at the end of the stream. */
    public WireServer.@Nullable Request read() throws IOException {
        WireServer.Request head = readHead();
        return head == null
                ? null
                : new WireServer.Request(
                        head.method(), head.path(), head.headers(), in.readNBytes(head.contentLength()));
    }

    /** Writes a complete response with status 200. */
    public void respond() throws IOException {
        write(OK);
    }

    public void write(String latin1) throws IOException {
        write(latin1.getBytes(ISO_8859_1));
    }

    void write(byte... bytes) throws IOException {
        out.write(bytes);
        out.flush();
        written.addAndGet(bytes.length);
    }

    /** Neither reads nor writes until the server is released. */
    void hold() throws InterruptedException {
        released.await();
    }

    boolean isReleased() {
        return released.getCount() == 0;
    }

    public void pause(int millis) throws InterruptedException {
        never.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Ends the server's direction, with a {@code close_notify} if it is TLS, and leaves the client's open. */
    public void end() throws IOException {
        SSLSocket tls = secure;
        if (tls != null) {
            tls.shutdownOutput();
        }
        cut();
    }

    /** Ends the server's direction without a {@code close_notify}. */
    void cut() throws IOException {
        if (!raw.isOutputShutdown()) {
            raw.shutdownOutput();
        }
    }

    /** Closes the connection by a reset. */
    public void reset() throws IOException {
        raw.setSoLinger(true, 0);
        close();
    }

    /** Closes both directions. */
    public void close() throws IOException {
        closed = true;
        raw.close();
    }

    /** Returns whether the client or the server has closed the connection. */
    public boolean isClosed() {
        return closed;
    }

    /** Reads until the client closes the connection. */
    void drain() {
        byte[] buffer = new byte[65_536];
        try {
            raw.setSoTimeout(0);
            InputStream rest = raw.getInputStream();
            while (rest.read(buffer) >= 0) {
                // the script has ended, so the rest is discarded
            }
        } catch (IOException e) {
            // the client has reset the connection, or the server is closed
        }
        closed = true;
    }
}
