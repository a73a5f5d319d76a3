package io.github.camelpushgateway.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.api.GatewayRequest;
import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request, its request line and headers: see <a
 * href="https://www.rfc-editor.org/rfc/rfc9112#section-3">RFC 9112, 3 and 5</a>.
 */
final class RequestHead {

    /** The headers that control the connection, which a handler cannot set. */
    private static final Set<String> CONNECTION_HEADERS = caseInsensitive(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** The credentials for a proxy, which only a proxy receives: see RFC 9110, 11.7.2. */
    static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

    /** The characters of a token besides letters and digits: see RFC 9110, 5.6.2. */
    private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

    private static final String END = "\r\n";
    private static final int MAX_LATIN_1 = 0xff;
    private static final int MAX_ASCII = 0x7f;

    private RequestHead() {}

    private static Set<String> caseInsensitive(String... names) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Collections.addAll(all, names);
        return Collections.unmodifiableSet(all);
    }

    /**
     * Returns the head of a request. Each of its characters is one byte.
     *
     * @param request the request
     * @param origin the origin of its URL
     * @param absolute whether the target is the whole URL, which an HTTP proxy requires
     * @throws IllegalArgumentException if the method or a header contains invalid characters, such as the end of a line
     */
    static CharSequence of(GatewayRequest request, Origin origin, boolean absolute) {
        validateToken(request.method(), "method");
        StringBuilder head = new StringBuilder(256)
                .append(request.method())
                .append(' ')
                .append(absolute ? origin.url() : "")
                .append(target(request.url()))
                .append(" HTTP/1.1\r\n");
        add(head, "Host", origin.authority());
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            // first, because the set ignores the case of more than ASCII characters
            validateToken(header.getKey(), "name of a header");
            if (!CONNECTION_HEADERS.contains(header.getKey())
                    && (absolute || !PROXY_AUTHORIZATION.equalsIgnoreCase(header.getKey()))) {
                validateValue(header.getKey(), header.getValue());
                add(head, header.getKey(), header.getValue());
            }
        }
        byte[] body = request.body();
        if (body != null) {
            add(head, "Content-Length", Integer.toString(body.length));
        } else if (!request.method().equals("GET") && !request.method().equals("DELETE")) {
            add(head, "Content-Length", "0");
        }
        return head.append(END);
    }

    /**
     * Returns the head of a request for a tunnel to an origin: see <a
     * href="https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6">RFC 9110, 9.3.6</a>.
     *
     * @param proxyAuthorization the credentials for the proxy, or null
     * @throws IllegalArgumentException if the credentials contain invalid characters
     */
    static CharSequence ofTunnel(Origin origin, @Nullable String proxyAuthorization) {
        StringBuilder head =
                new StringBuilder("CONNECT ").append(origin.hostAndPort()).append(" HTTP/1.1\r\n");
        add(head, "Host", origin.hostAndPort());
        if (proxyAuthorization != null) {
            validateValue(PROXY_AUTHORIZATION, proxyAuthorization);
            add(head, PROXY_AUTHORIZATION, proxyAuthorization);
        }
        return head.append(END);
    }

    private static void add(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append(END);
    }

    private static void validateToken(String text, String what) {
        boolean isToken = !text.isEmpty();
        for (int i = 0; isToken && i < text.length(); i++) {
            isToken = isTokenChar(text.charAt(i));
        }
        if (!isToken) {
            throw new IllegalArgumentException(
                    "the " + what + " of a request has characters that are not allowed; check the option handler");
        }
    }

    private static boolean isTokenChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_PUNCTUATION.indexOf(c) >= 0;
    }

    private static void validateValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > MAX_LATIN_1 || (c != '\t' && Character.isISOControl(c))) {
                throw new IllegalArgumentException("the value of the HTTP header '" + name
                        + "' has characters that are not allowed in a header; check the option handler");
            }
        }
    }

    /** Returns the target. It is not normalised, because a normalised path could name another group. */
    private static String target(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return ascii(url.getRawQuery() == null ? path : path + '?' + url.getRawQuery());
    }

    /**
     * Returns the text with percent-encoded non-ASCII characters. {@link URI#toASCIIString} is not used, because it
     * normalises characters.
     */
    private static String ascii(String text) {
        if (isAscii(text)) {
            return text;
        }
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(UTF_8)) {
            if (each >= 0) {
                encoded.append((char) each);
            } else {
                encoded.append(String.format("%%%02X", each));
            }
        }
        return encoded.toString();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > MAX_ASCII) {
                return false;
            }
        }
        return true;
    }
}
