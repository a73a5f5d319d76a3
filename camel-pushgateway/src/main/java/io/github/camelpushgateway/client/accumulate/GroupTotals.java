package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupMetric;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.github.camelpushgateway.metrics.Increments;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The known values of a group: those that this client has read, and those that it has written since. At most one request to a group is in flight, so the values do not change during a request; other threads only
 * look up pushes, and invalidate the values.
 */
final class GroupTotals {

    /** The maximum number of names in {@link #unknown}. */
    private static final int MAX_UNKNOWN = 10_000;

    private final GatewayUrl gateway;

    /** The metrics that the last read returned. */
    private final Map<String, GroupMetric> read = new HashMap<>();

    /** The families that this client has written. They take precedence over those that were read. */
    private final Map<String, MetricSnapshot> totals = new HashMap<>();

    private final LateWrites late = new LateWrites();

    /** The names of totals that a late request has replaced. The next request writes them again. */
    private final Set<String> undone = new HashSet<>();

    /** The names of metrics that this client may have replaced since the last read. */
    private final Set<String> unknown = new HashSet<>();

    /** The request whose outcome is unknown, or null. */
    @Nullable
    private Attempted doubt;

    private boolean known;
    private long readNanos;

    /** Whether a request of this client may have replaced the values since they were written. */
    private boolean overwritten;

    /**
     * Creates unknown values.
     *
     * @param gateway the gateway that holds the group
     */
    GroupTotals(GatewayUrl gateway) {
        this.gateway = gateway;
    }

    /** Returns whether the values to which a request adds are known and were read within the given time. */
    synchronized boolean areKnown(PushRequest request, Duration refresh) {
        if (!known || System.nanoTime() - readNanos >= refresh.toNanos()) {
            return false;
        }
        for (MetricSnapshot increment : request.increments()) {
            if (unknown.contains(ExposedNames.nameOf(increment))) {
                return false;
            }
        }
        return true;
    }

    /** Requires a read before the next request. */
    synchronized void forget() {
        known = false;
    }

    /** Requires a read before the next request, without a warning if the values differ. */
    synchronized void overwrite() {
        known = false;
        overwritten = true;
        totals.clear();
        late.clear();
        undone.clear();
    }

    /** Requires a read before an increment of a metric that this request may replace. */
    synchronized void replace(PushRequest request) {
        if (request.operation() == PushOperation.PUSH || request.operation() == PushOperation.DELETE) {
            overwrite();
        } else {
            request.snapshots().forEach(this::forget);
            known &= unknown.size() <= MAX_UNKNOWN;
        }
    }

    private void forget(MetricSnapshot family) {
        String name = ExposedNames.nameOf(family);
        unknown.add(name);
        totals.remove(name);
        undone.remove(name);
        read.remove(name);
    }

    /**
     * Records that a request without increments was executed. Its values need not be read. They must not be read after
     * a delete, which a gateway executes after its response.
     */
    synchronized void replaced(PushRequest request) {
        if (request.operation() == PushOperation.PUSH || request.operation() == PushOperation.DELETE) {
            deleted();
        }
        request.snapshots().forEach(this::replaced);
    }

    /** Records that the group was deleted. */
    synchronized void deleted() {
        read.clear();
        totals.clear();
        late.clear();
        undone.clear();
        unknown.clear();
        doubt = null;
        overwritten = false;
        known = true;
        readNanos = System.nanoTime();
    }

