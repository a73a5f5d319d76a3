package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/**
 * The suffix that the writers of client_java append to the exposed name of a family, depending on its type. The names come from the
 * <a href="https://prometheus.io/docs/specs/om/open_metrics_spec/#metric-types">OpenMetrics specification, "Metric types"</a>.
 */
public enum NameSuffix {
    /** The suffix of counters. */
    TOTAL("_total"),
    /** The suffix of infos. */
    INFO("_info"),
    /** All other types have no suffix. */
    NONE("");

    private final String text;

    NameSuffix(String text) {
        this.text = text;
    }

    /** Returns the suffix of the exposed name of a family. */
    public static NameSuffix of(MetricSnapshot family) {
        if (family instanceof CounterSnapshot) {
            return family instanceof UnsuffixedCounter ? NONE : TOTAL;
        }
        return family instanceof InfoSnapshot ? INFO : NONE;
    }

    /** Returns the suffix itself, empty for {@link #NONE}. */
    String text() {
        return text;
    }

    /** Returns whether a name ends with this suffix. */
    public boolean isIn(String name) {
        return name.endsWith(text);
    }

    /** Returns the name with this suffix, which is not appended twice. */
    public String append(String name) {
        return isIn(name) ? name : name + text;
    }

    /** Returns the name without this suffix. The result is empty if there is nothing else. */
    public String remove(String name) {
        return isIn(name) ? name.substring(0, name.length() - text.length()) : name;
    }
}
