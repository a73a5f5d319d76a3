package io.github.camelpushgateway.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/** A connection on which requests follow each other. Only {@link #close} may be called by several threads. */
final class GatewayConnection implements Closeable {

    /** One that was idle for longer is checked before it is used. */
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int CHECK_MILLIS = 1;

    private static final int MAX_HEADERS = 200;
    private static final int MAX_LINE_CHARS = 16_384;

    /** A gateway or proxy sends one or two. */
    private static final int MAX_INTERIM_RESPONSES = 100;

    private static final Http1Config BOUNDS = Http1Config.custom()
            .setMaxHeaderCount(MAX_HEADERS)
            .setMaxLineLength(MAX_LINE_CHARS)
            .build();

    private static final HttpContext NO_CONTEXT = HttpCoreContext.create();

    private final Origin origin;
    private final boolean byProxy;
    private final Socket socket;
    private final HeadParser heads = new HeadParser();
    private final Http http = new Http(heads);
    private final ConnectionStream in;

    /** How many bytes had come when the last request began. */
    private long receivedBefore;

    private long idleSince = System.nanoTime();

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
        in = new ConnectionStream((tls == null ? socket : tls).getInputStream());
        http.use(tls == null ? new Streams(socket, in) : new Streams(tls, socket, in));
    }

    /** Lets the stream that is read be one of ours. */
    private static final class Http extends DefaultBHttpClientConnection {

        Http(HeadParser heads) {
            super(BOUNDS, null, null, null, null, null, any -> heads);
        }

        void use(Streams streams) throws IOException {
            bind(streams);
        }
    }

    /** Without a parser of its own, the bounds would not hold for heads; and it knows what was received and not read. */
    private static final class HeadParser extends DefaultHttpResponseParser {

        @Nullable
        private SessionInputBuffer received;

        HeadParser() {
            super(BOUNDS);
        }

        @Override
        public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in) throws IOException, HttpException {
            received = buffer;
            return super.parse(buffer, in);
        }

        boolean hasLeft() {
            return received != null && received.length() > 0;
        }
    }

    private static final class Streams extends SocketHolder {

        private final InputStream in;

        Streams(Socket socket, InputStream in) {
            super(socket);
            this.in = in;
        }

        Streams(SSLSocket tls, Socket socket, InputStream in) {
            super(tls, socket);
            this.in = in;
        }

        @Override
        protected InputStream getInputStream(Socket any) {
            return in;
        }
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
            return socket.getInputStream().available() == 0 && (idleNanos() < CHECK_NANOS || isSilent());
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
     * @throws IOException if the connection broke, or what came is not HTTP
     */
    ClassicHttpResponse exchange(ClassicHttpRequest request) throws IOException {
        receivedBefore = in.received();
        if (in.available() > 0) {
            throw new IOException("something came before the request was sent");
        }
        try {
            http.sendRequestHeader(request);
            try {
                http.sendRequestEntity(request);
                http.flush();
            } catch (SocketException e) {
                return responseInstead(e);
            }
            return receive();
        } catch (HttpException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** A gateway or proxy that does not want a large body responds, and closes the connection while the body is being sent. */
    private ClassicHttpResponse responseInstead(SocketException broken) throws SocketException {
        try {
            return receive();
        } catch (IOException | HttpException e) {
            broken.addSuppressed(e);
            throw broken;
        }
    }

    private ClassicHttpResponse receive() throws IOException, HttpException {
        for (int i = 0; i < MAX_INTERIM_RESPONSES; i++) {
            ClassicHttpResponse response = http.receiveResponseHeader();
            if (in.isEnded()) {
                throw new IOException("the response broke off in its headers");
            }
            if (response.getVersion().getMajor() < 1 || response.getCode() == HttpStatus.SC_SWITCHING_PROTOCOLS) {
                throw new IOException("a response of another protocol than HTTP/1.1 came");
            }
            if (response.getCode() >= HttpStatus.SC_SUCCESS) {
                return response;
            }
        }
        throw new IOException("more than " + MAX_INTERIM_RESPONSES + " interim responses came, and no final one");
    }

    /** Returns whether any byte of a response to the last request has come. */
    boolean hasReceived() {
        return in.received() > receivedBefore;
    }

    /** Returns the body of a response. To read it fails if the connection ends before the body does. */
    InputStream body(ClassicHttpResponse response) throws IOException {
        int status = response.getCode();
        if (status == HttpStatus.SC_NO_CONTENT || status == HttpStatus.SC_NOT_MODIFIED) {
            return InputStream.nullInputStream();
        }
        try {
            http.receiveResponseEntity(response);
        } catch (HttpException e) {
            throw new IOException(e.getMessage(), e);
        }
        return response.getEntity().getContent();
    }

    /** Checks that the end of a body that was read is the end that the response announced. */
    void checkEnd(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity != null && entity.isChunked() && in.isEnded()) {
            throw new IOException("the response broke off in its trailers");
        }
    }

    /** Returns whether another request can follow on a response whose body was read to its end. */
    boolean isReusable(ClassicHttpRequest request, ClassicHttpResponse response) {
        idleSince = System.nanoTime();
        return !in.isEnded()
                && !heads.hasLeft()
                // RFC 9112, 6.1
                && !(response.containsHeader(HttpHeaders.CONTENT_LENGTH)
                        && response.containsHeader(HttpHeaders.TRANSFER_ENCODING))
                && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, NO_CONTEXT);
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
