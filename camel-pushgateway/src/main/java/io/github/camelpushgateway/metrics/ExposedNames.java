package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The names under which the metrics of one push are shown. Two metrics may have different names in the model and one on
 * the wire (the counter {@code rows} and the gauge {@code rows_total}): a gateway would refuse them, or mix them up.
 */
public final class ExposedNames {

    private final Map<String, MetricSnapshot> owners = new HashMap<>();

    /**
     * Adds a family and returns the names under which it is shown.
     *
     * @throws IllegalArgumentException if another family is shown under one of them
     */
    public List<String> add(MetricSnapshot family) {
        List<String> names = namesOf(family);
        for (String name : names) {
            MetricSnapshot other = owners.putIfAbsent(name, family);
            if (other != null) {
                checkIsSame(name, family, other);
            }
        }
        return names;
    }

    private static void checkIsSame(String name, MetricSnapshot family, MetricSnapshot other) {
        String one = describe(family);
        String another = describe(other);
        if (!another.equals(one)) {
            throw new IllegalArgumentException(Excerpt.message("the metrics " + another + " and " + one
                    + " would both be shown as '" + name + "'; rename one of them"));
        }
    }

    private static String describe(MetricSnapshot family) {
        return nameOf(family) + " (" + typeOf(family) + ")";
    }

    /** Returns the name of a family, as a gateway has it. */
    public static String nameOf(MetricSnapshot family) {
        return namesOf(family).get(0);
    }

    private static List<String> namesOf(MetricSnapshot family) {
        var metadata = family.getMetadata();
        if (family instanceof UnsuffixedCounter) {
            return List.of(metadata.getName());
        }
        if (family instanceof CounterSnapshot) {
            return List.of(withSuffix(ModelNames.given(metadata), metadata.getName(), "_total"));
        }
        if (family instanceof InfoSnapshot) {
            return List.of(withSuffix(ModelNames.given(metadata), metadata.getName(), "_info"));
        }
        String name = metadata.getName();
        if (family instanceof HistogramSnapshot) {
            return List.of(name, name + "_bucket", name + "_count", name + "_sum");
        }
        if (family instanceof SummarySnapshot) {
            return List.of(name, name + "_count", name + "_sum");
        }
        return List.of(name);
    }

    /** The text format's rule: a name that ends in its type's suffix keeps it, another gets it. */
    private static String withSuffix(String given, String name, String suffix) {
        return given.endsWith(suffix) ? given : name + suffix;
    }

    /** Returns the type of a family in one word. */
    public static String typeOf(MetricSnapshot family) {
        return family instanceof CounterSnapshot
                ? "counter"
                : family.getClass().getSimpleName().replace("Snapshot", "").toLowerCase(Locale.ROOT);
    }
}
