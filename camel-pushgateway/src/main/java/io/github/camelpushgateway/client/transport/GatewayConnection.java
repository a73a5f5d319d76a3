package io.github.camelpushgateway.client.transport;

import io.github.camelpushgateway.api.PushResponse;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection for sequential requests. Only {@link #close} and {@link #abort()} are thread-safe. */
final class GatewayConnection implements Closeable {

    /** A connection that was idle for longer is checked before it is used. */
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int CHECK_MILLIS = 1;

    /** The maximum size of a body that is written together with its head, in one system call. */
    private static final int MAX_JOINED_BYTES = 8_192;

    private static final byte[] NO_BODY = new byte[0];

    private final Origin origin;
    private final boolean throughProxy;

    @Nullable
    private final String proxy;

    private final Socket socket;
    private final boolean secure;
    private final ConnectionStream in;
    private final OutputStream out;
    private final ResponseReader responses;

    /** The number of bytes received before the last request. */
    private long receivedBefore;

    private long idleSince = System.nanoTime();

    /** Whether a request was sent. */
    private boolean isUsed;

    /** Whether a request was sent only partially. */
    private boolean isBroken;

    /**
     * Creates a connection on a connected socket.
     *
     * @param origin the origin of the requests
     * @param throughProxy whether an HTTP proxy reads the requests, whose target is then an absolute URL
     * @param proxy a description of the proxy of any kind, or null
     * @param socket the connected socket
     * @param tls the socket with TLS, or null
     */
    GatewayConnection(Origin origin, boolean throughProxy, @Nullable String proxy, Socket socket, @Nullable Socket tls)
            throws IOException {
        this.origin = origin;
        this.throughProxy = throughProxy;
        this.proxy = proxy;
        this.socket = socket;
        secure = tls != null;
        Socket stream = tls == null ? socket : tls;
        in = new ConnectionStream(stream.getInputStream());
        out = stream.getOutputStream();
        responses = new ResponseReader(in);
    }

    /** Returns whether the connection is to this origin. */
    boolean leadsTo(Origin other) {
        return origin.equals(other);
    }

    /** Returns whether the target of a request is an absolute URL: see RFC 9112, 3.2.2. */
    boolean isThroughProxy() {
        return throughProxy;
    }

    /** Returns a description of the proxy, or null for a connection without a proxy. */
    @Nullable
    String proxy() {
        return proxy;
    }

    /**
     * Returns whether another request can probably be sent: nothing was received since the last response, not even the
     * end. Any received byte makes the connection unusable, including bytes of TLS itself.
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
            // after a byte or the end, the connection is no longer used
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(0);
        }
    }

    /** Returns the time since the last request, in nanoseconds. */
    long idleNanos() {
        return System.nanoTime() - idleSince;
    }

    /**
     * Sends a request, and waits for the head of the final response.
     *
     * @param head the request without its body, in characters of ISO 8859-1
     * @param body the body, or null
     * @throws IOException if the connection broke, or the received bytes are not HTTP
     */
    ResponseHead roundTrip(CharSequence head, byte @Nullable [] body) throws IOException {
        receivedBefore = in.received();
        if (!isUsed && in.available() > 0) {
            throw new IOException("bytes were received before the request was sent");
        }
        isUsed = true;
        try {
            if (body == null || body.length > MAX_JOINED_BYTES) {
                out.write(join(head, NO_BODY));
                if (body != null) {
                    out.write(body);
                }
            } else {
                out.write(join(head, body));
            }
        } catch (SocketException e) {
            return responseInstead(e);
        }
        return responses.head();
    }

    private static byte[] join(CharSequence head, byte[] body) {
        byte[] joined = new byte[head.length() + body.length];
        for (int i = 0; i < head.length(); i++) {
            joined[i] = (byte) head.charAt(i);
        }
        System.arraycopy(body, 0, joined, head.length(), body.length);
        return joined;
    }

    /**
     * Returns the response of a gateway or proxy that refuses a large body and closes the connection while the body is
     * being sent. A success is not accepted, because the request was incomplete.
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

    /** Returns whether any byte of a response to the last request was received. */
    boolean hasReceived() {
        return in.received() > receivedBefore;
    }

    /** Returns the body of a response. Reading it fails if the connection ends before the body does. */
    InputStream body(ResponseHead response) throws IOException {
        return responses.body(response);
    }

    /** Returns whether another request can follow a response whose body was read to its end. */
    boolean isReusable(ResponseHead response) {
        idleSince = System.nanoTime();
        return !isBroken && !in.isEnded() && !responses.hasRemaining() && response.isPersistent();
    }

    /** Closes an idle connection. It does not wait, not even for the close notification of TLS. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Closes the connection immediately, from any thread. Unsent data is dropped. */
    void abort() throws IOException {
        abort(socket);
    }

    /** Closes the socket of a connection immediately. */
    static void abort(Socket socket) throws IOException {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // the socket is already closed
        }
        socket.close();
    }
}
