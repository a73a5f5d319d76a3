package io.github.camelpushgateway.metrics;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A reader of maps, which have one of two shapes. A map with a {@code name} (text) and a {@code value} describes one metric, and may
 * have a {@code type}, {@code help} and {@code labels}; a list contains such maps. Any other map has one gauge per entry.
 */
final class MetricMaps {

    private static final Set<String> KEYS = Set.of("name", "value", "type", "help", "labels");

    private final Map<String, String> labels;
    private final Consumer<Sample> samples;

    /**
     * Creates a reader.
     *
     * @param labels the default labels of each sample; labels in the map of a metric override them
     * @param samples the consumer of the samples that are read
     */
    MetricMaps(Map<String, String> labels, Consumer<Sample> samples) {
        this.labels = labels;
        this.samples = samples;
    }

    void read(Map<?, ?> map) {
        if (describesOneMetric(map)) {
            readDescription(map);
        } else {
            map.forEach((name, value) -> samples.accept(
                    Sample.of(text("a metric name", name), MetricType.GAUGE, null, labels, present(name, value))));
        }
    }

    void readAll(Collection<?> maps) {
        for (Object element : maps) {
            if (!(element instanceof Map<?, ?> map) || !describesOneMetric(map)) {
                throw new IllegalArgumentException("an element of the list is "
                        + (element instanceof Map ? "a map without a name and a value" : describe(element))
                        + "; each must be a map with name, value and optionally type, help and labels");
            }
            readDescription(map);
        }
    }

    /**
     * Returns whether a map describes one metric by {@code name} and {@code value}. A numeric name is the value of a gauge called
     * {@code name} instead.
     */
    static boolean describesOneMetric(Map<?, ?> map) {
        return map.get("name") instanceof CharSequence name
                && map.containsKey("value")
                && MetricValue.ofText(name.toString().strip()).isEmpty();
    }

    private void readDescription(Map<?, ?> map) {
        String name = text("a metric name", map.get("name"));
        Set<String> unknown = new TreeSet<>();
        map.keySet().forEach(key -> unknown.add(String.valueOf(key)));
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the map of the metric '" + name + "' has unknown keys: " + unknown
                    + "; the keys are name, value, type, help and labels");
        }
        Object type = map.get("type");
        Object help = map.get("help");
        samples.accept(Sample.of(
                name,
                type == null ? MetricType.GAUGE : MetricType.parse(type.toString()),
                help == null ? null : help.toString(),
                labels(name, map.get("labels")),
                present(name, map.get("value"))));
    }

    private Map<String, String> labels(String name, @Nullable Object own) {
        if (own == null) {
            return labels;
        }
        Map<String, String> merged = new LinkedHashMap<>(labels);
        try {
            merged.putAll(LabelPairs.read(own));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the labels of the metric '" + name + "': " + e.getMessage(), e);
        }
        return merged;
    }

    private static String text(String what, @Nullable Object key) {
        if (key instanceof CharSequence text) {
            return text.toString();
        }
        throw new IllegalArgumentException(what + " in the map is " + describe(key) + "; it must be a String");
    }

    private static Object present(@Nullable Object name, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "the value of the metric '" + name + "' is null; remove the entry, or give a number");
        }
        return value;
    }

    private static String describe(@Nullable Object object) {
        return object == null ? "null" : "of type " + object.getClass().getName();
    }
}
