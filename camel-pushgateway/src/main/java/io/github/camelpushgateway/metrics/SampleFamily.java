package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The samples of one metric name. They share a type and a help text, and no two have the same labels. */
final class SampleFamily {

    private final String name;
    private final MetricType type;

    /** Immutable until a second series is added: most families have only one. */
    private Map<Labels, Double> values = Map.of();

    @Nullable
    private String help;

    SampleFamily(Sample first) {
        name = first.name();
        type = first.type();
    }

    void add(Sample sample) {
        if (sample.type() != type) {
            throw new IllegalArgumentException("the metric '" + name + "' is declared as " + type + " and as "
                    + sample.type() + "; a name has only one type, so rename one of them");
        }
        if (help == null) {
            help = sample.help();
        } else if (sample.help() != null) {
            SeriesRules.validateHelp(name, help, sample.help());
        }
        if (values.isEmpty()) {
            values = Map.of(sample.labels(), sample.value());
            return;
        }
        if (values.size() == 1) {
            values = new LinkedHashMap<>(values);
        }
        if (values.putIfAbsent(sample.labels(), sample.value()) != null) {
            throw new IllegalArgumentException("the metric '" + name + "' occurs twice with the labels "
                    + sample.labels() + SeriesRules.ONE_VALUE + ", so add a label that distinguishes them");
        }
    }

    MetricSnapshot snapshot() {
        return ValueSnapshots.of(type, name, help, values);
    }
}
