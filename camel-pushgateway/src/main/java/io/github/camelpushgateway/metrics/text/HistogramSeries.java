package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.MetricValue;
import io.github.camelpushgateway.metrics.ModelNames;
import io.github.camelpushgateway.metrics.TextFormatException;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The histograms of one family. Each histogram consists of several samples: buckets, a count and a sum. */
final class HistogramSeries implements TextSeries {

    private static final String LE = "le";

    private final String name;
    private final Map<Labels, Histogram> histograms = new LinkedHashMap<>();

    HistogramSeries(String name) {
        this.name = name;
    }

    @Override
    public boolean hasPart(String suffix) {
        return suffix.equals("_bucket") || suffix.equals("_count") || suffix.equals("_sum");
    }

    @Override
    public void add(TextSample sample) {
        String bound = sample.label(LE);
        String part = sample.name().substring(name.length());
        if (part.equals("_bucket") != (bound != null) || part.isEmpty()) {
            throw sample.fault("this is not a sample of the histogram '" + name + "', which consists of " + name
                    + "_bucket, each with the label le, " + name + "_count and " + name + "_sum, both without it");
        }
        Histogram histogram = histograms.computeIfAbsent(
                sample.labelsWithout(LE), labels -> new Histogram(name, sample.lineNumber()));
        switch (part) {
            case "_bucket" -> histogram.addBucket(sample, bound);
            case "_count" -> histogram.setCount(sample);
            default -> histogram.setSum(sample);
        }
    }

    @Override
    public MetricSnapshot snapshot(String exposedName, @Nullable String help, Collection<String> exposedNames) {
        return new HistogramSnapshot(
                ModelNames.metadata(exposedName, help),
                histograms.entrySet().stream()
                        .map(entry -> entry.getValue().snapshot(entry.getKey()))
                        .toList());
    }

    private static final class Histogram {

        private final String name;
        private final int firstLine;
        /** Cumulative counts: the number of observations up to and including the bound. */
        private final SortedMap<Double, Long> buckets = new TreeMap<>();

        @Nullable
        private Long count;

        @Nullable
        private Double sum;

        Histogram(String name, int firstLine) {
            this.name = name;
            this.firstLine = firstLine;
        }

        void addBucket(TextSample sample, @Nullable String le) {
            double bound = MetricValue.ofText(String.valueOf(le)).orElse(Double.NaN);
            if (Double.isNaN(bound)) {
                throw sample.fault(
                        "the label le of the histogram '" + name + "' is not a number; write it like 0.5 or +Inf");
            }
            // adding 0.0 turns -0.0 into 0.0, so that both denote one bucket
            if (buckets.putIfAbsent(0.0 + bound, count(sample, "bucket")) != null) {
                throw sample.fault("this bucket of the histogram '" + name + "' occurs twice; remove one of them");
            }
        }

        void setCount(TextSample sample) {
            if (count != null) {
                throw sample.fault("the count of the histogram '" + name + "' occurs twice; remove one of them");
            }
            count = count(sample, "count");
        }

        void setSum(TextSample sample) {
            if (sum != null) {
                throw sample.fault("the sum of the histogram '" + name + "' occurs twice; remove one of them");
            }
            sum = sample.sum("the histogram '" + name + '\'');
        }

        private long count(TextSample sample, String what) {
            return sample.count("a " + what + " of the histogram '" + name + '\'');
        }

        /**
         * Returns the data point. A gateway derives a missing bucket {@code +Inf} from the count. This method also derives a
         * missing count from that bucket.
         */
        HistogramDataPointSnapshot snapshot(Labels labels) {
            Long total = buckets.get(Double.POSITIVE_INFINITY);
            if (total == null) {
                total = count;
            }
            if (total == null) {
                throw fault("has neither a count nor a bucket +Inf; add one of them");
            }
            if (count != null && !count.equals(total)) {
                throw fault("has a count that differs from its bucket +Inf; both count all observations");
            }
            buckets.put(Double.POSITIVE_INFINITY, total);
            return new HistogramDataPointSnapshot(
                    ClassicHistogramBuckets.of(upperBounds(), counts()),
                    sum == null ? Double.NaN : sum,
                    labels,
                    Exemplars.EMPTY,
                    0);
        }

        private double[] upperBounds() {
            return buckets.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        }

        private long[] counts() {
            long[] counts = new long[buckets.size()];
            long previous = 0;
            int i = 0;
            for (long cumulative : buckets.values()) {
                if (cumulative < previous) {
                    throw fault("has a bucket with fewer observations than a smaller bucket; each bucket includes the"
                            + " observations of all smaller buckets");
                }
                counts[i++] = cumulative - previous;
                previous = cumulative;
            }
            return counts;
        }

        private TextFormatException fault(String fault) {
            return new TextFormatException(firstLine, 1, "the histogram '" + name + "' " + fault);
        }
    }
}
