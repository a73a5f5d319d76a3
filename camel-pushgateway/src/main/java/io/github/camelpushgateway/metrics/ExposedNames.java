package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names under which the metrics of one push are exposed. Two metrics with different names in the model may have the
 * same name on the wire, such as the counter {@code rows} and the gauge {@code rows_total}. A gateway would refuse such
 * a push or mix up the metrics.
 */
public final class ExposedNames {

    /** The families by each of their names, or null if none has another name than its own. */
    @Nullable
    private final Map<String, MetricSnapshot> owners;

    @Nullable
    private MetricSnapshot previous;

    /**
     * Creates an empty set of names.
     *
     * @param families the families that will be added in this order
     */
    public ExposedNames(MetricSnapshots families) {
        owners = hasOtherNames(families) ? new HashMap<>(families.size() * 2) : null;
    }

    /**
     * Creates an empty set of names for families in any order.
     *
     * @param families the number of families to expect
     */
    public ExposedNames(int families) {
        owners = new HashMap<>(families * 2);
    }

    private static boolean hasOtherNames(MetricSnapshots families) {
        for (MetricSnapshot family : families) {
            if (NameSuffix.of(family) != NameSuffix.NONE
                    || family instanceof HistogramSnapshot
                    || family instanceof SummarySnapshot) {
                return true;
            }
        }
        return false;
    }

    /**
     * Adds the next family. Returns an earlier family of the same name, or null if there is none.
     *
     * @param name the name of the family, see {@link #nameOf}
     * @throws IllegalArgumentException if a family of another name or type is exposed under one of its names
     */
    public @Nullable MetricSnapshot add(String name, MetricSnapshot family) {
        if (owners == null) {
            // snapshots are sorted by name
            MetricSnapshot last = previous;
            previous = family;
            if (last == null || !nameOf(last).equals(name)) {
                return null;
            }
            requireSame(name, family, last);
            return last;
        }
        MetricSnapshot first = add(name, family, owners);
        if (family instanceof HistogramSnapshot) {
            add(name + "_bucket", family, owners);
        }
        if (family instanceof HistogramSnapshot || family instanceof SummarySnapshot) {
            add(name + "_count", family, owners);
            add(name + "_sum", family, owners);
        }
        return first;
    }

    private static @Nullable MetricSnapshot add(
            String name, MetricSnapshot family, Map<String, MetricSnapshot> owners) {
        MetricSnapshot other = owners.putIfAbsent(name, family);
        if (other != null) {
            requireSame(name, family, other);
        }
        return other;
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
        var metadata = family.getMetadata();
        String name = metadata.getName();
        NameSuffix suffix = NameSuffix.of(family);
        if (suffix == NameSuffix.NONE) {
            return name;
        }
        // the rule of the text format
        String original = ModelNames.original(metadata);
        return suffix.isIn(original) ? original : name + suffix.text();
    }

    /** Returns the type of a family as one lower-case word. */
    public static String typeOf(MetricSnapshot family) {
        return family instanceof CounterSnapshot
                ? "counter"
                : family.getClass().getSimpleName().replace("Snapshot", "").toLowerCase(Locale.ROOT);
    }
}
