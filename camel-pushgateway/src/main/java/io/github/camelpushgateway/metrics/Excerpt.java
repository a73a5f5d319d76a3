package io.github.camelpushgateway.metrics;

import java.util.regex.Pattern;

/** Shortened and escaped text for messages. The original text may have any length. */
public final class Excerpt {

    private static final int MAX_LENGTH = 100;
    private static final String ELLIPSIS = "...";

    /** A long word, without the quotation marks around it. */
    private static final Pattern LONG_WORD = Pattern.compile("([^\\s']{" + MAX_LENGTH + "})[^\\s']+");

    private Excerpt() {}

    /** Returns a message in escaped form, in which very long words are shortened to their beginnings. */
    public static String message(String message) {
        return escaped(LONG_WORD.matcher(message).replaceAll("$1" + ELLIPSIS));
    }

    /** Returns a text in escaped form, or only the beginning of a very long text. */
    public static String text(String text) {
        return escaped(shortened(text, MAX_LENGTH + ELLIPSIS.length()));
    }

    /** Returns a text of at most the given length. A longer one ends with an ellipsis. */
    public static String shortened(String text, int maxLength) {
        return text.length() <= maxLength ? text : text.substring(0, maxLength - ELLIPSIS.length()) + ELLIPSIS;
    }

    /**
     * Returns the text with Java escapes, such as a backslash and {@code u202E}, for characters that a log or a terminal does not
     * show as they are. These are control characters, format characters (including those that change the direction of writing), line
     * separators and unpaired surrogates.
     */
    public static String escaped(String text) {
        if (!hasHidden(text)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (!isHidden(c)) {
                escaped.appendCodePoint(c);
            } else if (c == '\n') {
                escaped.append("\\n");
            } else if (c == '\r') {
                escaped.append("\\r");
            } else {
                for (char unit : Character.toChars(c)) {
                    escaped.append(String.format("\\u%04X", (int) unit));
                }
            }
        });
        return escaped.toString();
    }

    private static boolean hasHidden(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (isHidden(text.codePointAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
