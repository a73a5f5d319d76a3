package io.github.camelpushgateway.metrics;

/**
 * The escaping and unescaping of names: see <a href="https://prometheus.io/docs/instrumenting/escaping_schemes/">Prometheus's
 * documentation, "Escaping schemes"</a>, and {@code EscapeName} in its Go library. The result is always a classic name.
 *
 * <p>There are two differences to that library. A label cannot contain a colon, so colons in labels are escaped. A name that starts with
 * {@code U__} is escaped in the scheme {@code values}, as the <a
 * href="https://github.com/prometheus/pushgateway#utf-8-support-for-metric-and-label-names">Pushgateway's README, "UTF-8 support"</a>
 * requires; otherwise, it could not be told from an escaped name.
 */
public final class NameCodec {

    /** The prefix of names in the scheme {@code values}. */
    public static final String PREFIX = "U__";

    /** The maximum number of hexadecimal digits of a character. */
    private static final int MAX_DIGITS = 6;

    private NameCodec() {}

    /** Returns the name with an underscore for each character that is not allowed. */
    static String underscores(String name, boolean isMetric) {
        if (isClassic(name, isMetric)) {
            return name;
        }
        StringBuilder escaped = new StringBuilder(name.length());
        int c;
        for (int i = 0; i < name.length(); i += Character.charCount(c)) {
            c = name.codePointAt(i);
            escaped.append(isAllowed(c, i, isMetric) ? (char) c : '_');
        }
        return escaped.toString();
    }

    /** Returns the name with {@code _dot_} for a dot, and two underscores for an underscore or a character that is not allowed. */
    static String dots(String name, boolean isMetric) {
        StringBuilder escaped = new StringBuilder(name.length() + 16);
        int c;
        for (int i = 0; i < name.length(); i += Character.charCount(c)) {
            c = name.codePointAt(i);
            if (c == '.') {
                escaped.append("_dot_");
            } else if (c != '_' && isAllowed(c, i, isMetric)) {
                escaped.append((char) c);
            } else {
                escaped.append("__");
            }
        }
        return escaped.toString();
    }

    /**
     * Returns the name with the prefix {@code U__} and with codes for the characters that are not allowed. A classic name without this
     * prefix is unchanged. {@link #original} is the inverse function.
     */
    public static String values(String name, boolean isMetric) {
        return isClassic(name, isMetric) && !isEscaped(name) ? name : encoded(name, isMetric);
    }

    /** Returns the name with the prefix {@code U__} and with codes, even if it is a classic name. */
    static String encoded(String name, boolean isMetric) {
        boolean hasPrefix = isEscaped(name);
        StringBuilder escaped = new StringBuilder(name.length() + 16).append(PREFIX);
        int c;
        for (int i = 0; i < name.length(); i += Character.charCount(c)) {
            c = name.codePointAt(i);
            if (c == '_') {
                escaped.append("__");
            } else if (isAllowed(c, i, isMetric) && !(hasPrefix && i == 0)) {
                escaped.append((char) c);
            } else {
                escaped.append('_').append(Integer.toHexString(c)).append('_');
            }
        }
        return escaped.toString();
    }

    /** Returns the form in which a gateway exposes an escaped metric to a server that does not accept UTF-8 names. */
    public static String withUnderscores(String escaped) {
        return underscores(original(escaped), true);
    }

    /** Returns whether a name starts like one in the scheme {@code values}. */
    public static boolean isEscaped(String name) {
        return name.startsWith(PREFIX);
    }

    /** Returns the name that a name in the scheme {@code values} stands for. Any other name is unchanged. */
    public static String original(String name) {
        if (!isEscaped(name)) {
            return name;
        }
        StringBuilder original = new StringBuilder(name.length());
        int i = PREFIX.length();
        while (i < name.length()) {
            char c = name.charAt(i++);
            if (c != '_') {
                original.append(c);
                continue;
            }
            int end = name.indexOf('_', i);
            if (end == i) {
                original.append('_');
            } else {
                int code = end < 0 ? -1 : code(name, i, end);
                if (code < 0) {
                    return name;
                }
                original.appendCodePoint(code);
            }
            i = end + 1;
        }
        return original.toString();
    }

    /** Returns the character with a hexadecimal code, or -1 if it is not the code of a character. */
    private static int code(String name, int from, int to) {
        if (to - from > MAX_DIGITS) {
            return -1;
        }
        int code = 0;
        for (int i = from; i < to; i++) {
            char c = name.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            code = code * 16 + digit;
        }
        boolean isSurrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
        return Character.isValidCodePoint(code) && !isSurrogate ? code : -1;
    }

    private static boolean isClassic(String name, boolean isMetric) {
        return isMetric ? ClassicNames.isMetricName(name) : ClassicNames.isLabelName(name);
    }

    private static boolean isAllowed(int c, int index, boolean isMetric) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || (c == ':' && isMetric)
                || (c >= '0' && c <= '9' && index > 0);
    }
}
