package io.github.camelpushgateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The encoding of labels in a path. It is unambiguous for gateways and for proxies before them. Unreserved characters
 * (<a href="https://www.rfc-editor.org/rfc/rfc3986#section-2.3">RFC 3986, 2.3</a>) are not encoded. A value with any
 * other character is encoded as base64url with padding, which some receivers require, and which the <a
 * href="https://github.com/prometheus/pushgateway#url">Pushgateway's README, "URL"</a> offers for such values.
 * Percent-encoding is not used, because {@code %2F} is treated as a slash and {@code %2E%2E} as the parent directory.
 */
final class PathSegments {

    private static final String BASE64 = "@base64";

    /** The encoded empty value: one padding character according to the README, so that the segment is not empty. */
    private static final String EMPTY = "=";

    private PathSegments() {}

    /** Appends the two segments of a label. */
    static void append(StringBuilder path, String name, String value) {
        path.append('/').append(name);
        if (value.isEmpty()) {
            path.append(BASE64).append('/').append(EMPTY);
        } else if (isPlain(value)) {
            path.append('/').append(value);
        } else {
            path.append(BASE64).append('/').append(Base64.getUrlEncoder().encodeToString(value.getBytes(UTF_8)));
        }
    }

    private static boolean isPlain(String value) {
        boolean isPlain = !value.equals(".") && !value.equals("..");
        for (int i = 0; isPlain && i < value.length(); i++) {
            isPlain = isUnreserved(value.charAt(i));
        }
        return isPlain;
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    /** Parses a path of the form {@code /metrics/name/value/...}. Returns its labels, {@code job} included. */
    static SortedMap<String, String> read(String path) {
        String[] segments = path.split("/", -1);
        if (segments.length % 2 != 0
                || segments.length < 4
                || !segments[0].isEmpty()
                || !segments[1].equals("metrics")) {
            throw new IllegalArgumentException("the path is not of the form /metrics/job/<job>/<label>/<value>...");
        }
        SortedMap<String, String> labels = new TreeMap<>();
        for (int i = 2; i < segments.length; i += 2) {
            boolean encoded = segments[i].endsWith(BASE64);
            String name = encoded ? segments[i].substring(0, segments[i].length() - BASE64.length()) : segments[i];
            if (labels.put(name, encoded ? decode(segments[i + 1]) : unescape(segments[i + 1])) != null) {
                throw new IllegalArgumentException("the path contains the label '" + name + "' twice");
            }
        }
        return labels;
    }

    private static String decode(String base64) {
        return new String(Base64.getUrlDecoder().decode(base64.equals(EMPTY) ? "" : base64), UTF_8);
    }

    /** Decodes percent-encoding. A plus sign in a path is not a space. */
    private static String unescape(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
    }
}
