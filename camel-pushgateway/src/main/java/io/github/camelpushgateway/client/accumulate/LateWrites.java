package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.metrics.Increments;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * The last requests to a group that had no response. A gateway that has stalled, or a proxy, may execute them after
 * later requests. Not thread-safe.
 */
final class LateWrites {

    /** The maximum number of requests, since each may have many series. */
    private static final int MAX_WRITES = 8;

    /** The families that each request writes, by name. */
    private final Deque<Map<String, MetricSnapshot>> writes = new ArrayDeque<>();

    void add(Attempted attempted) {
        if (writes.size() == MAX_WRITES) {
            writes.remove();
        }
        writes.add(attempted.after());
    }

    /** Returns whether one of the requests writes these values. */
    boolean contains(String name, MetricSnapshot values) {
        for (Map<String, MetricSnapshot> each : writes) {
            if (Increments.haveSameValues(each.get(name), values)) {
                return true;
            }
        }
        return false;
    }

    void clear() {
        writes.clear();
    }
}
