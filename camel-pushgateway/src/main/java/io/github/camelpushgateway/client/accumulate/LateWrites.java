package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.metrics.Increments;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that a group may hold for a time, although this client has written newer ones: those of requests that had
 * no response, which a gateway that has stalled, or a proxy, may execute after later requests; and those before a
 * request that the gateway has accepted, but not executed yet. Not thread-safe.
 */
final class LateWrites {

    /** The maximum number of requests without a response, since each may have many series. */
    private static final int MAX_WRITES = 8;

    /** The maximum number of requests that were accepted. A gateway may have a queue. */
    private static final int MAX_ACCEPTED = 32;

    /** The families that each request writes, by name. */
    private final Deque<Map<String, MetricSnapshot>> writes = new ArrayDeque<>();

    /** The requests that were accepted since a read has shown that all were executed. */
    private final Deque<Attempted> accepted = new ArrayDeque<>();

    /** Adds a request that had no response. */
    void add(Attempted attempted) {
        if (writes.size() == MAX_WRITES) {
            writes.remove();
        }
        writes.add(attempted.after());
    }

    /** Adds a request that the gateway has accepted, but may execute after its response. */
    void addAccepted(Attempted attempted) {
        if (accepted.size() == MAX_ACCEPTED) {
            accepted.remove();
        }
        accepted.add(attempted);
    }

    /** Records that all accepted requests were executed. */
    void clearAccepted() {
        accepted.clear();
    }

    /**
     * Returns whether a family may have these values for a time.
     *
     * @param values the values, or null if there is no such family
     */
    boolean contains(String name, @Nullable MetricSnapshot values) {
        for (Map<String, MetricSnapshot> each : writes) {
            if (values != null && Increments.haveSameValues(each.get(name), values)) {
                return true;
            }
        }
        for (Attempted each : accepted) {
            if (each.after().containsKey(name)
                    && Increments.haveSameValues(each.before().get(name), values)) {
                return true;
            }
        }
        return false;
    }

    void clear() {
        writes.clear();
        accepted.clear();
    }
}
