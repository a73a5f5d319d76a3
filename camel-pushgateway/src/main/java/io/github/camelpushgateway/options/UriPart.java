package io.github.camelpushgateway.options;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Job or option value in a {@link UriTemplate}: fixed text with markers for expressions.
 *
 * @param text the text, with a {@link #MARKER} for each expression
 */
public record UriPart(String text) {

    /** Represents an expression. No URI contains this character. */
    private static final char MARKER = '\0';

    /** Start of an expression that Camel evaluates even between RAW( and ). */
    private static final String EVALUATED_IN_RAW = "$simple{";

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern RAW = Pattern.compile("RAW[({]");
    private static final Pattern ESCAPED = Pattern.compile("%([0-9A-Fa-f]{2})");

    /** Returns the text of a URI with a {@link #MARKER} in place of each expression. */
    static String mark(String uri) {
        StringBuilder marked = new StringBuilder();
        int at = 0;
        while (at < uri.length()) {
            int after = afterExpression(uri, at);
            marked.append(after > at ? MARKER : uri.charAt(at));
            at = Math.max(after, at + 1);
        }
        return marked.toString();
    }

    /** Returns the index after the expression that starts at an index, or the same index if none starts there. */
    static int afterExpression(String uri, int start) {
        int at = start;
        int depth = 0;
        do {
            int nested = start(uri, at);
            if (nested > 0) {
                depth++;
                at += nested;
            } else if (depth > 0 && uri.charAt(at++) == '}') {
                depth--;
            }
        } while (depth > 0 && at < uri.length());
        return at;
    }

    /** Returns the length of the token that starts an expression at an index, or 0. */
    private static int start(String uri, int at) {
        if (uri.startsWith("${", at)) {
            return 2;
        }
        return uri.startsWith("$simple{", at) ? 8 : 0;
    }

    /** Returns the index of the end of a value, as Camel determines it: {@code RAW(...)} may contain any character. */
    static int end(String uri, int start) {
        if (RAW.matcher(uri).region(start, uri.length()).lookingAt()) {
            char close = close(uri.charAt(start + 3));
            for (int i = start + 4; i < uri.length(); i++) {
                if (uri.charAt(i) == close && (i + 1 == uri.length() || uri.charAt(i + 1) == '&')) {
                    return i + 1;
                }
            }
        }
        return ampersand(uri, start);
    }

    /** Returns the index of the next ampersand, or the length of the text. */
    static int ampersand(String uri, int start) {
        int index = uri.indexOf('&', start);
        return index < 0 ? uri.length() : index;
    }

    private static char close(char open) {
        return open == '(' ? ')' : '}';
    }

    boolean isRaw() {
        return RAW.matcher(text).lookingAt();
    }

    boolean isDynamic() {
        return text.indexOf(MARKER) >= 0;
    }

    int count(char c) {
        return count(text, c);
    }

    static int count(String text, char c) {
        return (int) text.chars().filter(each -> each == c).count();
    }

    /**
     * Returns whether the evaluated text equals this text with any text in place of the markers. The time is bounded
     * by the length of the text.
     */
    boolean matches(String evaluated) {
        String[] parts = text.split(String.valueOf(MARKER), -1);
        if (parts.length == 1) {
            return evaluated.equals(text);
        }
        String last = parts[parts.length - 1];
        int limit = evaluated.length() - last.length();
        if (!evaluated.startsWith(parts[0]) || limit < parts[0].length() || !evaluated.endsWith(last)) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = evaluated.indexOf(parts[i], at);
            if (found < 0 || found + parts[i].length() > limit) {
                return false;
            }
            at = found + parts[i].length();
        }
        return true;
    }

    /**
     * Returns whether an evaluated job contains nothing but a job, and has not become another job through leading
     * slashes.
     */
    boolean isPath(String evaluated) {
        String decoded = decoded(evaluated);
        return decoded.indexOf('?') < 0
                && !CONTROL.matcher(decoded).find()
                && (text.startsWith("//") || !decoded.startsWith("//"));
    }

    /**
     * Returns whether an evaluated value contains nothing but a value: no reference to a bean, a class or a property,
     * and no expression that Camel evaluates.
     */
    boolean isValue(String evaluated) {
        if (isRaw()) {
            char close = close(text.charAt(3));
            return count(evaluated, close) == count(close)
                    && !CONTROL.matcher(evaluated).find()
                    && !evaluated.contains(EVALUATED_IN_RAW)
                    && !isReference(evaluated.substring(4));
        }
        String decoded = decoded(evaluated);
        String template = decoded(text);
        return count(decoded, '&') == count(template, '&')
                && RAW.matcher(decoded).results().count()
                        == RAW.matcher(template).results().count()
                && !isReference(decoded.replace('+', ' '));
    }

    private static boolean isReference(String value) {
        return value.trim().startsWith("#");
    }

    /**
     * Returns whether an evaluated {@code k=v,k=v} has as many pairs as the template. Returns true if the whole text
     * is one expression.
     */
    boolean hasSamePairs(String evaluated) {
        return text.equals(String.valueOf(MARKER)) || hasSame(",;", evaluated);
    }

    /** Returns whether the message added no asterisk, question mark or backslash. */
    boolean hasNoAddedGlob(String evaluated) {
        return hasSame("*?\\", evaluated);
    }

    private boolean hasSame(String characters, String evaluated) {
        String decoded = decoded(evaluated);
        String template = decoded(text);
        return characters.chars().allMatch(c -> count(decoded, (char) c) == count(template, (char) c));
    }

    /** Returns the text after repeated decoding, until it does not change: Camel decodes a URI more than once. */
    public static String decoded(String text) {
        String decoded = text;
        String before;
        do {
            before = decoded;
            decoded = ESCAPED.matcher(before).replaceAll(UriPart::character);
        } while (!decoded.equals(before));
        return decoded;
    }

    private static String character(MatchResult escaped) {
        return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escaped.group(1), 16)));
    }

    /** Returns the text for use in an error message. */
    @Override
    public String toString() {
        return text.replace(String.valueOf(MARKER), "${...}");
    }
}
