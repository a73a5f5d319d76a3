package io.github.camelpushgateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A handler that sets a header of each request: credentials or a configured header. The value is treated as a secret
 * and does not appear in any text.
 *
 * @param name the name of the header
 * @param value the value of the header
 */
public record HeaderHandler(String name, String value) implements PushgatewayHandler {

    /** A token: see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2">RFC 9110, 5.6.2</a>. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private static final Pattern VISIBLE = Pattern.compile("[\\x20-\\x7E]*");

    /** A bearer token: see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, 2.1</a>. */
    private static final Pattern BEARER = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private static final String AUTHORIZATION = "Authorization";
    private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

    /** The headers that the transport sets, and those that describe the body. */
    private static final Set<String> RESERVED = Set.of(
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

    /**
     * Validates the name and the characters of the value. No message contains the value.
     *
     * @throws IllegalArgumentException if the name or the value is invalid, or the component sets the header itself
     */
    public HeaderHandler {
        if (!TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not a valid HTTP header name");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "the HTTP header '" + name + "' is set by the component itself; remove it");
        }
        if (!VISIBLE.matcher(value).matches()) {
            throw new IllegalArgumentException("the value of the HTTP header '" + name
                    + "' has characters that are not allowed in a header; use visible ASCII characters and spaces");
        }
    }

    /**
     * Returns a handler for HTTP basic authentication in UTF-8: see <a
     * href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>.
     *
     * @throws IllegalArgumentException if the name contains a colon, or one of them a control character
     */
    public static HeaderHandler basic(String username, String password) {
        return new HeaderHandler(AUTHORIZATION, basicCredentials("username", "password", username, password));
    }

    /**
     * Returns a handler for HTTP basic authentication at the HTTP proxy of the JVM, in UTF-8. Only the proxy receives
     * the header: see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.7.2">RFC 9110, 11.7.2</a>.
     *
     * @throws IllegalArgumentException if the name contains a colon, or one of them a control character
     */
    public static HeaderHandler proxyBasic(String username, String password) {
        return new HeaderHandler(
                PROXY_AUTHORIZATION, basicCredentials("proxyUsername", "proxyPassword", username, password));
    }

    private static String basicCredentials(
            String usernameOption, String passwordOption, String username, String password) {
        if (username.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "the " + usernameOption + " contains a colon, which basic authentication does not allow");
        }
        String credentials = username + ':' + password;
        if (credentials.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the " + usernameOption + " or the " + passwordOption
                    + " contains a control character, which basic authentication does not allow");
        }
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    /**
     * Returns a handler for a bearer token.
     *
     * @throws IllegalArgumentException if the token is invalid: see RFC 6750
     */
    public static HeaderHandler bearer(String token) {
        if (!BEARER.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "the bearerToken has characters that are not allowed in a token; check that it is complete and"
                            + " contains no spaces");
        }
        return new HeaderHandler(AUTHORIZATION, "Bearer " + token);
    }

    /** Returns whether the header is {@code Authorization}. */
    public boolean isAuthorization() {
        return name.equalsIgnoreCase(AUTHORIZATION);
    }

    /** Returns whether the header is {@code Proxy-Authorization}. */
    public boolean isProxyAuthorization() {
        return name.equalsIgnoreCase(PROXY_AUTHORIZATION);
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
