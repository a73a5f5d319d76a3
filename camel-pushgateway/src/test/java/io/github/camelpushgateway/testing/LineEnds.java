package io.github.camelpushgateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;

/** Normalizes the line ends of a body in the simplest way, for comparisons. */
public final class LineEnds {

    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private static final Pattern BEFORE_END = Pattern.compile("\r(?=\n|\\z)");

    /** The blanks at the end of any line except a HELP, where they belong to the text. */
    private static final Pattern TRAILING_BLANKS =
            Pattern.compile("(?<=^|\n)(?![ \t]*#[ \t]*HELP[ \t])([^\n]*[^ \t\n])[ \t]+(?=\n|\\z)");

    private LineEnds() {}

    public static byte[] normalized(byte[] body) {
        // each byte is one character
        String text = new String(body, ISO_8859_1);
        if (text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(BYTE_ORDER_MARK.length());
        }
        text = BEFORE_END.matcher(text).replaceAll("");
        text = TRAILING_BLANKS.matcher(text).replaceAll("$1");
        return (text.isEmpty() || text.endsWith("\n") ? text : text + '\n').getBytes(ISO_8859_1);
    }
}