    private void replaced(MetricSnapshot family) {
        forget(family);
        String name = ExposedNames.nameOf(family);
        if (Increments.isSummable(family)) {
            try {
                Increments.of(MetricSnapshots.of(family)).forEach(total -> totals.put(name, total));
                unknown.remove(name);
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
    synchronized Attempted attempt(PushRequest request, Set<PushIdentity> pushes) {
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
     * Returns the request that leaves the group with these totals, which replace the increments. They are not among the
     * other metrics, because the model of client_java does not allow the gauge {@code rows} and the counter {@code
     * rows_total} in one set.
     */
    static PushRequest totals(PushRequest request, Attempted attempted) {
        return new PushRequest(
                request.operation(),
                request.groupingKey(),
                request.snapshots(),
                new MetricSnapshots(attempted.after().values()));
    }

    /** Records that a request was executed. */
    synchronized void written(PushRequest request, Attempted attempted) {
        known = true;
        totals.putAll(attempted.after());
        undone.removeAll(attempted.after().keySet());
        request.snapshots().forEach(this::replaced);
    }

    /** Records that a request was accepted, and may be executed after its response. */
    synchronized void accepted(Attempted attempted) {
        late.addAccepted(attempted);
    }

    /** Records that a request had no response, so that it may be executed later. */
    synchronized void mayBeLate(Attempted attempted) {
        late.add(attempted);
    }

    /** Records that it is unknown whether a request was executed. */
    synchronized void doubt(Attempted attempted) {
        known = false;
        doubt = attempted;
    }

    /**
     * Records the values that were read.
     *
     * @param group the group, or null if there is none
     * @return the name of a metric that has neither the value that this client has written, nor one that it may have
     *     written, or null
     */
    synchronized @Nullable String read(@Nullable GatewayGroup group) {
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
        findUndone();
        String changed = resolveDoubt();
        String dropped = dropChanged();
        known = true;
        readNanos = System.nanoTime();
        if (overwritten) {
            overwritten = false;
            return null;
        }
        return changed == null ? dropped : changed;
    }

    /**
     * Finds the totals that were replaced by an earlier request of this client, which was executed late, or that are not
     * visible yet.
     */
    private void findUndone() {
        undone.clear();
        for (Map.Entry<String, MetricSnapshot> total : totals.entrySet()) {
            String name = total.getKey();
            MetricSnapshot held = readOrNull(name, total.getValue());
            if (!Increments.haveSameValues(held, total.getValue()) && isLate(name, held)) {
                undone.add(name);
            }
        }
        if (undone.isEmpty()) {
            late.clearAccepted();
        }
    }

    private boolean isLate(String name, @Nullable MetricSnapshot held) {
        return late.contains(name, held) && !isDoubtful(name, held);
    }

    /** Returns whether the family may be that of the request whose outcome is unknown. */
    private boolean isDoubtful(String name, @Nullable MetricSnapshot held) {
        Attempted doubtful = doubt;
        return doubtful != null
                && doubtful.after().containsKey(name)
                && Increments.haveSameValues(doubtful.after().get(name), held);
    }

    /**
     * Decides whether the request whose outcome was unknown was executed. Returns the name of one of its metrics if it
     * is still unknown, and else null.
     */
    private @Nullable String resolveDoubt() {
        Attempted doubtful = doubt;
        doubt = null;
        if (doubtful == null) {
            return null;
        }
        switch (compare(doubtful)) {
            case AFTER -> {
                totals.putAll(doubtful.after());
                doubtful.pushes().forEach(push -> push.markCounted(gateway));
            }
            case BEFORE -> {}
            case OTHER -> {
                totals.keySet().removeAll(doubtful.after().keySet());
                return doubtful.after().keySet().iterator().next();
            }
        }
        return null;
    }

    /** Removes the totals that differ from what was read, and returns the name of one of them, or null. */
    private @Nullable String dropChanged() {
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

    /** Compares what was read with a request. */
    synchronized Attempted.Comparison compare(Attempted attempted) {
        boolean isBefore = true;
        boolean isAfter = true;
        for (Map.Entry<String, MetricSnapshot> after : attempted.after().entrySet()) {
            MetricSnapshot held = readOrNull(after.getKey(), after.getValue());
            isAfter &= Increments.haveSameValues(held, after.getValue());
            isBefore &= Increments.haveSameValues(held, attempted.before().get(after.getKey()));
        }
        return isAfter
                ? Attempted.Comparison.AFTER
                : isBefore ? Attempted.Comparison.BEFORE : Attempted.Comparison.OTHER;
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
            // other values than this client writes
            return null;
        }
    }

    /** Returns whether it is unknown if a push was counted. */
    synchronized boolean isInDoubt(PushIdentity push) {
        return doubt != null && doubt.pushes().contains(push);
    }
}
