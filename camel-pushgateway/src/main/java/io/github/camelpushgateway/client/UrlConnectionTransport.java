package io.github.camelpushgateway.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sends with the JDK's {@link HttpURLConnection}: it needs no jar, and of what the JDK has it is the fastest for one small
 * request after another. Its connections are kept alive by the JDK.
 *
 * <p>If a connection breaks before the answer begins, the JDK sends the request once more on a new one by itself. That is
 * what makes connections that a gateway has closed while they were idle harmless; all operations are idempotent.
 */
final class UrlConnectionTransport implements Transport {

    /** Enough to read the gateway's words, and to let a connection be used again; what comes after is not read. */
    private static final int MAX_BODY_BYTES = 16_384;

    /** Keeps credentials of the whole JVM, meant for other servers, from being sent to a gateway that asks for some. */
    private static final Authenticator NOBODY = new Authenticator() {
        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            return null;
        }
    };

    private final int connectMillis;
    private final int readMillis;

    UrlConnectionTransport(Duration connectTimeout, Duration requestTimeout) {
        readMillis = (int) requestTimeout.toMillis();
        connectMillis = Math.min((int) connectTimeout.toMillis(), readMillis);
    }

    @Override
    public Call open(TransportRequest request) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) request.url().toURL().openConnection();
        connection.setRequestMethod(request.method());
        connection.setConnectTimeout(connectMillis);
        connection.setReadTimeout(readMillis);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setAuthenticator(NOBODY);
        connection.setRequestProperty("Accept", "*/*");
        connection.setRequestProperty("User-Agent", "camel-pushgateway");
        return new UrlCall(connection, request.body());
    }

    private static final class UrlCall implements Call {

        private final HttpURLConnection connection;

        @Nullable
        private final Payload payload;

        private volatile boolean aborted;
        private volatile boolean answered;

        UrlCall(HttpURLConnection connection, @Nullable Payload payload) {
            this.connection = connection;
            this.payload = payload;
        }

        @Override
        public TransportResponse execute() throws IOException {
            checkNotAborted();
            boolean reusable = false;
            try {
                if (payload != null) {
                    connection.setDoOutput(true);
                    connection.setRequestProperty("Content-Type", payload.contentType());
                    try (var out = connection.getOutputStream()) {
                        out.write(payload.bytes());
                    }
                }
                TransportResponse response = answer();
                reusable = true;
                return response;
            } finally {
                if (!reusable) {
                    connection.disconnect();
                }
            }
        }

        private TransportResponse answer() throws IOException {
            int status = connection.getResponseCode();
            answered = true;
            if (status < 0) {
                throw new IOException("no HTTP status came back");
            }
            String location = connection.getHeaderField("Location");
            return new TransportResponse(
                    status, location == null ? "" : ResponseText.ofLocation(location), ResponseText.of(body(status)));
        }

        private byte[] body(int status) throws IOException {
            InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
            byte[] bytes = new byte[MAX_BODY_BYTES];
            int length = 0;
            try {
                length = body == null ? 0 : read(body, bytes);
            } catch (IOException e) {
                // half an answer must not pass for a success, but a refusal is one even if its words are lost
                if (aborted || PushResponse.isSuccess(status)) {
                    throw e;
                }
                connection.disconnect();
            }
            return Arrays.copyOf(bytes, length);
        }

        private int read(InputStream body, byte[] bytes) throws IOException {
            int length = 0;
            while (length < bytes.length) {
                checkNotAborted();
                int read = body.read(bytes, length, bytes.length - length);
                if (read < 0) {
                    body.close();
                    checkComplete(length);
                    return length;
                }
                length += read;
            }
            // more than any gateway says: not worth the connection
            connection.disconnect();
            return length;
        }

        /** The JDK takes the end of a connection for the end of a body. */
        private void checkComplete(int length) throws IOException {
            if (connection.getContentLengthLong() > length) {
                throw new IOException(
                        "the answer broke off after " + length + " of " + connection.getContentLengthLong() + " bytes");
            }
        }

        private void checkNotAborted() throws IOException {
            if (aborted) {
                throw new SocketTimeoutException("aborted");
            }
        }

        @Override
        public void abort() {
            aborted = true;
            // while the body is being read, the JDK would wait for the reader here; the reader looks at the flag
            // instead
            if (!answered) {
                connection.disconnect();
            }
        }
    }
}
