package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot.StateSetDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Families with unique exposed names. Of two families with the same name, a gateway may store only the last. */
public final class MergedFamilies {

    private MergedFamilies() {}

    /**
     * Merges families with the same exposed name.
     *
     * @param snapshots families, in which those of one name have the same type and help text, and no series in common
     */
    public static MetricSnapshots of(MetricSnapshots snapshots) {
        Map<String, List<MetricSnapshot>> byName = new LinkedHashMap<>();
        for (MetricSnapshot family : snapshots) {
            byName.computeIfAbsent(ExposedNames.nameOf(family), name -> new ArrayList<>())
                    .add(family);
        }
        return new MetricSnapshots(
                byName.values().stream().map(MergedFamilies::merge).toList());
    }

    private static MetricSnapshot merge(List<MetricSnapshot> families) {
        MetricSnapshot first = families.get(0);
        MetricMetadata metadata = first.getMetadata();
        if (families.size() == 1) {
            return first;
        }
        if (first instanceof CounterSnapshot) {
            return new CounterSnapshot(metadata, points(families, CounterDataPointSnapshot.class));
        }
        if (first instanceof GaugeSnapshot) {
            return new GaugeSnapshot(metadata, points(families, GaugeDataPointSnapshot.class));
        }
        if (first instanceof HistogramSnapshot) {
            return new HistogramSnapshot(metadata, points(families, HistogramDataPointSnapshot.class));
        }
        if (first instanceof SummarySnapshot) {
            return new SummarySnapshot(metadata, points(families, SummaryDataPointSnapshot.class));
        }
        if (first instanceof InfoSnapshot) {
            return new InfoSnapshot(metadata, points(families, InfoDataPointSnapshot.class));
        }
        if (first instanceof StateSetSnapshot) {
            return new StateSetSnapshot(metadata, points(families, StateSetDataPointSnapshot.class));
        }
        return new UnknownSnapshot(metadata, points(families, UnknownDataPointSnapshot.class));
    }

    private static <T extends DataPointSnapshot> List<T> points(List<MetricSnapshot> families, Class<T> type) {
        return families.stream()
                .flatMap(family -> family.getDataPoints().stream())
                .map(type::cast)
                .toList();
    }
}
