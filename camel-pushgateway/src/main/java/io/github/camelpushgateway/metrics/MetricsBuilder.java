package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the metrics of one push: single values, maps and whole snapshots. It is a registry of its own for each push,
 * never reused, so nothing of an earlier push can be sent again by accident.
 *
 * <p>Every method throws {@link IllegalArgumentException} with one sentence if what it is given cannot be a metric.
 */
public final class MetricsBuilder {

    private final Map<String, String> labels;
    private final Map<String, SampleFamily> families = new LinkedHashMap<>();
    private final List<MetricSnapshot> snapshots = new ArrayList<>();

    /** @param labels what each sample made from a value or a map is labelled with; snapshots keep the labels they have */
    public MetricsBuilder(Map<String, String> labels) {
        this.labels = Map.copyOf(labels);
    }

    /**
     * Adds one metric.
     *
     * @param value a number, a numeric text, a truth value (1 or 0), a duration (seconds) or a point in time (unix seconds)
     */
    public void metric(String name, MetricType type, @Nullable String help, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("the metric '" + name + "' has no value; give " + MetricValue.ACCEPTED);
        }
        add(Sample.of(name, type, help, labels, value));
    }

    /**
     * Adds a gauge if there is a number in that value, and does nothing otherwise.
     *
     * @return whether there is one
     */
    public boolean gaugeIfNumeric(String name, @Nullable Object value) {
        if (value == null || MetricValue.of(value).isEmpty()) {
            return false;
        }
        add(Sample.of(name, MetricType.GAUGE, null, labels, value));
        return true;
    }

    /** Tells whether at least one element is a map that {@link #maps} accepts by its keys. */
    public static boolean describesMetrics(Collection<?> maps) {
        return maps.stream()
                .anyMatch(element -> element instanceof Map<?, ?> map && MetricMaps.describesOneMetric(map));
    }

    /** Adds a gauge for each entry, or the one metric that the map describes by {@code name} and {@code value}. */
    public void map(Map<?, ?> map) {
        new MetricMaps(labels, this::add).read(map);
    }

    /** Adds the metrics that the maps describe, each by {@code name}, {@code value}, {@code type}, {@code help}, {@code labels}. */
    public void maps(Collection<?> maps) {
        new MetricMaps(labels, this::add).readAll(maps);
    }

    /** Adds metrics as they are. */
    public void snapshots(MetricSnapshots metrics) {
        metrics.forEach(snapshots::add);
    }

    /** Returns all that was added, sorted by name. */
    public MetricSnapshots build() {
        List<MetricSnapshot> all = new ArrayList<>(snapshots);
        families.values().forEach(family -> all.add(family.snapshot()));
        try {
            return new MetricSnapshots(all);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "two metrics have the same name, but not the same type (" + e.getMessage()
                            + "); rename one of them",
                    e);
        }
    }

    private void add(Sample sample) {
        families.computeIfAbsent(sample.name(), name -> new SampleFamily(sample))
                .add(sample);
    }
}
