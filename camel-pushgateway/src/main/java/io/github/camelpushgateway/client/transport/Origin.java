package io.github.camelpushgateway.client.transport;

import io.github.camelpushgateway.api.AsciiHost;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a URL, to which a connection is made: see <a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-4.3.1">RFC 9110, 4.3.1 and 4.3.2</a>.
 *
 * @param secure whether the scheme is https
 * @param host the host to connect to, without the brackets of an IPv6 address
 * @param port the port to connect to, the default port of the scheme if the URL has none
 * @param authority the value of the header {@code Host}: the host, and the port if it is not the default
 */
record Origin(boolean secure, String host, int port, String authority) {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /**
     * Returns the origin of a URL.
     *
     * @throws IOException if the URL has another scheme, or no host
     */
    static Origin of(URI url) throws IOException {
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        // getHost() does not support names with an underscore, which are common for containers
        String authority = url.getRawAuthority();
        if (authority == null || !(secure || "http".equalsIgnoreCase(url.getScheme()))) {
            throw new IOException("a handler set a URL that is not an http or https URL with a host");
        }
        String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = hostAndPort.lastIndexOf(':');
        boolean hasPort = colon > hostAndPort.lastIndexOf(']');
        String host = asciiHost(hasPort ? hostAndPort.substring(0, colon) : hostAndPort);
        int defaultPort = secure ? HTTPS_PORT : HTTP_PORT;
        int port = hasPort && colon + 1 < hostAndPort.length() ? port(hostAndPort.substring(colon + 1)) : defaultPort;
        boolean isIpv6 = host.startsWith("[") && host.endsWith("]");
        String headerHost = isIpv6 ? withoutZone(host) : host;
        return new Origin(
                secure,
                isIpv6 ? host.substring(1, host.length() - 1).replace("%25", "%") : host,
                port,
                port == defaultPort ? headerHost : headerHost + ':' + port);
    }

    private static String asciiHost(String host) throws IOException {
        try {
            return host.startsWith("[") ? host : AsciiHost.of(host, "the host of a URL that a handler set");
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Returns an IPv6 address without its zone, which is only valid on this machine: see <a
     * href="https://www.rfc-editor.org/rfc/rfc6874#section-3">RFC 6874, 3</a>.
     */
    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone) + ']';
    }

    private static int port(String digits) throws IOException {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IOException("a handler set a URL whose port is not a number", e);
        }
    }

    /**
     * Compares all components. The generated method of a record uses method handles, which are slow in a JVM that has just started.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Origin that
                && secure == that.secure
                && port == that.port
                && host.equals(that.host)
                && authority.equals(that.authority);
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }

    /** Returns the URL without a path. */
    URI url() {
        return URI.create((secure ? "https://" : "http://") + authority.toLowerCase(Locale.ROOT));
    }

    /** Returns the host and the port, which CONNECT requires even for the default port. */
    String hostAndPort() {
        return (host.indexOf(':') >= 0 ? withoutZone('[' + host + ']') : host) + ':' + port;
    }
}
