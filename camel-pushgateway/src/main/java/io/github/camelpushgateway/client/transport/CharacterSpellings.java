package io.github.camelpushgateway.client.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The spellings of a character: the character itself, and its forms in URLs, HTML, JSON and a wrong character set.
 * Letter case is ignored.
 */
final class CharacterSpellings {

    private static final int NONE = -1;
    private static final int CUT = -2;

    private static final int MAX_BACKSLASHES = 3;

    /** A percent-encoded percent sign, without the sign itself. */
    private static final String PERCENT = "25";

    private static final List<String> PLUS = List.of("2B");

    /** The replacement of an incomplete byte sequence of a character. */
    private static final char BROKEN = '\uFFFD';

    private final int character;
    private final String plain;
    private final boolean isAlphanumeric;
    private final List<String> bytes = new ArrayList<>();
    private final List<String> units = new ArrayList<>();
    private final List<String> references = new ArrayList<>();
    private final List<String> wrongCharacterSets = new ArrayList<>();

    CharacterSpellings(int character) {
        this.character = character;
        plain = Character.toString(character);
        isAlphanumeric = (character >= '0' && character <= '9')
                || (character >= 'A' && character <= 'Z')
                || (character >= 'a' && character <= 'z');
        if (isAlphanumeric) {
            return;
        }
        for (byte each : plain.getBytes(UTF_8)) {
            bytes.add(hexadecimal(each & 0xff, 2));
        }
        plain.chars().forEach(unit -> units.add('u' + hexadecimal(unit, 4)));
        references.add(character + ";");
        references.add(Integer.toHexString(character) + ';');
        addIfDifferent(new String(plain.getBytes(UTF_8), ISO_8859_1));
        addIfDifferent(new String(plain.getBytes(ISO_8859_1), UTF_8));
    }

    private static String hexadecimal(int value, int digits) {
        String text = Integer.toHexString(value).toUpperCase(Locale.ROOT);
        return "0".repeat(digits - text.length()) + text;
    }

    private void addIfDifferent(String spelling) {
        if (!spelling.equals(plain)) {
            wrongCharacterSets.add(spelling);
        }
    }

    /** The positions at which spellings end. There are several if a spelling is a prefix of another. */
    static final class Ends {

        private static final int MAX = 64;

        private final int[] positions = new int[MAX];
        private int count;
        private boolean cut;
        private boolean overflow;
        private int steps;

        void clear() {
            count = 0;
            cut = false;
            overflow = false;
        }

        void add(int end) {
            if (end == CUT) {
                cut = true;
            }
            for (int i = 0; i < count; i++) {
                if (positions[i] == end) {
                    return;
                }
            }
            if (end >= 0 && count == MAX) {
                overflow = true;
            } else if (end >= 0) {
                positions[count++] = end;
            }
        }

        int count() {
            return count;
        }

        int get(int i) {
            return positions[i];
        }

        /** Returns whether the text ends within a spelling. */
        boolean isCut() {
            return cut;
        }

        /** Returns whether there were more positions than the maximum. */
        boolean isOverflown() {
            return overflow;
        }

        /** Returns the number of repeated parts of spellings that were read since the last call. */
        int takeSteps() {
            int taken = steps;
            steps = 0;
            return taken;
        }
    }

    /** Adds the end of each spelling of the character that starts at a position of the text. */
    void find(String text, int at, Ends ends) {
        ends.add(literal(text, at, plain));
        char first = at < text.length() ? text.charAt(at) : 0;
        if (first == BROKEN && at == text.length() - 1) {
            ends.add(CUT);
        }
        if (isAlphanumeric) {
            return;
        }
        switch (first) {
            case '\\' -> {
                escaped(text, at, ends);
                unicode(text, at, ends);
            }
            case '%' -> percent(text, at, bytes, ends);
            case '&' -> entity(text, at, ends);
            default -> {
                // the character itself, or a wrong character set
            }
        }
        for (String spelling : wrongCharacterSets) {
            ends.add(literal(text, at, spelling));
        }
        if (character == ' ') {
            space(text, at, first, ends);
        }
    }

    private static void space(String text, int at, char first, Ends ends) {
        if (first == '+' || isWhitespace(first)) {
            ends.add(at + 1);
        } else if (first == '%') {
            percent(text, at, PLUS, ends);
        }
    }

    private static boolean isWhitespace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /**
     * Returns the position after a literal, or {@link #CUT} if the text ends within it. A negative position is returned
     * unchanged.
     */
    private static int literal(String text, int at, String literal) {
        int end = at;
        for (int i = 0; end >= 0 && i < literal.length(); ) {
            if (end >= text.length()) {
                return CUT;
            }
            int found = text.codePointAt(end);
            int expected = literal.codePointAt(i);
            if (!isSame(found, expected)) {
                return NONE;
            }
            end += Character.charCount(found);
            i += Character.charCount(expected);
        }
        return end;
    }

    private static boolean isSame(int one, int other) {
        return one == other || lowerCase(one) == lowerCase(other);
    }

    private static int lowerCase(int c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    private void escaped(String text, int at, Ends ends) {
        int end = at;
        for (int i = 0; i < MAX_BACKSLASHES && isBackslash(text, end); i++) {
            end++;
            ends.add(literal(text, end, plain));
        }
    }

    private static boolean isBackslash(String text, int at) {
        return at < text.length() && text.charAt(at) == '\\';
    }

    /** Adds the ends of percent-encoded spellings, encoded once or several times. */
    private static void percent(String text, int at, List<String> bytes, Ends ends) {
        int end = at;
        for (String each : bytes) {
            end = literal(text, end, "%");
            for (int next = literal(text, end, PERCENT); end >= 0 && next != NONE; next = literal(text, end, PERCENT)) {
                ends.steps++;
                if (next == CUT || each.equals(PERCENT)) {
                    ends.add(next);
                }
                if (next == CUT) {
                    break;
                }
                end = next;
            }
            end = literal(text, end, each);
        }
        ends.add(end);
    }

    /** Adds the end of a Unicode escape of JSON, which may be nested in another JSON text. */
    private void unicode(String text, int at, Ends ends) {
        int end = at;
        for (String unit : units) {
            end = literal(text, end, "\\");
            for (int i = 1; end >= 0 && i < MAX_BACKSLASHES && isBackslash(text, end); i++) {
                end++;
            }
            end = literal(text, end, unit);
        }
        ends.add(end);
    }

    /** Adds the ends of HTML entities, whose ampersand may be encoded again. */
    private void entity(String text, int at, Ends ends) {
        int end = literal(text, at, "&");
        for (int next = literal(text, end, "amp;"); end >= 0 && next != NONE; next = literal(text, end, "amp;")) {
            ends.steps++;
            if (next == CUT || character == '&') {
                ends.add(next);
            }
            if (next == CUT) {
                return;
            }
            end = next;
        }
        int number = literal(text, end, "#");
        ends.add(literal(text, withoutZeros(text, number, ends), references.get(0)));
        ends.add(literal(text, withoutZeros(text, literal(text, number, "x"), ends), references.get(1)));
        String name = switch (character) {
            case '<' -> "lt;";
            case '>' -> "gt;";
            case '"' -> "quot;";
            case '\'' -> "apos;";
            default -> null;
        };
        if (name != null) {
            ends.add(literal(text, end, name));
        }
    }

    private static int withoutZeros(String text, int at, Ends ends) {
        int end = at;
        while (end >= 0 && end < text.length() && text.charAt(end) == '0') {
            ends.steps++;
            end++;
        }
        return end;
    }
}
