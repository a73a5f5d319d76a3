package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot.StateSetDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Families with other names and other labels. Versions of client_java before 1.5 cannot escape names, and none can unescape them. */
public final class RenamedFamilies {

    private RenamedFamilies() {}

    /**
     * Returns a family with another exposed name and other labels.
     *
     * @param name the new exposed name
     * @param labels returns the new labels of a series, and the same object if they do not change
     * @param exemplarLabels returns the new labels of an exemplar, and the same object if they do not change
     * @throws IllegalArgumentException if the application's version of client_java cannot represent the name
     */
    public static MetricSnapshot of(
            MetricSnapshot family, String name, UnaryOperator<Labels> labels, UnaryOperator<Labels> exemplarLabels) {
        List<DataPointSnapshot> points = new ArrayList<>(family.getDataPoints().size());
        boolean isChanged = !name.equals(ExposedNames.nameOf(family));
        for (DataPointSnapshot point : family.getDataPoints()) {
            DataPointSnapshot renamed = renamed(point, labels.apply(point.getLabels()), exemplarLabels);
            isChanged |= renamed != point;
            points.add(renamed);
        }
        return isChanged ? renamed(family, name, points) : family;
    }

    private static MetricSnapshot renamed(MetricSnapshot family, String name, List<DataPointSnapshot> points) {
        String help = family.getMetadata().getHelp();
        if (family instanceof CounterSnapshot) {
            List<CounterDataPointSnapshot> counters = cast(points, CounterDataPointSnapshot.class);
            if (!NameSuffix.TOTAL.isIn(name) || NameSuffix.TOTAL.remove(name).isEmpty()) {
                return new UnsuffixedCounter(ModelNames.metadata(name, help), counters);
            }
            CounterSnapshot.Builder counter =
                    CounterSnapshot.builder().name(ModelNames.ofCounter(name)).help(help);
            counters.forEach(counter::dataPoint);
            return counter.build();
        }
        if (family instanceof InfoSnapshot) {
            return new InfoSnapshot(
                    new MetricMetadata(NameSuffix.INFO.remove(name), help), cast(points, InfoDataPointSnapshot.class));
        }
        MetricMetadata metadata = ModelNames.metadata(name, help);
        if (family instanceof GaugeSnapshot) {
            return new GaugeSnapshot(metadata, cast(points, GaugeDataPointSnapshot.class));
        }
        if (family instanceof HistogramSnapshot histogram) {
            return new HistogramSnapshot(
                    histogram.isGaugeHistogram(), metadata, cast(points, HistogramDataPointSnapshot.class));
        }
        if (family instanceof SummarySnapshot) {
            return new SummarySnapshot(metadata, cast(points, SummaryDataPointSnapshot.class));
        }
        if (family instanceof StateSetSnapshot) {
            return new StateSetSnapshot(metadata, cast(points, StateSetDataPointSnapshot.class));
        }
        if (family instanceof UnknownSnapshot) {
            return new UnknownSnapshot(metadata, cast(points, UnknownDataPointSnapshot.class));
        }
        throw new IllegalArgumentException("the metric '" + ExposedNames.nameOf(family) + "' is of the type "
                + family.getClass().getName() + ", whose names cannot be escaped; send it as another type");
    }

    private static DataPointSnapshot renamed(
            DataPointSnapshot point, Labels labels, UnaryOperator<Labels> exemplarLabels) {
        if (point instanceof CounterDataPointSnapshot counter) {
            Exemplar exemplar = renamed(counter.getExemplar(), exemplarLabels);
            return isSame(point.getLabels(), labels) && exemplar == counter.getExemplar()
                    ? point
                    : new CounterDataPointSnapshot(
                            counter.getValue(),
                            labels,
                            exemplar,
                            counter.getCreatedTimestampMillis(),
                            counter.getScrapeTimestampMillis());
        }
        if (point instanceof HistogramDataPointSnapshot histogram) {
            Exemplars exemplars = renamed(histogram.getExemplars(), exemplarLabels);
            return isSame(point.getLabels(), labels) && exemplars == histogram.getExemplars()
                    ? point
                    : new HistogramDataPointSnapshot(
                            histogram.getClassicBuckets(),
                            histogram.getNativeSchema(),
                            histogram.getNativeZeroCount(),
                            histogram.getNativeZeroThreshold(),
                            histogram.getNativeBucketsForPositiveValues(),
                            histogram.getNativeBucketsForNegativeValues(),
                            histogram.getSum(),
                            labels,
                            exemplars,
                            histogram.getCreatedTimestampMillis(),
                            histogram.getScrapeTimestampMillis());
        }
        if (isSame(point.getLabels(), labels)) {
            // no format has the exemplars of the other types
            return point;
        }
        if (point instanceof GaugeDataPointSnapshot gauge) {
            return new GaugeDataPointSnapshot(gauge.getValue(), labels, null, gauge.getScrapeTimestampMillis());
        }
        if (point instanceof SummaryDataPointSnapshot summary) {
            return new SummaryDataPointSnapshot(
                    summary.getCount(),
                    summary.getSum(),
                    summary.getQuantiles(),
                    labels,
                    Exemplars.EMPTY,
                    summary.getCreatedTimestampMillis(),
                    summary.getScrapeTimestampMillis());
        }
        if (point instanceof InfoDataPointSnapshot info) {
            return new InfoDataPointSnapshot(labels, info.getScrapeTimestampMillis());
        }
        if (point instanceof StateSetDataPointSnapshot states) {
            return renamed(states, labels);
        }
        if (point instanceof UnknownDataPointSnapshot unknown) {
            return new UnknownDataPointSnapshot(unknown.getValue(), labels, null, unknown.getScrapeTimestampMillis());
        }
        return point;
    }

    /** Compares the objects: in client_java, labels are equal even if a name differs in a dot and an underscore. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Labels labels, Labels others) {
        return labels == others;
    }

    private static DataPointSnapshot renamed(StateSetDataPointSnapshot states, Labels labels) {
        String[] names = new String[states.size()];
        boolean[] values = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = states.getName(i);
            values[i] = states.isTrue(i);
        }
        return new StateSetDataPointSnapshot(names, values, labels, states.getScrapeTimestampMillis());
    }

    private static @Nullable Exemplar renamed(@Nullable Exemplar exemplar, UnaryOperator<Labels> labels) {
        if (exemplar == null) {
            return null;
        }
        Labels renamed = labels.apply(exemplar.getLabels());
        return isSame(renamed, exemplar.getLabels())
                ? exemplar
                : new Exemplar(exemplar.getValue(), renamed, exemplar.getTimestampMillis());
    }

    private static Exemplars renamed(Exemplars exemplars, UnaryOperator<Labels> labels) {
        List<Exemplar> all = new ArrayList<>(exemplars.size());
        boolean isChanged = false;
        for (Exemplar exemplar : exemplars) {
            Exemplar renamed = renamed(exemplar, labels);
            isChanged |= renamed != exemplar;
            all.add(renamed);
        }
        return isChanged ? Exemplars.of(all) : exemplars;
    }

    private static <T extends DataPointSnapshot> List<T> cast(List<DataPointSnapshot> points, Class<T> type) {
        List<T> all = new ArrayList<>(points.size());
        for (DataPointSnapshot point : points) {
            all.add(type.cast(point));
        }
        return all;
    }
}
