package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.ValueSnapshots;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    public MetricSnapshot snapshot(@Nullable String help, Set<String> names) {
        return type == MetricType.COUNTER && isBare(names)
                ? ValueSnapshots.bareCounter(name, help, values)
                : ValueSnapshots.of(type, name, help, values);
    }

    /** client_java calls a counter by its name less the ending, which may be the name of something else. */
    private boolean isBare(Set<String> names) {
        return !name.endsWith(TOTAL)
                || name.equals(TOTAL)
                || names.contains(name.substring(0, name.length() - TOTAL.length()));
    }
}
