package io.github.camelpushgateway.client.query;

import java.util.HashMap;
import java.util.Map;

/** Keeps a text once that comes again and again, such as the name of a metric that each group has. */
final class SharedTexts {

    private static final int MOST = 10_000;
    private static final int LONGEST = 100;

    private final Map<String, String> texts = new HashMap<>();

    /** Returns an equal text, if possible the same as before. */
    String of(String text) {
        if (text.length() > LONGEST) {
            return text;
        }
        String known = texts.get(text);
        if (known != null) {
            return known;
        }
        if (texts.size() < MOST) {
            texts.put(text, text);
        }
        return text;
    }
}
