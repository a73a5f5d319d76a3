package io.github.camelpushgateway.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces the secrets of a request in a response, since a server may repeat the request in its words. Each header that somebody has set
 * may hold one.
 *
 * @param headers the headers of the request
 */
record Redaction(Map<String, String> headers) {

    private static final String REDACTED = "xxxxxx";

    /** A shorter one is replaced only where it is a word: it may be a part of any other word. */
    private static final int MIN_INFIX = 4;

    /** A shorter beginning of a secret at the end of a text may be a part of any other word. */
    private static final int MIN_PREFIX = 8;

    private static final int MAX_ASCII = 0x7f;

    private static final Pattern SEPARATOR = Pattern.compile("[;,=]");

    private static final int ANY_CASE = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    /** Stands for the bytes of a character of which some are missing. */
    private static final String BROKEN = "\uFFFD";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]");

    /** Those that the client sets, which hold no secret. */
    private static final Set<String> OWN =
            Set.of("accept", "user-agent", "content-type", "content-encoding", "host", "connection");

    /** Returns the text without the secrets of the request, also where they are encoded. */
    String apply(String text) {
        if (text.isEmpty()) {
            return text;
        }
        Set<String> secrets = new LinkedHashSet<>();
        headers.forEach((name, value) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                add(value.strip(), secrets);
            }
        });
        if (secrets.isEmpty()) {
            return text;
        }
        String any = secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Redaction::pattern)
                .collect(Collectors.joining("|"));
        return withoutPrefix(Pattern.compile(any, ANY_CASE).matcher(text).replaceAll(REDACTED), secrets);
    }

    /** A text that was cut, or broke off, may end within a secret. */
    private static String withoutPrefix(String text, Set<String> secrets) {
        Map<Integer, Pattern> characters = new HashMap<>();
        int start = text.length();
        for (String secret : secrets) {
            int[] points = secret.codePoints().toArray();
            for (int at = 0; points.length > MIN_PREFIX && at < start; at++) {
                if (endsWithin(text, at, points, characters)) {
                    start = at;
                }
            }
        }
        return start < text.length() ? text.substring(0, start) + REDACTED : text;
    }

    /** Returns whether the text from here to its end is the beginning of a secret, of at least {@link #MIN_PREFIX} characters. */
    private static boolean endsWithin(String text, int start, int[] secret, Map<Integer, Pattern> characters) {
        int at = start;
        for (int i = 0; i < secret.length; i++) {
            if (at == text.length() || text.startsWith(BROKEN, at)) {
                return i >= MIN_PREFIX && at >= text.length() - 1;
            }
            Matcher character = characters
                    .computeIfAbsent(secret[i], c -> Pattern.compile(spellings(c), ANY_CASE))
                    .matcher(text)
                    .region(at, text.length());
            if (!character.lookingAt()) {
                return i >= MIN_PREFIX && character.hitEnd();
            }
            at = character.end();
        }
        return false;
    }

    /** Returns the response without the secrets of the request in what a message may repeat. */
    GatewayResponse apply(GatewayResponse response) {
        if (PushResponse.isSuccess(response.statusCode())) {
            return response;
        }
        SortedMap<String, String> shown = new TreeMap<>(response.headers());
        shown.replaceAll((name, value) -> name.equalsIgnoreCase("Location") ? apply(value) : value);
        return new GatewayResponse(response.statusCode(), shown, apply(response.body()));
    }

    /** Returns the exception without the secrets of the request in its message and its cause. */
    UnreadableAnswerException apply(UnreadableAnswerException failure) {
        Throwable cause = failure.getCause();
        String words = cause == null ? "" : String.valueOf(cause.getMessage());
        return new UnreadableAnswerException(
                apply(String.valueOf(failure.getMessage())), apply(words).equals(words) ? cause : null);
    }

    private static void add(String value, Set<String> secrets) {
        if (value.isEmpty()) {
            return;
        }
        secrets.add(value);
        SEPARATOR
                .splitAsStream(value)
                .map(part -> part.strip().replaceAll("^\"|\"$", ""))
                .filter(part -> part.length() >= MIN_INFIX)
                .forEach(secrets::add);
        int blank = value.indexOf(' ');
        if (blank > 0) {
            String credentials = value.substring(blank + 1).strip();
            add(credentials, secrets);
            addPassword(credentials, secrets);
        }
    }

    private static void addPassword(String credentials, Set<String> secrets) {
        try {
            String both = new String(Base64.getDecoder().decode(credentials), UTF_8);
            int colon = both.indexOf(':');
            if (colon >= 0) {
                secrets.add(both);
                secrets.add(both.substring(colon + 1));
            }
            secrets.add(credentials.replaceAll("=+$", ""));
        } catch (IllegalArgumentException e) {
            // not basic auth
        }
        secrets.removeIf(String::isEmpty);
    }

    private static String pattern(String secret) {
        String spelled = secret.codePoints().mapToObj(Redaction::spellings).collect(Collectors.joining());
        return secret.length() < MIN_INFIX ? "(?<![\\p{L}\\p{N}])" + spelled + "(?![\\p{L}\\p{N}])" : spelled;
    }

    /** Returns a pattern of a character as it is, and as URLs, HTML, JSON and a wrong character set have it. */
    private static String spellings(int c) {
        String plain = Character.toString(c);
        if (PLAIN.matcher(plain).matches()) {
            return plain;
        }
        StringBuilder percent = new StringBuilder();
        for (byte each : plain.getBytes(UTF_8)) {
            percent.append(String.format("%%(?:25)*%02X", each));
        }
        String json = plain.chars()
                .mapToObj(unit -> String.format("\\\\{1,3}u%04X", unit))
                .collect(Collectors.joining());
        String entity = switch (c) {
            case '&' -> "|&(?:amp;)+";
            case '<' -> "|&(?:amp;)*lt;";
            case '>' -> "|&(?:amp;)*gt;";
            case '"' -> "|&(?:amp;)*quot;";
            case '\'' -> "|&(?:amp;)*apos;";
            case ' ' -> "|\\+|\\s|%(?:25)*2B";
            default -> "";
        };
        return "(?:\\\\{0,3}" + Pattern.quote(plain) + '|' + percent + '|' + json
                + "|&(?:amp;)*#0*" + c + ";|&(?:amp;)*#x0*" + Integer.toHexString(c) + ';' + entity
                + wrongCharset(c, plain) + ')';
    }

    /** ASCII is the same in all character sets; an alternative that occurs twice would be tried in all combinations. */
    private static String wrongCharset(int c, String plain) {
        return c <= MAX_ASCII
                ? ""
                : '|'
                        + Pattern.quote(new String(plain.getBytes(UTF_8), ISO_8859_1))
                        + '|'
                        + Pattern.quote(new String(plain.getBytes(ISO_8859_1), UTF_8));
    }

    /** Shows no header. */
    @Override
    public String toString() {
        return "Redaction";
    }
}
