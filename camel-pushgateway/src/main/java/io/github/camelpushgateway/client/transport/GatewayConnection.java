package io.github.camelpushgateway.client.transport;

import io.github.camelpushgateway.api.PushResponse;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A connection on which requests follow each other. Only {@link #close} may be called by several threads. */
final class GatewayConnection implements Closeable {

    /** One that was idle for longer is checked before it is used. */
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int CHECK_MILLIS = 1;

    /** A body up to this size is written with its head, by one call of the operating system. */
    private static final int MAX_JOINED_BYTES = 8_192;

    private final Origin origin;
    private final boolean byProxy;
    private final Socket socket;
    private final boolean secure;
    private final ConnectionStream in;
    private final OutputStream out;
    private final ResponseReader responses;

    /** How many bytes had come when the last request began. */
    private long receivedBefore;

    private long idleSince = System.nanoTime();

    /** Whether a request was sent. */
    private boolean isUsed;

    /** Whether a request was sent in part only. */
    private boolean isBroken;

    /**
     * Takes a connected socket.
     *
     * @param origin where its requests go to
     * @param byProxy whether an HTTP proxy reads the requests, which are then for an absolute URL
     * @param socket the connected socket
     * @param tls the same with TLS, or null
     */
    GatewayConnection(Origin origin, boolean byProxy, Socket socket, @Nullable SSLSocket tls) throws IOException {
        this.origin = origin;
        this.byProxy = byProxy;
        this.socket = socket;
        secure = tls != null;
        Socket stream = tls == null ? socket : tls;
        in = new ConnectionStream(stream.getInputStream());
        out = stream.getOutputStream();
        responses = new ResponseReader(in);
    }

    boolean leadsTo(Origin other) {
        return origin.equals(other);
    }

    /** Returns whether the target of a request is an absolute URL: see RFC 9112, 3.2.2. */
    boolean isByProxy() {
        return byProxy;
    }

    /**
     * Returns whether another request can be sent as far as is known here: nothing has come since the last response, not even the end. What
     * has come is not looked at, also not what belongs to TLS alone.
     */
    boolean isUsable() {
        try {
            return in.available() == 0
                    && (!secure || socket.getInputStream().available() == 0)
                    && (idleNanos() < CHECK_NANOS || isSilent());
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isSilent() throws IOException {
        socket.setSoTimeout(CHECK_MILLIS);
        try {
            // after a byte or the end, the connection is not used any more
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(0);
        }
    }

    long idleNanos() {
        return System.nanoTime() - idleSince;
    }

    /**
     * Sends a request, and waits for the head of the final response.
     *
     * @param head the request without its body
     * @throws IOException if the connection broke, or the received bytes are not HTTP
     */
    ResponseHead exchange(byte[] head, byte @Nullable [] body) throws IOException {
        receivedBefore = in.received();
        if (!isUsed && in.available() > 0) {
            throw new IOException("something came before the request was sent");
        }
        isUsed = true;
        try {
            if (body == null || body.length > MAX_JOINED_BYTES) {
                out.write(head);
                if (body != null) {
                    out.write(body);
                }
            } else {
                byte[] both = Arrays.copyOf(head, head.length + body.length);
                System.arraycopy(body, 0, both, head.length, body.length);
                out.write(both);
            }
        } catch (SocketException e) {
            return responseInstead(e);
        }
        return responses.head();
    }

    /**
     * Returns the refusal of a gateway or proxy that does not want a large body, and closes the connection while the body is being sent. A
     * success cannot be one: the request was not complete.
     */
    private ResponseHead responseInstead(SocketException broken) throws SocketException {
        isBroken = true;
        try {
            ResponseHead head = responses.head();
            if (!PushResponse.isSuccess(head.status())) {
                return head;
            }
        } catch (IOException e) {
            broken.addSuppressed(e);
        }
        throw broken;
    }

    /** Returns whether any byte of a response to the last request has come. */
    boolean hasReceived() {
        return in.received() > receivedBefore;
    }

    /** Returns the body of a response. Reading it fails if the connection ends before the body does. */
    InputStream body(ResponseHead response) throws IOException {
        return responses.body(response);
    }

    /** Returns whether another request can follow on a response whose body was read to its end. */
    boolean isReusable(ResponseHead response) {
        idleSince = System.nanoTime();
        return !isBroken && !in.isEnded() && !responses.hasLeft() && response.isPersistent();
    }

    /** Closes a connection that is idle. Does not wait, not even for TLS to say goodbye. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Closes the connection at once, from any thread. What is still to be sent is dropped. */
    void abort() throws IOException {
        abort(socket);
    }

    static void abort(Socket socket) throws IOException {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // it is not open any more
        }
        socket.close();
    }
}
