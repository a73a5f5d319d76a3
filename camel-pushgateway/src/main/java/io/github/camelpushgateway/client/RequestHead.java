package io.github.camelpushgateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** Makes a request for HttpCore of a gateway request. */
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

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private static final int MAX_LATIN_1 = 0xff;
    private static final int MAX_ASCII = 0x7f;

    private RequestHead() {}

    /**
     * Makes a request.
     *
     * @param absolute whether its target is the whole URL, as an HTTP proxy needs it
     * @throws IllegalArgumentException if a handler has set a method or a header that could end a line
     */
    static ClassicHttpRequest of(GatewayRequest request, boolean absolute) throws IOException {
        check(request.method(), "method");
        Origin origin = Origin.of(request.url());
        String target = target(request.url());
        ClassicHttpRequest http =
                new BasicClassicHttpRequest(request.method(), null, null, absolute ? origin.url() + target : target);
        http.addHeader("Host", origin.authority());
        request.headers().forEach((name, value) -> {
            if (!OF_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                check(name, "name of a header");
                if (value.chars().anyMatch(c -> c > MAX_LATIN_1 || (c != '\t' && Character.isISOControl(c)))) {
                    throw new IllegalArgumentException("the value of the HTTP header '" + name
                            + "' has characters that cannot stand in a header; look at the option handler");
                }
                http.addHeader(name, value);
            }
        });
        byte[] body = request.body();
        if (body != null) {
            http.addHeader("Content-Length", body.length);
            http.setEntity(new ByteArrayEntity(body, null));
        } else if (!request.method().equals("GET") && !request.method().equals("DELETE")) {
            http.addHeader("Content-Length", 0);
        }
        return http;
    }

    private static void check(String text, String what) {
        if (!TOKEN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "the " + what + " of a request has characters that cannot stand there; look at the option handler");
        }
    }

    /** Nothing is normalised: that could lead to another group. */
    private static String target(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return ascii(url.getRawQuery() == null ? path : path + '?' + url.getRawQuery());
    }

    /** Not {@link URI#toASCIIString}, which normalises characters. */
    private static String ascii(String text) {
        if (text.chars().allMatch(c -> c <= MAX_ASCII)) {
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
}
