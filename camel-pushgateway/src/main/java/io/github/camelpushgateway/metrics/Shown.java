package io.github.camelpushgateway.metrics;

import java.util.regex.Pattern;

/** Cuts what a message repeats of a payload, which may be as long as anything. */
public final class Shown {

    private static final int LONGEST = 100;

    /** A word; quotation marks around one are left. */
    private static final Pattern LONG_WORD = Pattern.compile("([^\\s']{" + LONGEST + "})[^\\s']+");

    private Shown() {}

    /** Returns a message, with the beginnings of the very long names in it. */
    public static String message(String message) {
        return LONG_WORD.matcher(message).replaceAll("$1...");
    }

    /** Returns a text, or the beginning of one that is very long. */
    public static String text(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
