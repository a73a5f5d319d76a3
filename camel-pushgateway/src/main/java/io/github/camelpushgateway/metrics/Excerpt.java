package io.github.camelpushgateway.metrics;

import java.util.regex.Pattern;

/** Cuts what a message repeats of a payload, which may be as long as anything. */
public final class Excerpt {

    private static final int LONGEST = 100;

    /** A word; quotation marks around one are left. */
    private static final Pattern LONG_WORD = Pattern.compile("([^\\s']{" + LONGEST + "})[^\\s']+");

    private Excerpt() {}

    /** Returns a message, with the beginnings of the very long names in it; escaped. */
    public static String message(String message) {
        return escaped(LONG_WORD.matcher(message).replaceAll("$1..."));
    }

    /** Returns a text, or the beginning of one that is very long; escaped. */
    public static String text(String text) {
        return escaped(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...");
    }

    /**
     * Returns the text with the escapes of Java (a backslash and {@code u202E}, for example) in place of characters that a log or a
     * terminal does not show as they are: control and format characters, those that change the direction of writing among them, line
     * separators and halves of surrogate pairs.
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
