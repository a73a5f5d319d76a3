package io.github.camelpushgateway.metrics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A pattern in which {@code *} stands for any characters, also none, and {@code ?} for one; everything else stands for itself,
 * and so do these two after a backslash, and the backslash after another.
 */
public final class GlobPattern {

    private static final char ANY = '*';
    private static final char ONE = '?';
    private static final char ESCAPE = '\\';

    private final String pattern;
    private final char[] chars;
    private final boolean[] special;

    private GlobPattern(String pattern) {
        this.pattern = pattern;
        char[] read = new char[pattern.length()];
        boolean[] wild = new boolean[pattern.length()];
        int length = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char next = pattern.charAt(i);
            if (next == ESCAPE && i + 1 < pattern.length() && isSpecial(pattern.charAt(i + 1))) {
                next = pattern.charAt(++i);
            } else {
                wild[length] = next == ANY || next == ONE;
            }
            read[length++] = next;
        }
        chars = Arrays.copyOf(read, length);
        special = wild;
    }

    private static boolean isSpecial(char c) {
        return c == ANY || c == ONE || c == ESCAPE;
    }

    /** Reads a pattern; every text is one. */
    public static GlobPattern of(String pattern) {
        return new GlobPattern(pattern);
    }

    /** Returns the pattern that only that text matches. */
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

    /** Tells whether the whole text matches. */
    public boolean match(String text) {
        // goes back to the last asterisk alone: what one before it stands for need never change
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
        return index < chars.length && special[index] && chars[index] == wildcard;
    }

    /** Tells whether nothing in it stands for itself, so that it names nothing. */
    public boolean isUnspecific() {
        for (int i = 0; i < chars.length; i++) {
            if (!special[i]) {
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
