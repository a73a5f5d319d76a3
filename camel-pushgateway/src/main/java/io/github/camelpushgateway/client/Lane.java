package io.github.camelpushgateway.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What waits for one group, in order. It grows with the kinds of requests, not with their number: of those of one kind, only
 * the last is kept. Not safe for use by several threads at a time.
 */
final class Lane {

    private final boolean coalesce;
    private final Map<Object, Waiting> waiting = new LinkedHashMap<>();

    /** Whether something of this group is on its way. */
    private boolean busy;

    /** How many ask for what waits. */
    private int askers;

    /** How many must ask for a rest to be over before its time, or 0 if there is none. */
    private int expected;

    private int rests;

    /** @param coalesce whether requests may become one; if not, each is sent for itself */
    Lane(boolean coalesce) {
        this.coalesce = coalesce;
    }

    /** Queues a request. */
    void add(PushRequest request, Asker asker) {
        Object kind = coalesce && busy ? Waiting.kind(request) : new Object();
        askers++;
        Waiting earlier = waiting.remove(kind);
        waiting.put(kind, earlier == null ? Waiting.of(request, asker) : earlier.replacedBy(request, asker));
    }

    /** Returns what is to be sent next, and is then busy with it until {@link #free}; nothing if it is busy, or nothing waits. */
    List<Waiting> next() {
        if (waiting.isEmpty() || (busy && (expected == 0 || askers < expected))) {
            return List.of();
        }
        busy = true;
        expected = 0;
        List<Waiting> next;
        if (coalesce) {
            next = new ArrayList<>(waiting.values());
            waiting.clear();
            askers = 0;
        } else {
            var first = waiting.entrySet().iterator();
            next = List.of(first.next().getValue());
            first.remove();
            askers--;
        }
        return next;
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
    List<Waiting> drain() {
        List<Waiting> all = new ArrayList<>(waiting.values());
        waiting.clear();
        askers = 0;
        return all;
    }
}
