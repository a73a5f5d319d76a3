package io.github.camelpushgateway.client;

import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends with the JDK's {@link HttpURLConnection}: it needs no jar, and of what the JDK has it is the fastest for one small
 * request after another. Its connections are kept alive by the JDK.
 *
 * <p>If a connection breaks before the answer begins, the JDK sends the request once more on a new one by itself. That is
 * what makes connections that a gateway has closed while they were idle harmless; all operations are idempotent.
 */
final class UrlConnectionTransport implements Transport {

    /** Keeps credentials of the whole JVM, meant for other servers, from being sent to a gateway that asks for some. */
    private static final Authenticator NOBODY = new Authenticator() {
        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            return null;
        }
    };

    private final Duration connectTimeout;

    @Nullable
    private final SSLSocketFactory tls;

    private final GatewayUrl gateway;
    private final IdleConnections idle = new IdleConnections();

    /** @param tls kept for as long as the transport lives, since the JDK uses a connection again only with the same one */
    UrlConnectionTransport(GatewayUrl gateway, Duration connectTimeout, @Nullable SSLSocketFactory tls) {
        this.gateway = gateway;
        this.connectTimeout = connectTimeout;
        this.tls = tls;
    }

    @Override
    public Call open(GatewayRequest request, @Nullable Received<?> received) throws IOException {
        int timeout = (int) request.timeout().toMillis();
        HttpURLConnection connection = connection(request.url());
        connection.setRequestMethod(request.method());
        connection.setConnectTimeout((int) Math.min(connectTimeout.toMillis(), timeout));
        connection.setReadTimeout(timeout);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setAuthenticator(NOBODY);
        request.headers().forEach(connection::setRequestProperty);
        return new UrlConnectionCall(connection, request.body(), new Redaction(request.headers()), received, idle);
    }

    private HttpURLConnection connection(URI url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
        if (tls != null && connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(tls);
        }
        return connection;
    }

    @Override
    public void close() {
        idle.close(() -> connection(gateway.resolve("/")));
    }
}
