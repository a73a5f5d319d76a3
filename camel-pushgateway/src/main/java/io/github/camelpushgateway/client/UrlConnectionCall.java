package io.github.camelpushgateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** One request and its answer on an {@link HttpURLConnection}. */
final class UrlConnectionCall implements Transport.Call {

    /** Enough to read the gateway's words, and to let a connection be used again; what comes after is not kept. */
    private static final int MAX_BODY_BYTES = 16_384;

    private final HttpURLConnection connection;
    private final byte @Nullable [] body;
    private final Redaction redaction;

    @Nullable
    private final Received<?> received;

    private final IdleConnections idle;

    @Nullable
    private String wrongHost;

    private volatile boolean aborted;
    private volatile boolean connected;
    private volatile boolean answered;

    /**
     * @param redaction for the words of a response, before they are cut
     * @param received what reads the body of a success, or null to read its first words
     */
    UrlConnectionCall(
            HttpURLConnection connection,
            byte @Nullable [] body,
            Redaction redaction,
            @Nullable Received<?> received,
            IdleConnections idle) {
        this.connection = connection;
        this.body = body;
        this.redaction = redaction;
        this.received = received;
        this.idle = idle;
        if (connection instanceof HttpsURLConnection secure) {
            secure.setHostnameVerifier(this::refuse);
        }
    }

    /** Asked only about a host that does not match the certificate: no, even if the JVM's default were made to say yes. */
    private boolean refuse(String host, SSLSession session) {
        wrongHost = host;
        return false;
    }

    @Override
    public GatewayResponse execute() throws IOException {
        checkNotAborted();
        boolean done = false;
        idle.callBegins();
        try {
            connection.setDoOutput(body != null);
            connection.connect();
            // an abort has no effect on a connection that is being made: nothing must be sent after it
            checkNotAborted();
            connected = true;
            if (body != null) {
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body);
                }
            }
            GatewayResponse response = answer();
            done = true;
            return response;
        } catch (IOException e) {
            if (wrongHost != null) {
                throw (IOException)
                        new SSLPeerUnverifiedException("the certificate is not one for the host " + wrongHost)
                                .initCause(e);
            }
            throw e;
        } finally {
            if (!done) {
                connection.disconnect();
            }
            idle.callEnds();
        }
    }

    private GatewayResponse answer() throws IOException {
        int status = connection.getResponseCode();
        answered = true;
        if (status < 100 || status > 599) {
            throw new IOException("no HTTP status came back");
        }
        Map<String, String> headers = new TreeMap<>();
        connection.getHeaderFields().forEach((name, values) -> {
            // the status line stands there under no name
            if (name != null) {
                headers.put(name, String.join(", ", values));
            }
        });
        if (!PushResponse.isSuccess(status)) {
            return redaction.apply(GatewayResponse.of(status, headers, redaction.apply(refusal(status))));
        }
        checkHasEnd(status);
        try (ResponseBody body = new ResponseBody(
                connection.getInputStream(),
                connection.getContentLengthLong(),
                received == null ? Long.MAX_VALUE : ResponseBody.MAX_BYTES,
                this::checkNotAborted)) {
            Received<?> whole = received;
            String words = "";
            if (whole == null) {
                words = new String(body.readNBytes(MAX_BODY_BYTES), UTF_8);
            } else {
                whole.receive(GatewayResponse.of(status, headers, ""), body);
            }
            body.skipAll();
            return GatewayResponse.of(status, headers, words);
        } catch (UnreadableAnswerException e) {
            throw redaction.apply(e);
        }
    }

    /** The JDK takes the end of a connection for the end of the headers. Then what announces the body is missing. */
    private void checkHasEnd(int status) throws IOException {
        boolean endsWithConnection = "close".equalsIgnoreCase(connection.getHeaderField("Connection"))
                || String.valueOf(connection.getHeaderField(0)).startsWith("HTTP/1.0");
        if (status != HttpURLConnection.HTTP_NO_CONTENT
                && !endsWithConnection
                && connection.getContentLengthLong() < 0
                && !"chunked".equalsIgnoreCase(connection.getHeaderField("Transfer-Encoding"))) {
            throw new IOException("the response broke off in its headers");
        }
    }

    /** Returns the first words of a refusal, which is one even if some of its words are lost. */
    private String refusal(int status) throws IOException {
        InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        long announced = connection.getContentLengthLong();
        // one more, to meet the end
        byte[] bytes = new byte[announced < 0 ? MAX_BODY_BYTES : (int) Math.min(MAX_BODY_BYTES - 1, announced) + 1];
        int length = 0;
        try {
            for (int read = 0; read >= 0 && length < bytes.length; length += Math.max(read, 0)) {
                checkNotAborted();
                read = stream == null ? -1 : stream.read(bytes, length, bytes.length - length);
            }
            if (length == bytes.length) {
                // more than any gateway says: not worth the connection
                connection.disconnect();
            } else if (stream != null) {
                stream.close();
            }
        } catch (IOException e) {
            if (aborted) {
                throw e;
            }
            connection.disconnect();
        }
        return new String(bytes, 0, length, UTF_8);
    }

    private void checkNotAborted() throws IOException {
        if (aborted) {
            throw new SocketTimeoutException("aborted");
        }
    }

    @Override
    public boolean isUnanswered() {
        return connected && !answered;
    }

    @Override
    public boolean abort() {
        aborted = true;
        // while the body is being read, the JDK would wait for the reader here; the reader looks at the flag instead
        if (answered) {
            return true;
        }
        // has no effect while the JDK makes a new connection for a request that broke off: it is then sent once more on
        // that
        connection.disconnect();
        return false;
    }
}
