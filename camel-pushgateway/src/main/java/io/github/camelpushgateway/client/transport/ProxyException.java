package io.github.camelpushgateway.client.transport;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a proxy cannot be reached, requires other credentials, or refuses to connect to the gateway. The message
 * states the problem and the remedy. It contains no text of the proxy.
 */
public final class ProxyException extends IOException {

    private static final long serialVersionUID = 1L;

    private static final int CREDENTIALS_REQUIRED = 407;

    /** The response of some proxies, such as tinyproxy, to wrong credentials. */
    private static final int UNAUTHORIZED = 401;

    private static final String BYPASS = " add the host of the gateway to the system property http.nonProxyHosts";

    private static final List<String> UNSUPPORTED_SCHEMES =
            List.of("Negotiate", "NTLM", "Kerberos", "Digest", "Bearer");

    private final int statusCode;

    private ProxyException(String message, int statusCode, @Nullable Throwable cause) {
        super(message, cause);
        this.statusCode = statusCode;
    }

    /** Returns whether the status of a response means that the proxy requires other credentials. */
    static boolean isAboutCredentials(int statusCode) {
        return statusCode == CREDENTIALS_REQUIRED;
    }

    /** Returns whether the status of a response to CONNECT, which only the proxy sends, means the same. */
    static boolean isAboutCredentialsOfTunnel(int statusCode) {
        return statusCode == CREDENTIALS_REQUIRED || statusCode == UNAUTHORIZED;
    }

    /**
     * Returns the exception for a proxy that requires other credentials.
     *
     * @param head the response of the proxy
     * @param hadCredentials whether the proxy has received credentials
     */
    static ProxyException credentials(ResponseHead head, boolean hadCredentials) {
        String schemes = head.headers().getOrDefault("Proxy-Authenticate", "").toLowerCase(Locale.ROOT);
        String status = " (" + head.status() + "); ";
        String message = hadCredentials
                ? "the proxy does not accept the credentials" + status
                        + "check the options proxyUsername and proxyPassword"
                : "the proxy requires credentials" + status + "set the options proxyUsername and proxyPassword, or"
                        + BYPASS;
        if (!schemes.isEmpty() && !schemes.contains("basic")) {
            String other = UNSUPPORTED_SCHEMES.stream()
                    .filter(scheme -> schemes.contains(scheme.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .map(scheme -> ' ' + scheme)
                    .orElse(" other than Basic");
            message = "the proxy requires an authentication scheme" + other + " (" + head.status()
                    + "), but the component supports only Basic; let the proxy accept Basic, or" + BYPASS;
        }
        return new ProxyException(message, head.status(), null);
    }

    /** Returns the exception for a proxy that does not open a tunnel to the gateway. */
    static ProxyException refused(Origin origin, int statusCode) {
        String target = origin.hostAndPort() + " (" + statusCode + "); ";
        return new ProxyException(
                statusCode >= 500
                        ? "the proxy could not connect to " + target
                                + "check that a gateway runs there and that the proxy can reach it, and the option url"
                        : "the proxy refused to connect to " + target
                                + "let it permit CONNECT to this host and port, or" + BYPASS,
                statusCode,
                null);
    }

    /** Returns the exception for a proxy that does not respond to a request for a tunnel. */
    static ProxyException notOpened(IOException cause) {
        return new ProxyException(
                "the proxy closed the connection, or its response to CONNECT is not HTTP (" + detailsOf(cause)
                        + "); check that an HTTP proxy runs there",
                0,
                cause);
    }

    /** Returns the exception for a proxy to which no connection could be opened. */
    static ProxyException notReached(IOException cause) {
        return new ProxyException(
                "the proxy did not connect ("
                        + (cause instanceof UnknownHostException ? "its host is unknown" : detailsOf(cause))
                        + "); check that it runs, and the system properties with its host and port, or" + BYPASS,
                0,
                cause);
    }

    static ProxyException ofSelector(Throwable cause) {
        return new ProxyException("the ProxySelector of the JVM failed: " + cause, 0, cause);
    }

    private static String detailsOf(IOException cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** Returns the status of the proxy's refusal, or 0 if there was no response. */
    public int statusCode() {
        return statusCode;
    }
}
