package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The names under which the metrics of one push are exposed. Two metrics with different names in the model may have the
 * same name on the wire, such as the counter {@code rows} and the gauge {@code rows_total}. A gateway would refuse such
 * a push or mix up the metrics.
 */
public final class ExposedNames {

    private final Map<String, MetricSnapshot> owners;

    /**
     * Creates an empty set of names.
     *
     * @param families the number of families to expect
     */
    public ExposedNames(int families) {
        owners = new HashMap<>(families * 2);
    }

    /**
     * Adds a family and returns the names under which it is exposed.
     *
     * @throws IllegalArgumentException if another family is exposed under one of them
     */
    public List<String> add(MetricSnapshot family) {
        List<String> names = namesOf(family);
        for (String name : names) {
            MetricSnapshot other = owners.putIfAbsent(name, family);
            if (other != null) {
                requireSame(name, family, other);
            }
        }
        return names;
    }

    private static void requireSame(String name, MetricSnapshot family, MetricSnapshot other) {
        String one = describe(family);
        String another = describe(other);
        if (!another.equals(one)) {
            throw new IllegalArgumentException(Excerpt.message("the metrics " + another + " and " + one
                    + " would both be exposed as '" + name + "'; rename one of them"));
        }
    }

    private static String describe(MetricSnapshot family) {
        return nameOf(family) + " (" + typeOf(family) + ")";
    }

    /** Returns the name of a family as a gateway stores it. */
    public static String nameOf(MetricSnapshot family) {
        return namesOf(family).get(0);
    }

    private static List<String> namesOf(MetricSnapshot family) {
        var metadata = family.getMetadata();
        String name = metadata.getName();
        NameSuffix suffix = NameSuffix.of(family);
        if (suffix != NameSuffix.NONE) {
            // the rule of the text format
            String original = ModelNames.original(metadata);
            return List.of(suffix.isIn(original) ? original : name + suffix.text());
        }
        if (family instanceof HistogramSnapshot) {
            return List.of(name, name + "_bucket", name + "_count", name + "_sum");
        }
        if (family instanceof SummarySnapshot) {
            return List.of(name, name + "_count", name + "_sum");
        }
        return List.of(name);
    }

    /** Returns the type of a family as one lower-case word. */
    public static String typeOf(MetricSnapshot family) {
        return family instanceof CounterSnapshot
                ? "counter"
                : family.getClass().getSimpleName().replace("Snapshot", "").toLowerCase(Locale.ROOT);
    }
}
