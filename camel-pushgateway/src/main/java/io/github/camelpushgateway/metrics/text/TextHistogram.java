package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.MetricValue;
import io.github.camelpushgateway.metrics.TextFormatException;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The buckets, the count and the sum of one histogram. */
final class TextHistogram {

    private final String name;
    private final int firstLine;

    /** How many observations are at most the bound. */
    private final SortedMap<Double, Long> buckets = new TreeMap<>();

    @Nullable
    private Long count;

    @Nullable
    private Double sum;

    TextHistogram(String name, int firstLine) {
        this.name = name;
        this.firstLine = firstLine;
    }

    void bucket(TextSample sample, @Nullable String le) {
        double bound = MetricValue.ofText(String.valueOf(le)).orElse(Double.NaN);
        if (Double.isNaN(bound)) {
            throw sample.fault(
                    "the label le of the histogram '" + name + "' is not a number; write it like 0.5 or +Inf");
        }
        // 0.0 + makes one zero of two
        if (buckets.putIfAbsent(0.0 + bound, count(sample, "bucket")) != null) {
            throw sample.fault("this bucket of the histogram '" + name + "' was given before; leave one of them out");
        }
    }

    void count(TextSample sample) {
        if (count != null) {
            throw sample.fault("the count of the histogram '" + name + "' was given before; leave one of them out");
        }
        count = count(sample, "count");
    }

    void sum(TextSample sample) {
        if (sum != null) {
            throw sample.fault("the sum of the histogram '" + name + "' was given before; leave one of them out");
        }
        sum = Counts.sum(sample, "the histogram '" + name + '\'');
    }

    private long count(TextSample sample, String what) {
        return Counts.whole(sample, "a " + what + " of the histogram '" + name + '\'');
    }

    /** A gateway fills in the last bucket from the count; here the count is filled in from the last bucket as well. */
    HistogramDataPointSnapshot point(Labels labels) {
        Long all = buckets.get(Double.POSITIVE_INFINITY);
        if (all == null) {
            all = count;
        }
        if (all == null) {
            throw fault("has neither a count nor a bucket +Inf; give it one of them");
        }
        if (count != null && !count.equals(all)) {
            throw fault("has a count that is not that of its bucket +Inf; both count all observations");
        }
        buckets.put(Double.POSITIVE_INFINITY, all);
        return new HistogramDataPointSnapshot(
                ClassicHistogramBuckets.of(bounds(), counts()),
                sum == null ? Double.NaN : sum,
                labels,
                Exemplars.EMPTY,
                0);
    }

    private double[] bounds() {
        return buckets.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    }

    private long[] counts() {
        long[] counts = new long[buckets.size()];
        long below = 0;
        int i = 0;
        for (long upTo : buckets.values()) {
            if (upTo < below) {
                throw fault("has a bucket with fewer observations than a smaller one; each bucket counts those of all"
                        + " smaller ones as well");
            }
            counts[i++] = upTo - below;
            below = upTo;
        }
        return counts;
    }

    private TextFormatException fault(String fault) {
        return new TextFormatException(firstLine, 1, "the histogram '" + name + "' " + fault);
    }
}
