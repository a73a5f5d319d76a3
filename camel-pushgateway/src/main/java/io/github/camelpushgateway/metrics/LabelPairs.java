package io.github.camelpushgateway.metrics;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads labels as people write them: a map, or {@code k=v,k=v} (a semicolon separates as well). */
public final class LabelPairs {

    private LabelPairs() {}

    /**
     * Returns the labels in that map or text, in its order. Whether their names are legal is checked where they are used.
     *
     * @param labels a map, or text of the form {@code k=v,k=v} or {@code k=v;k=v}: blanks around names and values do not
     *     count, a value may hold further equals signs and may be empty; nothing gives no labels
     * @throws IllegalArgumentException if it is neither, if a pair has no equals sign or no name, if a name comes twice, or
     *     if a map's value is null
     */
    public static Map<String, String> read(@Nullable Object labels) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (labels instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (name == null) {
                    throw new IllegalArgumentException("a label has null for a name; name it, or leave it out");
                }
                if (value instanceof Collection
                        || value instanceof Map
                        || (value != null && value.getClass().isArray())) {
                    throw new IllegalArgumentException("the label '" + name + "' has several values or a "
                            + value.getClass().getSimpleName() + " for one; give one text");
                }
                if (value == null) {
                    throw new IllegalArgumentException(
                            "the label '" + name + "' is null; leave it out, or give a value");
                }
                pairs.put(String.valueOf(name), value.toString());
            });
        } else if (labels instanceof CharSequence text) {
            readText(text.toString(), pairs);
        } else if (labels != null) {
            throw new IllegalArgumentException(
                    "labels of type " + labels.getClass().getName()
                            + " cannot be read; give a Map, or text such as region=eu,stage=load");
        }
        return pairs;
    }

    private static void readText(String text, Map<String, String> pairs) {
        for (String pair : text.split("[,;]", -1)) {
            if (pair.isBlank()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).strip();
            if (name.isEmpty()) {
                throw new IllegalArgumentException(
                        "'" + pair.strip() + "' is not of the form name=value; write labels as region=eu,stage=load");
            }
            if (pairs.put(name, pair.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException("the label '" + name + "' is given twice");
            }
        }
    }
}
