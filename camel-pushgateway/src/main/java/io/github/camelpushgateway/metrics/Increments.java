package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DistributionDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The addition of families: counters, histograms with classic buckets, and the count and sum of summaries. All other
 * data cannot be added: quantiles, native buckets, and the values of other types.
 *
 * <p>An increment has no such data. Its labels have values, since a label without a value is the same as no label, and
 * each of its histograms and summaries has a count and a sum.
 */
public final class Increments {

    private Increments() {}

    /**
     * Returns whether the values of a family can be added to those of a group. Quantiles and native buckets are lost if
     * they are beside other values, which is why a family with nothing else cannot be added.
     */
    public static boolean isSummable(MetricSnapshot family) {
        return isSummableType(family) && family.getDataPoints().stream().allMatch(Increments::isSummable);
    }

    /**
     * Validates that a family can be added or replaced as a whole.
     *
     * @throws IllegalArgumentException if only some of its series can be added. The totals of the others would be lost
     *     if the family were replaced
     */
    public static void validateWhole(MetricSnapshot family) {
        if (isSummableType(family)
                && !isSummable(family)
                && family.getDataPoints().stream().anyMatch(Increments::isSummable)) {
            throw new IllegalArgumentException(Excerpt.message("the metric '" + ExposedNames.nameOf(family)
                    + "' has series with a count and series with only quantiles or native buckets, which cannot be added;"
                    + " remove these series, or push them as a metric of another name"));
        }
    }

    private static boolean isSummableType(MetricSnapshot family) {
        return family instanceof CounterSnapshot
                || family instanceof SummarySnapshot
                || (family instanceof HistogramSnapshot histogram && !histogram.isGaugeHistogram());
    }

    private static boolean isSummable(DataPointSnapshot point) {
        if (point instanceof HistogramDataPointSnapshot histogram) {
            return histogram.hasClassicHistogramData();
        }
        return !(point instanceof SummaryDataPointSnapshot summary) || summary.hasCount() || summary.hasSum();
    }

    /**
     * Returns increments with the data that can be added, without families that have no series.
     *
     * @throws IllegalArgumentException if a family cannot be added, or a value would make the sum useless
     */
    public static MetricSnapshots of(MetricSnapshots families) {
        List<MetricSnapshot> increments = new ArrayList<>(families.size());
        for (MetricSnapshot family : families) {
            if (!isSummable(family)) {
                throw new IllegalArgumentException(Excerpt.message("the metric '" + ExposedNames.nameOf(family)
                        + "' cannot be added to the group; accumulate only counters, histograms with classic buckets, and"
                        + " summaries with a count or a sum"));
            }
            if (!family.getDataPoints().isEmpty()) {
                increments.add(increment(family));
            }
        }
        return new MetricSnapshots(increments);
    }

    private static MetricSnapshot increment(MetricSnapshot family) {
        String name = ExposedNames.nameOf(family);
        List<DataPointSnapshot> points = new ArrayList<>(family.getDataPoints().size());
        for (DataPointSnapshot point : family.getDataPoints()) {
            Labels labels = withValues(point.getLabels());
            if (point instanceof CounterDataPointSnapshot counter) {
                points.add(new CounterDataPointSnapshot(
                        finite(name, counter.getValue()), labels, counter.getExemplar(), 0));
            } else if (point instanceof HistogramDataPointSnapshot histogram) {
                points.add(new HistogramDataPointSnapshot(
                        histogram.getClassicBuckets(), sum(name, histogram), labels, histogram.getExemplars(), 0));
            } else if (point instanceof SummaryDataPointSnapshot summary) {
                points.add(new SummaryDataPointSnapshot(
                        summary.hasCount() ? summary.getCount() : 0,
                        sum(name, summary),
                        Quantiles.EMPTY,
                        labels,
                        summary.getExemplars(),
                        0));
            }
        }
        return family(family, points);
    }

    private static double sum(String name, DistributionDataPointSnapshot point) {
        return point.hasSum() ? finite(name, point.getSum()) : 0;
    }

