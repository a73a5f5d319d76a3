package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the metrics whose names match a list of patterns, and drops the others. In a pattern, {@code *} stands for any
 * characters, {@code ?} for one. A metric goes by the name that Prometheus shows ({@code rows_total}, {@code build_info}) and by
 * the one without that ending ({@code rows}, {@code build}).
 */
public final class MetricFilter {

    @Nullable
    private final NamePatterns patterns;

    private MetricFilter(@Nullable NamePatterns patterns) {
        this.patterns = patterns;
    }

    /**
     * Returns a filter.
     *
     * @param patterns such as {@code camel_*,!camel_route_*}, see {@link NamePatterns}; nothing keeps all
     * @throws IllegalArgumentException if one of the patterns is empty
     */
    public static MetricFilter of(@Nullable String patterns) {
        return new MetricFilter(
                patterns == null
                        ? null
                        : new NamePatterns(
                                "metricFilter",
                                patterns,
                                "camel_*,!camel_route_*",
                                (name, pattern) -> GlobPattern.of(pattern).match(name)));
    }

    /** Returns those that are kept, in their order. */
    public MetricSnapshots keep(MetricSnapshots metrics) {
        NamePatterns kept = patterns;
        return kept == null
                ? metrics
                : new MetricSnapshots(metrics.stream()
                        .filter(metric -> kept.match(namesOf(metric)))
                        .toList());
    }

    /** A model's name may have its type's ending or not, depending on the version of client_java and on who made it. */
    private static List<String> namesOf(MetricSnapshot metric) {
        String name = metric.getMetadata().getName();
        String ending = metric instanceof CounterSnapshot ? "_total" : metric instanceof InfoSnapshot ? "_info" : "";
        return name.endsWith(ending)
                ? List.of(name, name.substring(0, name.length() - ending.length()))
                : List.of(name, name + ending);
    }
}
