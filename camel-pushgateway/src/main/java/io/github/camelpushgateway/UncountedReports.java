package io.github.camelpushgateway;

import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushRequest;
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

    /** The maximum number of reports for one set of gateways. */
    private static final int MAX_REPORTS = 100;

    /** The maximum number of sets of gateways. */
    private static final int MAX_TARGETS = 100;

    private final Map<Object, Deque<Counters>> targets = new LinkedHashMap<>();

    /**
     * The counters of one report.
     *
     * @param identity identifies them, since it may be unknown whether the gateway has added them
     */
    record Counters(PushIdentity identity, PushRequest increments) {

        static Counters of(PushRequest report) {
            return new Counters(
                    new PushIdentity(),
                    new PushRequest(
                            report.operation(), report.groupingKey(), MetricSnapshots.of(), report.increments()));
        }
    }

    /**
     * Keeps the counters of a report.
     *
     * @param target identifies the gateways
     * @return the number of reports that were removed, because there are too many
     */
    synchronized int add(Object target, Counters counters) {
        int removed = 0;
        Deque<Counters> kept = targets.computeIfAbsent(target, any -> new ArrayDeque<>());
        kept.add(counters);
        if (kept.size() > MAX_REPORTS) {
            kept.remove();
            removed++;
        }
        if (targets.size() > MAX_TARGETS) {
            Iterator<Deque<Counters>> oldest = targets.values().iterator();
            removed += oldest.next().size();
            oldest.remove();
        }
        return removed;
    }

    /** Removes and returns the counters for these gateways. */
    synchronized List<Counters> takeAll(Object target) {
        @Nullable Deque<Counters> taken = targets.remove(target);
        return taken == null ? List.of() : List.copyOf(taken);
    }

    /** Returns the number of reports for these gateways. */
    synchronized int size(Object target) {
        Deque<Counters> kept = targets.get(target);
        return kept == null ? 0 : kept.size();
    }
}
