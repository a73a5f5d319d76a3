package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A reader of maps, which have one of two shapes. A map with a {@code name} (text) and a {@code value} describes one metric, and may
 * have a {@code type}, {@code help} and {@code labels}; a list contains such maps. Any other map has one gauge per entry.
 */
final class MetricMaps {

    private static final Set<String> KEYS = Set.of("name", "value", "type", "help", "labels");

    private final Map<String, String> labels;

    @Nullable
    private final PushNames names;

    /**
     * Creates a reader.
     *
     * @param labels the default labels of each sample; labels in the map of a metric override them
     * @param names escapes the names of metrics and labels, or null
     */
    MetricMaps(Map<String, String> labels, @Nullable PushNames names) {
        this.labels = labels;
        this.names = names;
    }

    /** Returns a family for each entry. The names of the entries differ, so no family has a second sample. */
    List<MetricSnapshot> readGauges(Map<?, ?> map) {
        List<MetricSnapshot> families = new ArrayList<>(map.size());
        Labels shared = null;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = text("a metric name", entry.getKey());
            if (shared == null) {
                shared = Sample.labels(name, labels, names);
            }
            families.add(ValueSnapshots.gauge(Sample.of(
                    exposed(name, MetricType.GAUGE), MetricType.GAUGE, null, shared, present(name, entry.getValue()))));
        }
        return families;
    }

    /** Returns the metric that each map describes. */
    List<Sample> readAll(Collection<?> maps) {
        List<Sample> samples = new ArrayList<>(maps.size());
        for (Object element : maps) {
            if (!(element instanceof Map<?, ?> map) || !describesOneMetric(map)) {
                throw new IllegalArgumentException("an element of the list is "
                        + (element instanceof Map ? "a map without a name and a value" : describe(element))
                        + "; each must be a map with name, value and optionally type, help and labels");
            }
            samples.add(readDescription(map));
        }
        return samples;
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

    /** Returns the metric that a map describes. */
    Sample readDescription(Map<?, ?> map) {
        String name = text("a metric name", map.get("name"));
        Set<String> unknown = new TreeSet<>();
        map.keySet().forEach(key -> unknown.add(String.valueOf(key)));
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the map of the metric '" + name + "' has unknown keys: " + unknown
                    + "; the keys are name, value, type, help and labels");
        }
        Object text = map.get("type");
        MetricType type = text == null ? MetricType.GAUGE : MetricType.parse(text.toString());
        Object help = map.get("help");
        return Sample.of(
                exposed(name, type),
                type,
                help == null ? null : help.toString(),
                Sample.labels(name, labels(name, map.get("labels")), names),
                present(name, map.get("value")));
    }

    private String exposed(String name, MetricType type) {
        return names == null ? name : names.value(name, type);
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
                    "the value of the metric '" + name + "' is null; remove the entry, or send a number");
        }
        return value;
    }

    private static String describe(@Nullable Object object) {
        return object == null ? "null" : "of type " + object.getClass().getName();
    }
}
