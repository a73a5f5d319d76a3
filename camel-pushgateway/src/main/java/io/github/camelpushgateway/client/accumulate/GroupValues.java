package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupMetric;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.github.camelpushgateway.metrics.Increments;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of the metrics of a group: those that were read, and those that were written since. Not thread-safe. */
final class GroupValues {

    /** The maximum number of names in {@link #unknown}. */
    private static final int MAX_UNKNOWN = 10_000;

    /** The metrics that the last read returned. */
    private final Map<String, GroupMetric> read = new HashMap<>();

    /** The families that were written. They take precedence over those that were read. */
    private final Map<String, MetricSnapshot> totals = new HashMap<>();

    private final LateWrites late = new LateWrites();

    /** The names of totals that a late request has replaced. The next request writes them again. */
    private final Set<String> undone = new HashSet<>();

    /** The names of totals that the gateway has accepted, but perhaps not stored yet, so that a read may show any older value. */
    private final Set<String> accepted = new HashSet<>();

    private long acceptedNanos;

    /** The names of metrics that may have been replaced since the last read. */
    private final Set<String> unknown = new HashSet<>();

    /** Returns whether the values are known to which a request adds. */
    boolean areKnown(PushRequest request) {
        for (MetricSnapshot increment : request.increments()) {
            if (unknown.contains(ExposedNames.nameOf(increment))) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether so many metrics are unknown that a read is better than a longer list of them. */
    boolean areMostlyUnknown() {
        return unknown.size() > MAX_UNKNOWN;
    }

    /** Removes all values. */
    void clear() {
        read.clear();
        totals.clear();
        late.clear();
        undone.clear();
        accepted.clear();
        unknown.clear();
    }

    /** Removes the values of a metric, which must be read before something is added to it. */
    void forget(String name) {
        unknown.add(name);
        totals.remove(name);
        undone.remove(name);
        accepted.remove(name);
        read.remove(name);
    }

    /**
     * Records the values of a family that has replaced that of the group.
     *
     * @param isLater whether the gateway may replace it after its response
     */
    void replaced(MetricSnapshot family, boolean isLater) {
        String name = ExposedNames.nameOf(family);
        forget(name);
        if (Increments.isSummable(family)) {
            try {
                Increments.of(MetricSnapshots.of(family)).forEach(total -> totals.put(name, total));
                unknown.remove(name);
                if (isLater) {
                    accepted.add(name);
                    acceptedNanos = System.nanoTime();
                }
            } catch (IllegalArgumentException e) {
                // a read will report that nothing can be added to it
            }
        } else if (!(family instanceof HistogramSnapshot) && !(family instanceof SummarySnapshot)) {
            String type = family instanceof UnknownSnapshot ? "untyped" : "gauge";
            read.put(name, new GroupMetric(name, type, "", List.of()));
            unknown.remove(name);
        }
    }

    /**
     * Returns the request that writes the totals.
     *
     * @throws IllegalArgumentException if an increment cannot be added to what the group holds
     */
    Attempted attempt(PushRequest request, Set<PushIdentity> pushes) {
        Map<String, MetricSnapshot> before = new HashMap<>();
        Map<String, MetricSnapshot> after = new HashMap<>();
        for (MetricSnapshot increment : request.increments()) {
            String name = ExposedNames.nameOf(increment);
            MetricSnapshot held = held(name, increment);
            if (held == null) {
                after.put(name, increment);
            } else {
                before.put(name, held);
                after.put(name, Increments.sum(held, increment));
            }
        }
        restore(request, before, after);
        return new Attempted(before, after, pushes);
    }

    /** Adds the totals that a late request has replaced, unless the request replaces them itself. */
    private void restore(PushRequest request, Map<String, MetricSnapshot> before, Map<String, MetricSnapshot> after) {
        if (undone.isEmpty()) {
            return;
        }
        request.snapshots().forEach(family -> undone.remove(ExposedNames.nameOf(family)));
        for (String name : undone) {
            MetricSnapshot total = totals.get(name);
            if (total != null && after.putIfAbsent(name, total) == null) {
                before.put(name, total);
            }
        }
    }

    /** Returns the family that the group holds, or null. */
    private @Nullable MetricSnapshot held(String name, MetricSnapshot like) {
        MetricSnapshot total = totals.get(name);
        if (total != null) {
            return total;
        }
        GroupMetric metric = read.get(name);
        return metric == null ? null : HeldMetric.family(metric, like);
    }

    /**
     * Records that a request was executed.
     *
     * @param isLater whether the gateway may execute it after its response
     */
    void written(PushRequest request, Attempted attempted, boolean isLater) {
        Set<String> names = attempted.after().keySet();
        totals.putAll(attempted.after());
        undone.removeAll(names);
        unknown.removeAll(names);
        if (isLater) {
            late.addAccepted(attempted);
        } else {
            accepted.removeAll(names);
        }
        request.snapshots().forEach(family -> replaced(family, isLater));
    }

    /** Records that a request had no response, so that it may be executed later. */
    void mayBeLate(Attempted attempted) {
        late.add(attempted);
    }

    /**
     * Records the metrics that were read.
     *
     * @param group the group, or null if there is none
     * @param doubtful the request whose outcome is unknown, or null
     */
    void read(@Nullable GatewayGroup group, @Nullable Attempted doubtful) {
        read.clear();
        unknown.clear();
        if (group != null) {
            for (GroupMetric metric : group.metrics()) {
                // only the type of other metrics matters
                read.put(
                        metric.name(),
                        HeldMetric.isSummable(metric)
                                ? metric
                                : new GroupMetric(metric.name(), metric.type(), "", List.of()));
            }
        }
        findUndone(doubtful);
    }

    /**
     * Finds the totals that were replaced by an earlier request, which was executed late, or that are not visible yet.
     */
    private void findUndone(@Nullable Attempted doubtful) {
        undone.clear();
        for (Map.Entry<String, MetricSnapshot> total : totals.entrySet()) {
            String name = total.getKey();
            MetricSnapshot held = readOrNull(name, total.getValue());
            if (!Increments.haveSameValues(held, total.getValue())
                    && (late.contains(name, held) || isAccepted(name))
                    && (doubtful == null || !doubtful.writes(name, held))) {
                undone.add(name);
            }
        }
        if (undone.isEmpty()) {
            late.clearAccepted();
        }
    }

    private boolean isAccepted(String name) {
        return accepted.contains(name) && System.nanoTime() - acceptedNanos < ExecutionTime.MAX_DELAY.toNanos();
    }

    /**
     * Decides whether a request whose outcome was unknown was executed, after a read. If it is still unknown, its
     * totals are removed.
     */
    Attempted.Comparison resolve(Attempted doubtful) {
        Attempted.Comparison result = compare(doubtful);
        switch (result) {
            case AFTER ->
                doubtful.after().forEach((name, after) -> {
                    // another request may have replaced some of them since
                    if (Increments.haveSameValues(readOrNull(name, after), after)) {
                        totals.put(name, after);
                    }
                });
            case BEFORE -> {}
            case OTHER -> totals.keySet().removeAll(doubtful.after().keySet());
        }
        return result;
    }

    /** Removes the totals that differ from what was read, and returns the name of one of them, or null. */
    @Nullable
    String dropChanged() {
        String changed = null;
        for (Iterator<Map.Entry<String, MetricSnapshot>> each =
                        totals.entrySet().iterator();
                each.hasNext(); ) {
            Map.Entry<String, MetricSnapshot> total = each.next();
            if (!Increments.haveSameValues(readOrNull(total.getKey(), total.getValue()), total.getValue())) {
                changed = total.getKey();
                each.remove();
            }
        }
        return changed;
    }

    /**
     * Compares what was read with a request. A gateway executes a request as a whole, so one metric is enough if others
     * were replaced since.
     */
    Attempted.Comparison compare(Attempted attempted) {
        boolean isBefore = false;
        boolean isAfter = false;
        for (Map.Entry<String, MetricSnapshot> after : attempted.after().entrySet()) {
            MetricSnapshot held = readOrNull(after.getKey(), after.getValue());
            boolean hasAfter = Increments.haveSameValues(held, after.getValue());
            boolean hasBefore =
                    Increments.haveSameValues(held, attempted.before().get(after.getKey()));
            isAfter |= hasAfter && !hasBefore;
            isBefore |= hasBefore && !hasAfter;
        }
        if (isAfter == isBefore) {
            return Attempted.Comparison.OTHER;
        }
        return isAfter ? Attempted.Comparison.AFTER : Attempted.Comparison.BEFORE;
    }

    /** Returns the family that was read, or the newer one if it was replaced by a late request. */
    private @Nullable MetricSnapshot readOrNull(String name, MetricSnapshot like) {
        if (undone.contains(name)) {
            return totals.get(name);
        }
        GroupMetric metric = read.get(name);
        try {
            return metric == null ? null : HeldMetric.family(metric, like);
        } catch (IllegalArgumentException e) {
            // other values than the component writes
            return null;
        }
    }
}
