package io.github.camelpushgateway.metrics;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parser of labels from a map, or from text of the form {@code k=v,k=v} or {@code k=v;k=v}. */
public final class LabelPairs {

    private LabelPairs() {}

    /**
     * Returns the labels of a map or text in their original order. Does not validate the names.
     *
     * @param labels a map, or text of the form {@code k=v,k=v} or {@code k=v;k=v}; null means no labels. Blanks around names and values are
     *     removed. A value may contain equals signs and may be empty.
     * @throws IllegalArgumentException if the argument is neither a map nor text, if a pair has no equals sign or no name, if
     *     a name occurs twice, or if a value of the map is null
     */
    public static Map<String, String> read(@Nullable Object labels) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (labels instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (name == null) {
                    throw new IllegalArgumentException("the name of a label is null; name the label, or remove it");
                }
                if (value instanceof Collection
                        || value instanceof Map
                        || (value != null && value.getClass().isArray())) {
                    throw new IllegalArgumentException("the value of the label '" + name + "' is of type "
                            + value.getClass().getSimpleName() + "; set a single text");
                }
                if (value == null) {
                    throw new IllegalArgumentException(
                            "the value of the label '" + name + "' is null; remove the label, or set a value");
                }
                pairs.put(String.valueOf(name), value.toString());
            });
        } else if (labels instanceof CharSequence text) {
            readText(text.toString(), pairs);
        } else if (labels != null) {
            throw new IllegalArgumentException("labels of type "
                    + labels.getClass().getName() + " cannot be read; set a Map, or text such as region=eu,stage=load");
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
                throw new IllegalArgumentException("the label '" + name + "' occurs twice");
            }
        }
    }
}
