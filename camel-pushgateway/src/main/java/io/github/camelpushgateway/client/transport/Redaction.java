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
 * Replaces the secrets of a request in a response, since a server may repeat the request in its words. Each header that somebody has set
 * may hold one.
 *
 * @param headers the headers of the request
 */
public record Redaction(Map<String, String> headers) {

    private static final Pattern SEPARATOR = Pattern.compile("[;,=]");

    /** A secret is each part of a value as well, so a value of many words has long ones. */
    private static final int MAX_SECRET_CHARS = 1_000_000;

    /** Those that the client sets, which hold no secret. */
    private static final Set<String> OWN =
            Set.of("accept", "user-agent", "content-type", "content-encoding", "host", "connection");

    /** Returns the text without the secrets of the request, also where they are encoded. */
    public String apply(String text) {
        if (text.isEmpty()) {
            return text;
        }
        Set<String> secrets = new LinkedHashSet<>();
        long length = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!OWN.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                length = add(header.getValue().strip(), secrets, length);
            }
        }
        if (length > MAX_SECRET_CHARS) {
            return SecretFinder.REDACTED;
        }
        return secrets.isEmpty() ? text : new SecretFinder(text, secrets).redacted();
    }

    /** Returns the response without the secrets of the request in what a message may repeat. */
    public GatewayResponse apply(GatewayResponse response) {
        if (PushResponse.isSuccess(response.statusCode())) {
            return response;
        }
        SortedMap<String, String> shown = new TreeMap<>(response.headers());
        shown.replaceAll((name, value) -> name.equalsIgnoreCase("Location") ? apply(value) : value);
        return new GatewayResponse(response.statusCode(), shown, apply(response.body()));
    }

    /** Returns the exception without the secrets of the request in its message and its cause. */
    public MalformedResponseException apply(MalformedResponseException failure) {
        Throwable cause = failure.getCause();
        String words = cause == null ? "" : String.valueOf(cause.getMessage());
        return new MalformedResponseException(
                apply(String.valueOf(failure.getMessage())), apply(words).equals(words) ? cause : null);
    }

    /**
     * Adds the secrets that a value may hold.
     *
     * @param length that of the secrets of other values
     * @return the length of all, which ends to grow when it is more than {@link #MAX_SECRET_CHARS}
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
            String both = new String(Base64.getDecoder().decode(credentials), UTF_8);
            int colon = both.indexOf(':');
            if (colon >= 0) {
                addUnlessEmpty(both, secrets);
                addUnlessEmpty(both.substring(colon + 1), secrets);
            }
            addUnlessEmpty(credentials.replaceAll("=+$", ""), secrets);
        } catch (IllegalArgumentException e) {
            // not basic auth
        }
    }

    private static void addUnlessEmpty(String secret, Set<String> secrets) {
        if (!secret.isEmpty()) {
            secrets.add(secret);
        }
    }

    /** Shows no header. */
    @Override
    public String toString() {
        return "Redaction";
    }
}
