package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.PushRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one group, in order. It grows with the shapes of requests, not with their number: of those of one shape, only
 * the last is kept, with the outcomes of all, since a gateway accepts or refuses them alike. Where that may depend on what was sent
 * in between, this holds only for those that follow each other. Not safe for use by several threads at a time.
 */
final class GroupQueue {

    private final boolean coalesce;
    private final Map<Object, PendingRequest> waiting = new LinkedHashMap<>();
    private SuffixCollisions collisions = new SuffixCollisions();

    /** The shape of the last request that waits, if any does. */
    @Nullable
    private PushShape lastShape;

    /** The key of the last request that waits. */
    private Object lastKey = new Object();

    /** Whether something of this group is on its way. */
    private boolean busy;

    /** How many ask for what waits. */
    private int askers;

    /** How many must ask for a rest to be over before its time, or 0 if there is none. */
    private int expected;

    private int rests;

    /** @param coalesce whether requests may become one; if not, each is sent for itself */
    GroupQueue(boolean coalesce) {
        this.coalesce = coalesce;
    }

    /** Queues a request. */
    void add(PushRequest request, QueuedPush asker) {
        Object key = coalesce && busy ? key(request) : new Object();
        askers++;
        PendingRequest earlier = waiting.remove(key);
        waiting.put(key, earlier == null ? PendingRequest.of(request, asker) : earlier.replacedBy(request, asker));
    }

    /** Returns the key of the earlier request that this one replaces, or a new one. */
    private Object key(PushRequest request) {
        PushShape shape = new PushShape(request);
        if (!shape.equals(lastShape)) {
            if (!waiting.containsKey(shape)) {
                collisions.add(request);
            }
            lastShape = shape;
            lastKey = collisions.arePossible() ? new Object() : shape;
        }
        return lastKey;
    }

    /**
     * Returns what is to be sent next, and is then busy with it until {@link #free}; nothing if it is busy, or nothing waits. Where
     * a request must not share the outcome of another, it is returned alone.
     */
    List<PendingRequest> next() {
        if (waiting.isEmpty() || (busy && (expected == 0 || askers < expected))) {
            return List.of();
        }
        busy = true;
        expected = 0;
        return coalesce && !collisions.arePossible() ? drain() : List.of(takeFirst());
    }

    /** Returns what can be sent with a request that is sent again. The lane stays busy. */
    List<PendingRequest> more() {
        return coalesce && !collisions.arePossible() ? drain() : List.of();
    }

    private PendingRequest takeFirst() {
        var entries = waiting.entrySet().iterator();
        PendingRequest first = entries.next().getValue();
        entries.remove();
        askers -= first.askers().size();
        if (waiting.isEmpty()) {
            forget();
        }
        return first;
    }

    void free() {
        busy = false;
        expected = 0;
    }

    /** Stays busy until so many ask, or until it is freed; returns the number of the rest. */
    int rest(int until) {
        expected = until;
        return ++rests;
    }

    /** Is free, unless that rest is over already. */
    void endRest(int rest) {
        if (expected > 0 && rests == rest) {
            free();
        }
    }

    int askers() {
        return askers;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && !busy;
    }

    int size() {
        return waiting.size();
    }

    /** Takes away all that waits. */
    List<PendingRequest> drain() {
        List<PendingRequest> all = new ArrayList<>(waiting.values());
        waiting.clear();
        askers = 0;
        forget();
        return all;
    }

    /** Nothing waits any more. */
    private void forget() {
        collisions = new SuffixCollisions();
        lastShape = null;
    }
}
