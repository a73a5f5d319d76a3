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
                        : new NamePatterns("metricFilter", patterns, "camel_*,!camel_route_*", MetricFilter::matches));
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

    /** Goes back to the last asterisk alone: what one before it stands for need never change. */
    private static boolean matches(String name, String pattern) {
        int at = 0;
        int in = 0;
        int asterisk = -1;
        int after = 0;
        while (at < name.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                asterisk = in++;
                after = at;
            } else if (in < pattern.length() && (pattern.charAt(in) == '?' || pattern.charAt(in) == name.charAt(at))) {
                in++;
                at++;
            } else if (asterisk >= 0) {
                in = asterisk + 1;
                at = ++after;
            } else {
                return false;
            }
        }
        return pattern.chars().skip(in).allMatch(c -> c == '*');
    }
}
