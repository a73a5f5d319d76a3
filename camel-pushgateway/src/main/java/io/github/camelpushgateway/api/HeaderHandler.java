package io.github.camelpushgateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Gives every request a header: credentials, or one that somebody asked for. Its value is a secret, and in no text.
 *
 * @param name the header's name
 * @param value its value
 */
public record HeaderHandler(String name, String value) implements PushgatewayHandler {

    /** <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2">RFC 9110, 5.6.2</a> */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private static final Pattern VISIBLE = Pattern.compile("[\\x20-\\x7E]*");

    /** <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, 2.1</a> */
    private static final Pattern BEARER = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private static final String AUTHORIZATION = "Authorization";

    /** What the connection sets itself, and what describes the body. */
    private static final Set<String> NOT_TO_SET = Set.of(
            "host",
            "connection",
            "keep-alive",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "trailer",
            "upgrade",
            "via",
            "expect",
            "origin");

    /** Checks nothing of the value but that it can stand in a header; no message repeats it. */
    public HeaderHandler {
        if (!TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not the name of an HTTP header");
        }
        if (NOT_TO_SET.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "the HTTP header '" + name + "' is set by the component itself; leave it out");
        }
        if (!VISIBLE.matcher(value).matches()) {
            throw new IllegalArgumentException("the value of the HTTP header '" + name
                    + "' has characters that cannot stand in a header; use visible ASCII characters and spaces");
        }
    }

    /**
     * Returns basic auth in UTF-8: see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>.
     *
     * @throws IllegalArgumentException if the name holds a colon, or either a control character
     */
    public static HeaderHandler basic(String username, String password) {
        if (username.indexOf(':') >= 0) {
            throw new IllegalArgumentException("the username holds a colon, which basic auth cannot carry");
        }
        String both = username + ':' + password;
        if (both.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "username or password hold a control character, which basic auth cannot carry");
        }
        return new HeaderHandler(AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8)));
    }

    /**
     * Returns a bearer token.
     *
     * @throws IllegalArgumentException if it is none: see RFC 6750
     */
    public static HeaderHandler bearer(String token) {
        if (!BEARER.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "the bearerToken has characters that no token has; check that it is given whole and without blanks");
        }
        return new HeaderHandler(AUTHORIZATION, "Bearer " + token);
    }

    /** Tells whether the header carries credentials. */
    public boolean isAuthorization() {
        return name.equalsIgnoreCase(AUTHORIZATION);
    }

    @Override
    public GatewayResponse handle(GatewayRequest request, Next next) throws IOException {
        return next.handle(request.withHeader(name, value));
    }

    @Override
    public String toString() {
        return "HeaderHandler[" + name + "]";
    }
}
