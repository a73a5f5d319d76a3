package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Factory methods for families whose series have one value each. */
public final class ValueSnapshots {

    private ValueSnapshots() {}

    /**
     * Returns the family that is exposed under this name.
     *
     * @param name the exposed name, which ends with {@code _total} for a counter
     * @throws IllegalArgumentException if the application's version of client_java cannot represent the name
     */
    public static MetricSnapshot of(MetricType type, String name, @Nullable String help, Map<Labels, Double> values) {
        return switch (type) {
            case GAUGE ->
                new GaugeSnapshot(
                        ModelNames.metadata(name, help),
                        points(values, (labels, value) -> new GaugeDataPointSnapshot(value, labels, null)));
            case COUNTER -> {
                var family = CounterSnapshot.builder()
                        .name(ModelNames.ofCounter(name))
                        .help(help);
                counters(values).forEach(family::dataPoint);
                yield family.build();
            }
            case UNTYPED ->
                new UnknownSnapshot(
                        ModelNames.metadata(name, help),
                        points(values, (labels, value) -> new UnknownDataPointSnapshot(value, labels, null)));
        };
    }

    /** Returns the family of a gauge that has only this sample. */
    static MetricSnapshot gauge(Sample sample) {
        return new GaugeSnapshot(
                ModelNames.metadata(sample.name(), sample.help()),
                Collections.singletonList(new GaugeDataPointSnapshot(sample.value(), sample.labels(), null)));
    }

    /** Returns a counter that is exposed under exactly this name. */
    public static MetricSnapshot unsuffixedCounter(String name, @Nullable String help, Map<Labels, Double> values) {
        return new UnsuffixedCounter(ModelNames.metadata(name, help), counters(values));
    }

    private static List<CounterDataPointSnapshot> counters(Map<Labels, Double> values) {
        return points(values, (labels, value) -> new CounterDataPointSnapshot(value, labels, null, 0));
    }

    private static <T> List<T> points(Map<Labels, Double> values, BiFunction<Labels, Double, T> point) {
        // a loop is faster than a stream here, since most families have one series
        List<T> points = new ArrayList<>(values.size());
        values.forEach((labels, value) -> points.add(point.apply(labels, value)));
        return points;
    }
}
