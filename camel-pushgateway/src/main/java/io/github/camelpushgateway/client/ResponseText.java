package io.github.camelpushgateway.client;

/** Makes text from outside fit to stand in a message or a log: one line, no control characters, bounded. */
final class ResponseText {

    static final int MAX_CHARS = 1_000;

    private ResponseText() {}

    static String of(String text) {
        if (text.isEmpty()) {
            return text;
        }
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS - 3) + "...";
    }

    /** A place to point to: without user info and query, in which a proxy may have put secrets. */
    static String ofLocation(String location) {
        return of(location.replaceAll("[?#].*", "").replaceAll("//[^/]*@", "//"));
    }
}
