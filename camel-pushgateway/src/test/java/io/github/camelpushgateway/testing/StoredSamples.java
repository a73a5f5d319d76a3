package io.github.camelpushgateway.testing;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupMetric;
import io.github.camelpushgateway.api.GroupSample;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The samples of families and groups in one form, so that they can be compared. */
public final class StoredSamples {

    private static final String BOUND = "le";

    private StoredSamples() {}

    /** Returns the values by the name, type and labels of each sample. */
    public static Map<String, Double> of(Collection<MetricSnapshot> families) {
        Map<String, Double> samples = new TreeMap<>();
        for (MetricSnapshot family : families) {
            String name = ExposedNames.nameOf(family);
            String type = ExposedNames.typeOf(family).replace("unknown", "untyped");
            for (DataPointSnapshot point : family.getDataPoints()) {
                add(name, type, point, samples);
            }
        }
        return samples;
    }

    private static void add(String name, String type, DataPointSnapshot point, Map<String, Double> samples) {
        Map<String, String> labels = labels(point.getLabels());
        if (point instanceof CounterDataPointSnapshot counter) {
            samples.put(key(name, type, labels), counter.getValue());
        } else if (point instanceof GaugeDataPointSnapshot gauge) {
            samples.put(key(name, type, labels), gauge.getValue());
        } else if (point instanceof UnknownDataPointSnapshot untyped) {
            samples.put(key(name, type, labels), untyped.getValue());
        } else if (point instanceof SummaryDataPointSnapshot summary) {
            samples.put(key(name + "_count", type, labels), (double) summary.getCount());
            samples.put(key(name + "_sum", type, labels), summary.getSum());
        } else if (point instanceof HistogramDataPointSnapshot histogram) {
            samples.put(key(name + "_count", type, labels), (double) histogram.getCount());
            samples.put(key(name + "_sum", type, labels), histogram.getSum());
            ClassicHistogramBuckets buckets = histogram.getClassicBuckets();
            double count = 0;
            for (int i = 0; i < buckets.size(); i++) {
                count += buckets.getCount(i);
                labels.put(BOUND, String.valueOf(buckets.getUpperBound(i)));
                samples.put(key(name + "_bucket", type, labels), count);
            }
        } else {
            throw new IllegalArgumentException(name);
        }
    }

    /** Returns the values by the name, type and labels of each sample. */
    public static Map<String, Double> of(GatewayGroup group) {
        Map<String, Double> samples = new TreeMap<>();
        for (GroupMetric metric : group.metrics()) {
            for (GroupSample sample : metric.samples()) {
                Map<String, String> labels = new TreeMap<>(sample.labels());
                labels.computeIfPresent(
                        BOUND,
                        (name, bound) -> String.valueOf(
                                bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound)));
                samples.put(key(sample.name(), metric.type(), labels), sample.value());
            }
        }
        return samples;
    }

    private static Map<String, String> labels(Labels labels) {
        Map<String, String> all = new TreeMap<>();
        labels.forEach(label -> all.put(label.getName(), label.getValue()));
        return all;
    }

    private static String key(String name, String type, Map<String, String> labels) {
        return name + labels + ' ' + type;
    }
}
