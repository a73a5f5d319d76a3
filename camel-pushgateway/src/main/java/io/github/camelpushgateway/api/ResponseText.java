package io.github.camelpushgateway.api;

import io.github.camelpushgateway.metrics.Excerpt;

/** Makes text from outside fit to stand in a message or a log: one line, hidden characters escaped, bounded. */
@Internal
public final class ResponseText {

    static final int MAX_CHARS = 1_000;

    private ResponseText() {}

    public static String of(String text) {
        if (text.isEmpty()) {
            return text;
        }
        String line = Excerpt.escaped(text.replaceAll("\\s+", " ").strip());
        return line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS - 3) + "...";
    }

    /** A place to point to: without user info and query, in which a proxy may have put secrets. */
    static String ofLocation(String location) {
        return of(location.replaceAll("[?#].*", "").replaceAll("//[^/]*@", "//"));
    }
}
