package io.github.camelpushgateway.client;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds two series of one name and one set of labels. client_java holds that the labels within one snapshot differ; left to
 * find are snapshots that share a name, and labels that differ only by one without a value, which Prometheus does not see.
 */
final class DistinctSeries {

    private final Map<String, List<MetricSnapshot>> families = new HashMap<>();

    /** @throws IllegalArgumentException if the family holds a series that is there already */
    void add(String name, MetricSnapshot family) {
        List<MetricSnapshot> sameName = families.computeIfAbsent(name, key -> new ArrayList<>(1));
        sameName.add(family);
        if (sameName.size() > 1 || family.getDataPoints().stream().anyMatch(DistinctSeries::hasEmptyLabel)) {
            Set<Map<String, String>> series = new HashSet<>();
            for (MetricSnapshot each : sameName) {
                for (DataPointSnapshot point : each.getDataPoints()) {
                    if (!series.add(labelsWithValue(point.getLabels()))) {
                        throw new IllegalArgumentException("the metric '" + name + "' is given twice with the labels "
                                + point.getLabels() + "; a series has one value in a push");
                    }
                }
            }
        }
    }

    private static boolean hasEmptyLabel(DataPointSnapshot point) {
        Labels labels = point.getLabels();
        for (int i = 0; i < labels.size(); i++) {
            if (labels.getValue(i).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> labelsWithValue(Labels labels) {
        Map<String, String> kept = new TreeMap<>();
        for (Label label : labels) {
            if (!label.getValue().isEmpty()) {
                kept.put(label.getName(), label.getValue());
            }
        }
        return kept;
    }
}
