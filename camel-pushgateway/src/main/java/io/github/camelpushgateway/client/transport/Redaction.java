package io.github.camelpushgateway.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.PushResponse;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The redaction of the secrets of a request in its response. A server may repeat parts of the request in its response.
 * Each header that the client does not set itself may contain a secret.
 *
 * @param headers the headers of the request
 */
public record Redaction(Map<String, String> headers) {

    private static final Pattern SEPARATOR = Pattern.compile("[;,=]");

    /**
     * The maximum total length of secrets. Each part of a value is also a secret, so a value of many words has many
     * long secrets.
     */
    private static final int MAX_SECRET_CHARS = 1_000_000;

    /** The headers that the client sets, which contain no secret. */
    private static final Set<String> CLIENT_HEADERS =
            Set.of("accept", "user-agent", "content-type", "content-encoding", "host", "connection");

    /** Returns the text without the secrets of the request, including their encoded forms. */
    public String apply(String text) {
        if (text.isEmpty()) {
            return text;
        }
        Set<String> secrets = new LinkedHashSet<>();
        long length = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!CLIENT_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                length = add(header.getValue().strip(), secrets, length);
            }
        }
        if (length > MAX_SECRET_CHARS) {
            return SecretFinder.REDACTED;
        }
        return secrets.isEmpty() ? text : new SecretFinder(text, secrets).redacted();
    }

    /** Returns the response without the secrets of the request in the parts that a message may contain. */
    public GatewayResponse apply(GatewayResponse response) {
        if (PushResponse.isSuccess(response.statusCode())) {
            return response;
        }
        SortedMap<String, String> redacted = new TreeMap<>(response.headers());
        redacted.replaceAll((name, value) -> name.equalsIgnoreCase("Location") ? apply(value) : value);
        return new GatewayResponse(response.statusCode(), redacted, apply(response.body()));
    }

    /** Returns the exception without the secrets of the request in its message and its cause. */
    public MalformedResponseException apply(MalformedResponseException failure) {
        Throwable cause = failure.getCause();
        String causeMessage = cause == null ? "" : String.valueOf(cause.getMessage());
        return new MalformedResponseException(
                apply(String.valueOf(failure.getMessage())), apply(causeMessage).equals(causeMessage) ? cause : null);
    }

    /**
     * Adds the secrets that a value may contain.
     *
     * @param length the total length of the secrets of other values
     * @return the total length of all secrets, which is no longer increased above {@link #MAX_SECRET_CHARS}
     */
    private static long add(String value, Set<String> secrets, long length) {
        long sum = length;
        String rest = value;
        while (!rest.isEmpty() && sum <= MAX_SECRET_CHARS) {
            sum += rest.length();
            secrets.add(rest);
            SEPARATOR
                    .splitAsStream(rest)
                    .map(part -> part.strip().replaceAll("^\"|\"$", ""))
                    .filter(part -> part.length() >= SecretFinder.MIN_INFIX)
                    .forEach(secrets::add);
            int blank = rest.indexOf(' ');
            rest = blank < 0 ? "" : rest.substring(blank + 1).strip();
            addPassword(rest, secrets);
        }
        return sum;
    }

    private static void addPassword(String credentials, Set<String> secrets) {
        try {
            String userAndPassword = new String(Base64.getDecoder().decode(credentials), UTF_8);
            int colon = userAndPassword.indexOf(':');
            if (colon >= 0) {
                addUnlessEmpty(userAndPassword, secrets);
                addUnlessEmpty(userAndPassword.substring(colon + 1), secrets);
            }
            addUnlessEmpty(credentials.replaceAll("=+$", ""), secrets);
        } catch (IllegalArgumentException e) {
            // not HTTP basic authentication
        }
    }

    private static void addUnlessEmpty(String secret, Set<String> secrets) {
        if (!secret.isEmpty()) {
            secrets.add(secret);
        }
    }

    /** Returns a text without any header. */
    @Override
    public String toString() {
        return "Redaction";
    }
}
