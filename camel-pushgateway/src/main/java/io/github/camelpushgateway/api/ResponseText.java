package io.github.camelpushgateway.api;

import io.github.camelpushgateway.metrics.Excerpt;

/**
 * External text for messages and logs, such as the body of a response. It is on one line, with invisible characters
 * escaped, and has a limited length.
 */
@Internal
public final class ResponseText {

    static final int MAX_CHARS = 1_000;

    private ResponseText() {}

    /** Returns a text on one line, at most 1,000 characters. */
    public static String of(String text) {
        if (text.isEmpty()) {
            return text;
        }
        return Excerpt.shortened(Excerpt.escaped(text.replaceAll("\\s+", " ").strip()), MAX_CHARS);
    }

    /** Returns a location without user info, query and fragment, which may contain secrets of a proxy. */
    static String ofLocation(String location) {
        return of(location.replaceAll("[?#].*", "").replaceAll("//[^/]*@", "//"));
    }
}
