package io.github.camelpushgateway.metrics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A pattern in which {@code *} matches any number of characters, including none, and {@code ?} matches exactly one. Every other
 * character matches itself. A backslash escapes {@code *}, {@code ?} and another backslash.
 */
public final class GlobPattern {

    private static final char ANY = '*';
    private static final char ONE = '?';
    private static final char ESCAPE = '\\';

    private final String pattern;
    private final char[] chars;
    private final boolean[] wildcards;

    private GlobPattern(String pattern) {
        this.pattern = pattern;
        char[] read = new char[pattern.length()];
        boolean[] isWildcard = new boolean[pattern.length()];
        int length = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char next = pattern.charAt(i);
            if (next == ESCAPE && i + 1 < pattern.length() && isSpecial(pattern.charAt(i + 1))) {
                next = pattern.charAt(++i);
            } else {
                isWildcard[length] = next == ANY || next == ONE;
            }
            read[length++] = next;
        }
        chars = Arrays.copyOf(read, length);
        wildcards = isWildcard;
    }

    private static boolean isSpecial(char c) {
        return c == ANY || c == ONE || c == ESCAPE;
    }

    /** Returns the pattern with this text. Every text is a valid pattern. */
    public static GlobPattern of(String pattern) {
        return new GlobPattern(pattern);
    }

    /** Returns the pattern that matches only the given text. */
    public static GlobPattern exactly(String text) {
        StringBuilder quoted = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (isSpecial(text.charAt(i))) {
                quoted.append(ESCAPE);
            }
            quoted.append(text.charAt(i));
        }
        return new GlobPattern(quoted.toString());
    }

    /** Returns whether the pattern matches the whole text. */
    public boolean match(String text) {
        // only the last asterisk needs backtracking: the match of an earlier one never has to change, so the time is at
        // most quadratic
        int at = 0;
        int in = 0;
        int asterisk = -1;
        int after = 0;
        while (at < text.length()) {
            if (is(in, ANY)) {
                asterisk = in++;
                after = at;
            } else if (in < chars.length && (is(in, ONE) || chars[in] == text.charAt(at))) {
                in++;
                at++;
            } else if (asterisk >= 0) {
                in = asterisk + 1;
                at = ++after;
            } else {
                return false;
            }
        }
        while (is(in, ANY)) {
            in++;
        }
        return in == chars.length;
    }

    private boolean is(int index, char wildcard) {
        return index < chars.length && wildcards[index] && chars[index] == wildcard;
    }

    /** Returns whether the pattern consists of wildcards only. */
    public boolean isUnspecific() {
        for (int i = 0; i < chars.length; i++) {
            if (!wildcards[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GlobPattern that && pattern.equals(that.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    /** Returns the pattern. */
    @Override
    public String toString() {
        return pattern;
    }
}
