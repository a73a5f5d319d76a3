package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.GroupMetric;
import io.github.camelpushgateway.api.GroupSample;
import io.github.camelpushgateway.metrics.Excerpt;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.github.camelpushgateway.metrics.UnsuffixedCounter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Converts a metric that was read from a group to a family to which an increment can be added. */
final class HeldMetric {

    private static final Set<String> SUMMABLE = Set.of("counter", "histogram", "summary");
    private static final String BOUND = "le";
    private static final String REMEDY = "; delete the group, or rename the metric";

    private HeldMetric() {}

    /** Returns whether increments can be added to metrics of this type. */
    static boolean isSummable(GroupMetric metric) {
        return SUMMABLE.contains(metric.type());
    }

    /**
     * Converts a metric.
     *
     * @param like the increment, whose type and metadata the family has
     * @throws IllegalArgumentException if the metric has another type, or values that cannot be added
     */
    static MetricSnapshot family(GroupMetric metric, MetricSnapshot like) {
        String type = ExposedNames.typeOf(like);
        if (!metric.type().equals(type)) {
            throw new IllegalArgumentException(Excerpt.message("the group holds the metric '" + metric.name()
                    + "' with the type " + metric.type() + ", to which a " + type + " cannot be added" + REMEDY));
        }
        MetricMetadata metadata = like.getMetadata();
        if (like instanceof HistogramSnapshot) {
            return new HistogramSnapshot(metadata, histograms(metric));
        }
        if (like instanceof SummarySnapshot) {
            return new SummarySnapshot(metadata, summaries(metric));
        }
        return like instanceof UnsuffixedCounter
                ? new UnsuffixedCounter(metadata, counters(metric))
                : new CounterSnapshot(metadata, counters(metric));
    }

    private static List<CounterDataPointSnapshot> counters(GroupMetric metric) {
        List<CounterDataPointSnapshot> points = new ArrayList<>();
        for (GroupSample sample : metric.samples()) {
            if (sample.value() < 0) {
                throw unusable(metric, "a negative value");
            }
            validateFinite(metric, sample);
            points.add(new CounterDataPointSnapshot(sample.value(), labels(sample.labels()), null, 0));
        }
        return points;
    }

    private static List<SummaryDataPointSnapshot> summaries(GroupMetric metric) {
        List<SummaryDataPointSnapshot> points = new ArrayList<>();
        for (Distribution each : distributions(metric)) {
            points.add(new SummaryDataPointSnapshot(
                    count(metric, each.count), each.sum, Quantiles.EMPTY, each.labels, Exemplars.EMPTY, 0));
        }
        return points;
    }

    private static List<HistogramDataPointSnapshot> histograms(GroupMetric metric) {
        List<HistogramDataPointSnapshot> points = new ArrayList<>();
        for (Distribution each : distributions(metric)) {
            points.add(new HistogramDataPointSnapshot(each.buckets(metric), each.sum, each.labels, Exemplars.EMPTY, 0));
        }
        return points;
    }

    /** The samples of one histogram or summary. */
    private static final class Distribution {

        private final Labels labels;

        /** The cumulative counts by upper bound. */
        private final TreeMap<Double, Double> cumulative = new TreeMap<>();

        private double count;
        private double sum;

        Distribution(Labels labels) {
            this.labels = labels;
        }

        /** Returns the count of each bucket. The last one may be missing, since it is the same as the count. */
        ClassicHistogramBuckets buckets(GroupMetric metric) {
            cumulative.putIfAbsent(Double.POSITIVE_INFINITY, count);
            double[] bounds = new double[cumulative.size()];
            long[] counts = new long[cumulative.size()];
            long below = 0;
            int i = 0;
            for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
                long total = count(metric, bucket.getValue());
                if (total < below) {
                    throw unusable(metric, "buckets whose counts decrease");
                }
                bounds[i] = bucket.getKey();
                counts[i++] = total - below;
                below = total;
            }
            return ClassicHistogramBuckets.of(bounds, counts);
        }
    }

    private static Iterable<Distribution> distributions(GroupMetric metric) {
        Map<Map<String, String>, Distribution> all = new LinkedHashMap<>();
        for (GroupSample sample : metric.samples()) {
            String suffix = sample.name().substring(metric.name().length());
            if (suffix.isEmpty()) {
                // a quantile, which cannot be added
                continue;
            }
            Map<String, String> own = new TreeMap<>(sample.labels());
            String bound = suffix.equals("_bucket") ? own.remove(BOUND) : null;
            Distribution found = all.computeIfAbsent(own, key -> new Distribution(labels(key)));
            if (bound != null) {
                found.cumulative.put(bound(metric, bound), sample.value());
            } else if (suffix.equals("_count")) {
                found.count = sample.value();
            } else {
                validateFinite(metric, sample);
                found.sum = sample.value();
            }
        }
        return all.values();
    }

    /** Rejects a value that no increment could change. It may belong to a series to which nothing is added. */
    private static void validateFinite(GroupMetric metric, GroupSample sample) {
        if (!Double.isFinite(sample.value())) {
            throw unusable(metric, "the value " + sample.value());
        }
    }

    private static double bound(GroupMetric metric, String text) {
        try {
            return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw unusable(metric, "a bucket bound that is not a number");
        }
    }

    private static long count(GroupMetric metric, double value) {
        if (value < 0 || value != Math.rint(value)) {
            throw unusable(metric, "a count that is not a whole number");
        }
        return (long) value;
    }

    private static IllegalArgumentException unusable(GroupMetric metric, String value) {
        return new IllegalArgumentException(Excerpt.message("the group holds the metric '" + metric.name() + "' with "
                + value + ", so nothing can be added to it" + REMEDY));
    }

    private static Labels labels(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return Labels.EMPTY;
        }
        Labels.Builder all = Labels.builder();
        labels.forEach(all::label);
        return all.build();
    }
}
