package io.github.camelpushgateway.client.transport;

import io.github.camelpushgateway.api.AsciiHost;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection leads to: see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-4.3.1">RFC 9110, 4.3.1 and 4.3.2</a>.
 *
 * @param secure whether the scheme is https
 * @param host the host to connect to, an IPv6 address without its brackets
 * @param port the port to connect to, the scheme's own if the URL has none
 * @param authority the value of the header {@code Host}: the host, and the port if it is not the scheme's own
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
        // not getHost(), which finds none in names with an underscore, as containers often have them
        String authority = url.getRawAuthority();
        if (authority == null || !(secure || "http".equalsIgnoreCase(url.getScheme()))) {
            throw new IOException("a handler asked for a URL that is not one of http or https with a host");
        }
        String place = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = place.lastIndexOf(':');
        boolean hasPort = colon > place.lastIndexOf(']');
        String host = asciiHost(hasPort ? place.substring(0, colon) : place);
        int own = secure ? HTTPS_PORT : HTTP_PORT;
        int port = hasPort && colon + 1 < place.length() ? port(place.substring(colon + 1)) : own;
        boolean isIpv6 = host.startsWith("[") && host.endsWith("]");
        String shown = isIpv6 ? withoutZone(host) : host;
        return new Origin(
                secure,
                isIpv6 ? host.substring(1, host.length() - 1).replace("%25", "%") : host,
                port,
                port == own ? shown : shown + ':' + port);
    }

    private static String asciiHost(String host) throws IOException {
        try {
            return host.startsWith("[") ? host : AsciiHost.of(host, "the host of a URL that a handler asked for");
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** A zone has a meaning on this machine alone: see <a href="https://www.rfc-editor.org/rfc/rfc6874#section-3">RFC 6874, 3</a>. */
    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone) + ']';
    }

    private static int port(String digits) throws IOException {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IOException("a handler asked for a URL whose port is not a number", e);
        }
    }

    /** Not a record's own, which is built of method handles: that takes long in a new JVM. */
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

    /** Returns host and port, as CONNECT needs them also for the scheme's own port. */
    String hostAndPort() {
        return (host.indexOf(':') >= 0 ? withoutZone('[' + host + ']') : host) + ':' + port;
    }
}
