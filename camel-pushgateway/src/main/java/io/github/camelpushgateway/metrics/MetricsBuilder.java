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
 * A builder of the metrics of one push: single values, maps and snapshots. Each push has its own builder, so metrics of an earlier
 * push cannot be sent again by accident.
 *
 * <p>Every method throws {@link IllegalArgumentException} with a one-sentence message if its argument is not a valid metric.
 */
public final class MetricsBuilder {

    private final Map<String, String> labels;

    /** Escapes names, or null if they must be classic. */
    @Nullable
    private final PushNames names;

    private final Map<String, SampleFamily> families = new LinkedHashMap<>();
    private final List<MetricSnapshot> snapshots = new ArrayList<>();

    /**
     * Creates an empty builder.
     *
     * @param labels the labels of each sample that is built from a value or a map; snapshots keep their own labels
     */
    public MetricsBuilder(Map<String, String> labels) {
        this(labels, null);
    }

    /**
     * Creates an empty builder.
     *
     * @param labels the labels of each sample that is built from a value or a map, not yet escaped
     * @param names escapes the names of metrics and labels, or null to reject those that are not classic
     */
    public MetricsBuilder(Map<String, String> labels, @Nullable PushNames names) {
        this.labels = Map.copyOf(labels);
        this.names = names;
    }

    /**
     * Adds one metric.
     *
     * @param value a number, numeric text, a boolean (1 or 0), a duration (seconds) or a point in time (Unix seconds)
     */
    public void metric(String name, MetricType type, @Nullable String help, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("the metric '" + name + "' has no value; send " + MetricValue.ACCEPTED);
        }
        add(Sample.of(exposed(name, type), type, help, Sample.labels(name, labels, names), value));
    }

    /**
     * Adds a gauge if the value can be converted to a number.
     *
     * @return whether a gauge was added
     */
    public boolean gaugeIfNumeric(String name, @Nullable Object value) {
        if (value == null || MetricValue.of(value).isEmpty()) {
            return false;
        }
        add(Sample.of(
                exposed(name, MetricType.GAUGE), MetricType.GAUGE, null, Sample.labels(name, labels, names), value));
        return true;
    }

    /** Returns the escaping of names, or null if names must be classic. */
    public @Nullable PushNames names() {
        return names;
    }

    /** Returns the name of a metric as it is sent. */
    public String exposed(String name, MetricType type) {
        return names == null ? name : names.value(name, type);
    }

    /** Returns whether at least one element is a map whose keys describe a metric for {@link #maps}. */
    public static boolean describesMetrics(Collection<?> maps) {
        return maps.stream()
                .anyMatch(element -> element instanceof Map<?, ?> map && MetricMaps.describesOneMetric(map));
    }

    /** Adds one gauge per entry, or the single metric that the map describes by {@code name} and {@code value}. */
    public void map(Map<?, ?> map) {
        MetricMaps reader = new MetricMaps(labels, names);
        if (MetricMaps.describesOneMetric(map)) {
            add(reader.readDescription(map));
        } else {
            snapshots.addAll(reader.readGauges(map));
        }
    }

    /** Adds one metric per map, which has the keys {@code name}, {@code value}, {@code type}, {@code help} and {@code labels}. */
    public void maps(Collection<?> maps) {
        for (Sample sample : new MetricMaps(labels, names).readAll(maps)) {
            add(sample);
        }
    }

    /** Adds metrics. Only their names are changed, if names are escaped. */
    public void snapshots(MetricSnapshots metrics) {
        exposed(names == null ? metrics : names.metrics(metrics));
    }

    /** Adds metrics whose names are escaped already. */
    public void exposed(MetricSnapshots metrics) {
        metrics.forEach(snapshots::add);
    }

    /** Returns all added metrics, sorted by name. */
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
