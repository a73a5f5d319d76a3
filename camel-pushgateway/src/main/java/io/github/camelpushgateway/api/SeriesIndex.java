package io.github.camelpushgateway.api;

import io.github.camelpushgateway.metrics.Excerpt;
import io.github.camelpushgateway.metrics.SeriesRules;
import io.github.camelpushgateway.metrics.UnsuffixedCounter;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An index that detects duplicate series. client_java guarantees different labels within one snapshot. This index
 * detects duplicates in snapshots that share a name, and label sets that differ only in empty labels, which Prometheus
 * ignores.
 */
final class SeriesIndex {

    private final Map<String, Set<Map<String, String>>> series = new HashMap<>();
    private boolean hasSharedName;

    /**
     * Adds a metric.
     *
     * @param other an earlier metric of the same name, or null if there is none
     * @param hasEmptyLabel whether a label of the metric is empty
     * @throws IllegalArgumentException if the metric has a duplicate series, or another help text than one of the same
     *     name
     */
    void add(String name, MetricSnapshot family, @Nullable MetricSnapshot other, boolean hasEmptyLabel) {
        if (other != null) {
            hasSharedName = true;
            if (family instanceof UnsuffixedCounter) {
                throw new IllegalArgumentException(Excerpt.message("the counter '" + name
                        + "' occurs twice, and counters without the suffix _total cannot be merged"));
            }
            SeriesRules.validateHelp(
                    name, other.getMetadata().getHelp(), family.getMetadata().getHelp());
            if (!series.containsKey(name)) {
                addSeries(name, other);
            }
            addSeries(name, family);
        } else if (hasEmptyLabel) {
            addSeries(name, family);
        }
    }

    /** Returns whether all names are unique. */
    boolean haveUniqueNames() {
        return !hasSharedName;
    }

    private void addSeries(String name, MetricSnapshot family) {
        Set<Map<String, String>> known = series.computeIfAbsent(name, key -> new HashSet<>());
        for (DataPointSnapshot point : family.getDataPoints()) {
            if (!known.add(labelsWithValue(point.getLabels()))) {
                throw new IllegalArgumentException(
                        Excerpt.message("the metric '" + name + "' occurs twice with the labels "
                                + Excerpt.text(point.getLabels().toString()) + SeriesRules.ONE_VALUE));
            }
        }
    }

    private static Map<String, String> labelsWithValue(Labels labels) {
        Map<String, String> nonEmpty = new TreeMap<>();
        for (Label label : labels) {
            if (!label.getValue().isEmpty()) {
                nonEmpty.put(label.getName(), label.getValue());
            }
        }
        return nonEmpty;
    }
}
