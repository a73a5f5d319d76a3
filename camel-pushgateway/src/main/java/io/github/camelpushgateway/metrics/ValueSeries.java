package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Series that are one value each. */
final class ValueSeries implements TextSeries {

    private static final String TOTAL = "_total";

    private final String name;
    private final MetricType type;
    private final Map<Labels, Double> values = new LinkedHashMap<>();

    ValueSeries(String name, MetricType type) {
        this.name = name;
        this.type = type;
    }

    @Override
    public void add(TextSample sample) {
        if (type == MetricType.COUNTER && sample.value() < 0) {
            throw sample.fault("the counter '" + name + "' is negative; a counter never is, a gauge may be");
        }
        if (values.putIfAbsent(sample.labels(), sample.value()) != null) {
            throw sample.fault("this series of '" + name + "' was given before; a series has one value in a push");
        }
    }

    @Override
    public boolean hasPart(String ending) {
        return false;
    }

    @Override
    public MetricSnapshot snapshot(MetricMetadata metadata, Set<String> names) {
        return switch (type) {
            case GAUGE ->
                new GaugeSnapshot(metadata, points((labels, value) -> new GaugeDataPointSnapshot(value, labels, null)));
            case COUNTER -> isBare(names) ? new BareCounter(metadata, counters()) : counter(metadata);
            case UNTYPED ->
                new UnknownSnapshot(
                        metadata, points((labels, value) -> new UnknownDataPointSnapshot(value, labels, null)));
        };
    }

    /** client_java calls a counter by its name less the ending, which may be the name of something else. */
    private boolean isBare(Set<String> names) {
        return !name.endsWith(TOTAL)
                || name.equals(TOTAL)
                || names.contains(name.substring(0, name.length() - TOTAL.length()));
    }

    private MetricSnapshot counter(MetricMetadata metadata) {
        var family = CounterSnapshot.builder().name(name).help(metadata.getHelp());
        counters().forEach(family::dataPoint);
        return family.build();
    }

    private List<CounterDataPointSnapshot> counters() {
        return points((labels, value) -> new CounterDataPointSnapshot(value, labels, null, 0));
    }

    private <T> List<T> points(BiFunction<Labels, Double, T> point) {
        return values.entrySet().stream()
                .map(entry -> point.apply(entry.getKey(), entry.getValue()))
                .toList();
    }
}
