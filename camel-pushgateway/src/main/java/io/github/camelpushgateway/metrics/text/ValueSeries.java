package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.NameSuffix;
import io.github.camelpushgateway.metrics.SeriesRules;
import io.github.camelpushgateway.metrics.ValueSnapshots;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The series of a gauge, a counter or an untyped metric, which have one value each. */
final class ValueSeries implements TextSeries {

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
            throw sample.fault("the counter '" + name + "' is negative" + SeriesRules.NOT_NEGATIVE);
        }
        if (values.putIfAbsent(sample.labels(), sample.value()) != null) {
            throw sample.fault("this series of '" + name + "' occurs twice" + SeriesRules.ONE_VALUE);
        }
    }

    @Override
    public boolean hasPart(String suffix) {
        return false;
    }

    @Override
    public MetricSnapshot snapshot(String exposedName, @Nullable String help, Collection<String> exposedNames) {
        return type == MetricType.COUNTER && isUnsuffixed(exposedName, exposedNames)
                ? ValueSnapshots.unsuffixedCounter(exposedName, help, values)
                : ValueSnapshots.of(type, exposedName, help, values);
    }

    /**
     * Returns whether the counter must be exposed under exactly its name. client_java removes the suffix from the name of a counter,
     * and the rest may be the name of another family.
     */
    private static boolean isUnsuffixed(String exposedName, Collection<String> exposedNames) {
        String unsuffixed = NameSuffix.TOTAL.remove(exposedName);
        return unsuffixed.equals(exposedName) || unsuffixed.isEmpty() || exposedNames.contains(unsuffixed);
    }
}
