package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter that keeps the metrics whose names match a list of {@linkplain NamePatterns name patterns}. In a pattern, {@code *} matches
 * any characters and {@code ?} matches one. A pattern can match the name that Prometheus shows ({@code rows_total},
 * {@code build_info}) or the name without the suffix ({@code rows}, {@code build}).
 */
public final class MetricFilter {

    @Nullable
    private final NamePatterns patterns;

    private MetricFilter(@Nullable NamePatterns patterns) {
        this.patterns = patterns;
    }

    /**
     * Returns a filter with the given patterns.
     *
     * @param patterns a list such as {@code camel_*,!camel_route_*}, see {@link NamePatterns}; null keeps all metrics
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

    /** Returns the matching metrics in their original order. */
    public MetricSnapshots keep(MetricSnapshots metrics) {
        return keep(metrics, null);
    }

    /**
     * Returns the matching metrics in their original order.
     *
     * @param names the original names of the metrics, or null if they are not escaped
     */
    public MetricSnapshots keep(MetricSnapshots metrics, @Nullable PushNames names) {
        NamePatterns kept = patterns;
        return kept == null
                ? metrics
                : new MetricSnapshots(metrics.stream()
                        .filter(metric -> kept.match(namesOf(metric, names)))
                        .toList());
    }

    /** Returns both names. Whether the name in the model has the suffix depends on the version of client_java and on the creator. */
    private static List<String> namesOf(MetricSnapshot metric, @Nullable PushNames names) {
        String name = names == null ? metric.getMetadata().getName() : names.original(ExposedNames.nameOf(metric));
        // a counter that is exposed without the suffix matches like any other counter
        NameSuffix suffix = metric instanceof CounterSnapshot ? NameSuffix.TOTAL : NameSuffix.of(metric);
        return List.of(suffix.append(name), suffix.remove(name));
    }
}
