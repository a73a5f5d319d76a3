package io.github.camelpushgateway.client.query;

import java.util.HashMap;
import java.util.Map;

/** A cache of repeated texts, such as the name of a metric in each group. */
final class SharedTexts {

    private static final int MAX_TEXTS = 10_000;
    private static final int MAX_LENGTH = 100;

    private final Map<String, String> texts = new HashMap<>();

    /** Returns an equal text, the cached instance if there is one. */
    String of(String text) {
        if (text.length() > MAX_LENGTH) {
            return text;
        }
        String known = texts.get(text);
        if (known != null) {
            return known;
        }
        if (texts.size() < MAX_TEXTS) {
            texts.put(text, text);
        }
        return text;
    }
}
