package io.github.camelpushgateway.client.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.api.GatewayRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes the head of a request: see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-3">RFC 9112, 3 and 5</a>. */
final class RequestHead {

    /** Those that say how messages follow each other on a connection, which is not up to a handler. */
    private static final Set<String> OF_CONNECTION = Set.of(
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

    /** What a token may hold except letters and digits: see RFC 9110, 5.6.2. */
    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

    private static final String END = "\r\n";
    private static final int MAX_LATIN_1 = 0xff;
    private static final int MAX_ASCII = 0x7f;

    private RequestHead() {}

    /**
     * Returns the head of a request.
     *
     * @param origin that of its URL
     * @param absolute whether its target is the whole URL, as an HTTP proxy needs it
     * @throws IllegalArgumentException if a handler has set a method or a header that could end a line
     */
    static byte[] of(GatewayRequest request, Origin origin, boolean absolute) {
        check(request.method(), "method");
        StringBuilder head = new StringBuilder(256)
                .append(request.method())
                .append(' ')
                .append(absolute ? origin.url() : "")
                .append(target(request.url()))
                .append(" HTTP/1.1\r\n");
        add(head, "Host", origin.authority());
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            if (!OF_CONNECTION.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                check(header.getKey(), "name of a header");
                checkValue(header.getKey(), header.getValue());
                add(head, header.getKey(), header.getValue());
            }
        }
        byte[] body = request.body();
        if (body != null) {
            add(head, "Content-Length", Integer.toString(body.length));
        } else if (!request.method().equals("GET") && !request.method().equals("DELETE")) {
            add(head, "Content-Length", "0");
        }
        return head.append(END).toString().getBytes(ISO_8859_1);
    }

    /** Returns the head of a request for a tunnel to an origin: see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6">RFC 9110, 9.3.6</a>. */
    static byte[] ofTunnel(Origin origin) {
        StringBuilder head =
                new StringBuilder("CONNECT ").append(origin.hostAndPort()).append(" HTTP/1.1\r\n");
        add(head, "Host", origin.hostAndPort());
        return head.append(END).toString().getBytes(ISO_8859_1);
    }

    private static void add(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append(END);
    }

    private static void check(String text, String what) {
        boolean isToken = !text.isEmpty();
        for (int i = 0; isToken && i < text.length(); i++) {
            isToken = isTokenChar(text.charAt(i));
        }
        if (!isToken) {
            throw new IllegalArgumentException(
                    "the " + what + " of a request has characters that cannot stand there; look at the option handler");
        }
    }

    private static boolean isTokenChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_SIGNS.indexOf(c) >= 0;
    }

    private static void checkValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > MAX_LATIN_1 || (c != '\t' && Character.isISOControl(c))) {
                throw new IllegalArgumentException("the value of the HTTP header '" + name
                        + "' has characters that cannot stand in a header; look at the option handler");
            }
        }
    }

    /** Nothing is normalised: that could lead to another group. */
    private static String target(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return ascii(url.getRawQuery() == null ? path : path + '?' + url.getRawQuery());
    }

    /** Not {@link URI#toASCIIString}, which normalises characters. */
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