    /** Rejects a value that no later increment could change. */
    private static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(Excerpt.message("the metric '" + name + "' has the value " + value
                    + ", which cannot be added, because the sum could never change again; send a finite value"));
        }
        return value;
    }

    private static double finiteSum(MetricSnapshot family, double sum) {
        if (!Double.isFinite(sum)) {
            throw new IllegalArgumentException(Excerpt.message("the metric '" + ExposedNames.nameOf(family)
                    + "' would have the sum " + sum + "; delete the group, or rename the metric"));
        }
        return sum;
    }

    private static Labels withValues(Labels labels) {
        boolean hasEmpty = false;
        for (int i = 0; i < labels.size(); i++) {
            hasEmpty |= labels.getValue(i).isEmpty();
        }
        if (!hasEmpty) {
            return labels;
        }
        Labels.Builder others = Labels.builder();
        for (Label label : labels) {
            if (!label.getValue().isEmpty()) {
                others.label(label.getName(), label.getValue());
            }
        }
        return others.build();
    }

    /**
     * Adds an increment to a family of the same exposed name, series by series. A series of only one of them is kept.
     * The metadata is that of the increment. The exemplars of a series are those of the increment, if it has any.
     *
     * @throws IllegalArgumentException if the types or the bounds of buckets differ, or a count is out of range
     */
    public static MetricSnapshot sum(MetricSnapshot family, MetricSnapshot increment) {
        String type = ExposedNames.typeOf(family);
        String own = ExposedNames.typeOf(increment);
        if (!type.equals(own)) {
            throw new IllegalArgumentException(Excerpt.message("the metric '" + ExposedNames.nameOf(increment)
                    + "' is a " + own + ", which cannot be added to a " + type + " of this name"));
        }
        Map<Labels, DataPointSnapshot> points = byLabels(family);
        for (DataPointSnapshot point : increment.getDataPoints()) {
            DataPointSnapshot earlier = points.get(point.getLabels());
            points.put(point.getLabels(), earlier == null ? point : sum(increment, earlier, point));
        }
        return family(increment, points.values());
    }

    private static DataPointSnapshot sum(MetricSnapshot family, DataPointSnapshot earlier, DataPointSnapshot point) {
        if (earlier instanceof CounterDataPointSnapshot one && point instanceof CounterDataPointSnapshot other) {
            Exemplar exemplar = other.getExemplar();
            return new CounterDataPointSnapshot(
                    finiteSum(family, one.getValue() + other.getValue()),
                    point.getLabels(),
                    exemplar == null ? one.getExemplar() : exemplar,
                    0);
        }
        if (earlier instanceof HistogramDataPointSnapshot one && point instanceof HistogramDataPointSnapshot other) {
            return new HistogramDataPointSnapshot(
                    sum(family, one.getClassicBuckets(), other.getClassicBuckets()),
                    finiteSum(family, one.getSum() + other.getSum()),
                    point.getLabels(),
                    exemplars(one, other),
                    0);
        }
        if (earlier instanceof SummaryDataPointSnapshot one && point instanceof SummaryDataPointSnapshot other) {
            return new SummaryDataPointSnapshot(
                    add(family, one.getCount(), other.getCount()),
                    finiteSum(family, one.getSum() + other.getSum()),
                    Quantiles.EMPTY,
                    point.getLabels(),
                    exemplars(one, other),
                    0);
        }
        throw new IllegalStateException("the series of one family have different types");
    }

    private static Exemplars exemplars(DistributionDataPointSnapshot one, DistributionDataPointSnapshot other) {
        return other.getExemplars().size() == 0 ? one.getExemplars() : other.getExemplars();
    }

    private static ClassicHistogramBuckets sum(
            MetricSnapshot family, ClassicHistogramBuckets one, ClassicHistogramBuckets other) {
        if (!haveSameBounds(one, other)) {
            throw new IllegalArgumentException(Excerpt.message("the histogram '" + ExposedNames.nameOf(family)
                    + "' with the bucket bounds " + Excerpt.text(bounds(other).toString())
                    + " cannot be added to one with the bounds "
                    + Excerpt.text(bounds(one).toString())));
        }
        double[] bounds = new double[one.size()];
        long[] counts = new long[one.size()];
        long total = 0;
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = one.getUpperBound(i);
            counts[i] = add(family, one.getCount(i), other.getCount(i));
            total = add(family, total, counts[i]);
        }
        return ClassicHistogramBuckets.of(bounds, counts);
    }

    private static long add(MetricSnapshot family, long one, long other) {
        try {
            return Math.addExact(one, other);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    Excerpt.message("the metric '" + ExposedNames.nameOf(family)
                            + "' would have 2^63 or more observations, which is beyond the range of a count"),
                    e);
        }
    }

    private static List<Double> bounds(ClassicHistogramBuckets buckets) {
        List<Double> bounds = new ArrayList<>(buckets.size());
        for (int i = 0; i < buckets.size(); i++) {
            bounds.add(buckets.getUpperBound(i));
        }
        return bounds;
    }

    private static boolean haveSameBounds(ClassicHistogramBuckets one, ClassicHistogramBuckets other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (one.getUpperBound(i) != other.getUpperBound(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns increments that add nothing, with the same families and series. */
    public static MetricSnapshots zero(MetricSnapshots increments) {
        List<MetricSnapshot> zeros = new ArrayList<>(increments.size());
        for (MetricSnapshot family : increments) {
            List<DataPointSnapshot> points =
                    new ArrayList<>(family.getDataPoints().size());
            for (DataPointSnapshot point : family.getDataPoints()) {
                points.add(zero(point));
            }
            zeros.add(family(family, points));
        }
        return new MetricSnapshots(zeros);
    }

    private static DataPointSnapshot zero(DataPointSnapshot point) {
        if (point instanceof HistogramDataPointSnapshot histogram) {
            ClassicHistogramBuckets buckets = histogram.getClassicBuckets();
            double[] bounds =
                    bounds(buckets).stream().mapToDouble(Double::doubleValue).toArray();
            return new HistogramDataPointSnapshot(
                    ClassicHistogramBuckets.of(bounds, new long[bounds.length]),
                    0,
                    point.getLabels(),
                    Exemplars.EMPTY,
                    0);
        }
        if (point instanceof SummaryDataPointSnapshot) {
            return new SummaryDataPointSnapshot(0, 0, Quantiles.EMPTY, point.getLabels(), Exemplars.EMPTY, 0);
        }
        return new CounterDataPointSnapshot(0, point.getLabels(), null, 0);
    }

    /**
     * Returns whether two families of one name can be added, whatever series they have: they have the same type and, if
     * they are histograms, the same bounds of buckets in all series.
     */
    public static boolean haveSameBuckets(MetricSnapshot one, MetricSnapshot other) {
        if (!ExposedNames.typeOf(one).equals(ExposedNames.typeOf(other))) {
            return false;
        }
        if (!(one instanceof HistogramSnapshot histogram) || !(other instanceof HistogramSnapshot another)) {
            return true;
        }
        ClassicHistogramBuckets buckets = histogram.getDataPoints().get(0).getClassicBuckets();
        return Stream.concat(histogram.getDataPoints().stream(), another.getDataPoints().stream())
                .allMatch(point -> haveSameBounds(buckets, point.getClassicBuckets()));
    }

    /**
     * Returns whether two families of one name have the same type and series, with the same bounds of buckets. They can
     * then be added, and the sum has these series.
     */
    public static boolean haveSameShape(MetricSnapshot one, MetricSnapshot other) {
        List<? extends DataPointSnapshot> points = one.getDataPoints();
        List<? extends DataPointSnapshot> others = other.getDataPoints();
        if (points.size() != others.size() || !ExposedNames.typeOf(one).equals(ExposedNames.typeOf(other))) {
            return false;
        }
        // both are sorted by their labels
        for (int i = 0; i < points.size(); i++) {
            if (!haveSameShape(points.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean haveSameShape(DataPointSnapshot one, DataPointSnapshot other) {
        return one.getLabels().equals(other.getLabels())
                && (!(one instanceof HistogramDataPointSnapshot histogram)
                        || !(other instanceof HistogramDataPointSnapshot another)
                        || haveSameBounds(histogram.getClassicBuckets(), another.getClassicBuckets()));
    }

    /**
     * Returns whether two families have the same type, series and values. Help texts, exemplars and quantiles do not
     * matter.
     *
     * @param one the family, or null if there is none
     */
    public static boolean haveSameValues(@Nullable MetricSnapshot one, @Nullable MetricSnapshot other) {
        if (one == null || other == null) {
            return one == other;
        }
        if (!haveSameShape(one, other)) {
            return false;
        }
        for (int i = 0; i < one.getDataPoints().size(); i++) {
            if (!haveSameValues(
                    one.getDataPoints().get(i), other.getDataPoints().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean haveSameValues(DataPointSnapshot one, DataPointSnapshot other) {
        if (one instanceof CounterDataPointSnapshot counter && other instanceof CounterDataPointSnapshot another) {
            return isSame(counter.getValue(), another.getValue());
        }
        if (one instanceof HistogramDataPointSnapshot histogram
                && other instanceof HistogramDataPointSnapshot another) {
            for (int i = 0; i < histogram.getClassicBuckets().size(); i++) {
                if (histogram.getClassicBuckets().getCount(i)
                        != another.getClassicBuckets().getCount(i)) {
                    return false;
                }
            }
        }
        return one instanceof DistributionDataPointSnapshot distribution
                && other instanceof DistributionDataPointSnapshot another
                && distribution.getCount() == another.getCount()
                && isSame(distribution.getSum(), another.getSum());
    }

    /** Compares values. NaN is equal to itself, and zero has one sign. */
    private static boolean isSame(double one, double other) {
        return one == other || (Double.isNaN(one) && Double.isNaN(other));
    }

    private static Map<Labels, DataPointSnapshot> byLabels(MetricSnapshot family) {
        Map<Labels, DataPointSnapshot> points =
                new LinkedHashMap<>(family.getDataPoints().size() * 2);
        for (DataPointSnapshot point : family.getDataPoints()) {
            points.put(point.getLabels(), point);
        }
        return points;
    }

    /** Returns a family of the type and with the metadata of another one. */
    private static MetricSnapshot family(MetricSnapshot like, Collection<DataPointSnapshot> points) {
        MetricMetadata metadata = like.getMetadata();
        if (like instanceof HistogramSnapshot) {
            return new HistogramSnapshot(metadata, cast(points, HistogramDataPointSnapshot.class));
        }
        if (like instanceof SummarySnapshot) {
            return new SummarySnapshot(metadata, cast(points, SummaryDataPointSnapshot.class));
        }
        List<CounterDataPointSnapshot> counters = cast(points, CounterDataPointSnapshot.class);
        return like instanceof UnsuffixedCounter
                ? new UnsuffixedCounter(metadata, counters)
                : new CounterSnapshot(metadata, counters);
    }

    private static <T extends DataPointSnapshot> List<T> cast(Collection<DataPointSnapshot> points, Class<T> type) {
        List<T> all = new ArrayList<>(points.size());
        for (DataPointSnapshot point : points) {
            all.add(type.cast(point));
        }
        return all;
    }
}
