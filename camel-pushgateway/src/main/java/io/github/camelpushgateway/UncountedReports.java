package io.github.camelpushgateway;

import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.github.camelpushgateway.metrics.Increments;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counters of reports that failed, for each set of gateways. All Camel contexts of a JVM share them, so that a
 * context that starts again, as after a reload of the routes, sends them.
 */
final class UncountedReports {

    static final UncountedReports OF_JVM = new UncountedReports();

    /** The maximum number of groups, and of reports that may have been counted, for one set of gateways. */
    private static final int MAX_ENTRIES = 1_000;

    /** The maximum number of sets of gateways. */
    private static final int MAX_TARGETS = 100;

    private final Map<Object, Deque<Counters>> targets = new LinkedHashMap<>();

    /**
     * The counters of reports to one group.
     *
     * @param identity identifies them, since it may be unknown whether the gateway has added them
     * @param runs the number of reports
     */
    record Counters(PushIdentity identity, PushRequest increments, int runs) {

        static Counters of(PushRequest report) {
            return new Counters(new PushIdentity(), increments(report, report.increments()), 1);
        }

        private static PushRequest increments(PushRequest report, MetricSnapshots increments) {
            return new PushRequest(report.operation(), report.groupingKey(), MetricSnapshots.of(), increments);
        }

        /** Returns the sum of both, or null if they are of different groups, or if one may have been added. */
        @Nullable
        Counters sumOrNull(Counters other) {
            if (!increments.groupingKey().equals(other.increments.groupingKey())
                    || !identity.isUncounted()
                    || !other.identity.isUncounted()) {
                return null;
            }
            Map<String, MetricSnapshot> sums = new LinkedHashMap<>();
            increments.increments().forEach(family -> sums.put(ExposedNames.nameOf(family), family));
            try {
                other.increments
                        .increments()
                        .forEach(family -> sums.merge(ExposedNames.nameOf(family), family, Increments::sum));
            } catch (IllegalArgumentException e) {
                // for example labels that differ, or a sum that is too large
                return null;
            }
            return new Counters(
                    new PushIdentity(), increments(increments, new MetricSnapshots(sums.values())), runs + other.runs);
        }
    }

    /**
     * Keeps the counters of a report. They are added to those of the same group, so that a gateway that is unavailable for a
     * long time costs little memory.
     *
     * @param target identifies the gateways
     * @return the number of reports that were removed, because there are too many groups
     */
    synchronized int add(Object target, Counters counters) {
        Deque<Counters> kept = targets.computeIfAbsent(target, any -> new ArrayDeque<>());
        for (Counters earlier : kept) {
            Counters sum = earlier.sumOrNull(counters);
            if (sum != null) {
                kept.remove(earlier);
                kept.add(sum);
                return 0;
            }
        }
        kept.add(counters);
        int removed = kept.size() > MAX_ENTRIES ? kept.remove().runs() : 0;
        if (targets.size() > MAX_TARGETS) {
            Iterator<Deque<Counters>> oldest = targets.values().iterator();
            removed += runs(oldest.next());
            oldest.remove();
        }
        return removed;
    }

    private static int runs(Deque<Counters> counters) {
        return counters.stream().mapToInt(Counters::runs).sum();
    }

    /** Removes and returns the counters for these gateways. */
    synchronized List<Counters> takeAll(Object target) {
        Deque<Counters> taken = targets.remove(target);
        return taken == null ? List.of() : List.copyOf(taken);
    }

    /** Returns the number of reports for these gateways. */
    synchronized int runs(Object target) {
        Deque<Counters> kept = targets.get(target);
        return kept == null ? 0 : runs(kept);
    }
}
