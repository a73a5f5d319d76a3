package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.PushRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pending requests of one group, in order. The queue grows with the number of shapes of requests, not with the
 * number of requests: of several requests of one shape, only the last is kept, with the outcomes of all, because a
 * gateway accepts or refuses all of them. If acceptance may depend on the requests in between, only consecutive
 * requests are merged. Not thread-safe.
 */
final class GroupQueue {

    private final boolean coalesce;
    private final Map<Object, PendingRequest> pending = new LinkedHashMap<>();
    private SuffixCollisions collisions = new SuffixCollisions();

    /** The shape of the last pending request, or null if no request is pending. */
    @Nullable
    private PushShape lastShape;

    /** The key of the last pending request. */
    private Object lastKey = new Object();

    /** The metrics of the pending requests if one of them adds to metrics, or else null. */
    @Nullable
    private PendingIncrements increments;

    /** The number of the section of the queue: requests are merged only within a section. */
    private int section;

    /** Whether a request of this group is in flight or the queue lingers. */
    private boolean busy;

    /** The number of pushes in the pending requests. */
    private int pushes;

    /** The number of pending pushes that ends the linger period early, or 0 if the queue does not linger. */
    private int expected;

    /** The number of linger periods so far, which identifies the current one. */
    private int lingers;

    /**
     * Creates an empty queue.
     *
     * @param coalesce whether requests may be coalesced; if not, each is sent separately
     */
    GroupQueue(boolean coalesce) {
        this.coalesce = coalesce;
    }

    /** Queues a request. */
    void add(PushRequest request, QueuedPush push) {
        Object key = coalesce && busy ? key(request) : new Object();
        pushes++;
        if (request.accumulates()) {
            addIncrements(key, request, push);
            return;
        }
        PendingRequest earlier = pending.remove(key);
        pending.put(key, earlier == null ? PendingRequest.of(request, push) : earlier.replacedBy(request, push));
    }

    /** Queues a request that adds to metrics. It is added to an earlier request of its shape. */
    private void addIncrements(Object shape, PushRequest request, QueuedPush push) {
        Object key = push.push().isSeparate() ? new Object() : shape;
        PendingRequest earlier = pending.get(key);
        PushRequest sum = earlier == null ? null : Coalescer.sumOrNull(earlier.request(), request);
        if (earlier == null || sum == null) {
            pending.put(earlier == null ? key : new Object(), PendingRequest.of(request, push));
        } else {
            pending.remove(key);
            pending.put(key, earlier.replacedBy(sum, push));
        }
    }

    /** Returns the key of the earlier request that this request replaces, or a new key. */
    private Object key(PushRequest request) {
        if (increments != null || request.accumulates()) {
            trackIncrements(request);
        }
        PushShape shape = new PushShape(request, section);
        if (!shape.equals(lastShape)) {
            if (!pending.containsKey(shape)) {
                collisions.add(request);
            }
            lastShape = shape;
            lastKey = collisions.arePossible() ? new Object() : shape;
        }
        return lastKey;
    }

    private void trackIncrements(PushRequest request) {
        PendingIncrements known = increments;
        if (known == null) {
            known = new PendingIncrements(pending.values());
            increments = known;
        }
        if (known.startsSection(request)) {
            section++;
        }
    }

    /**
     * Returns the requests to send next. The queue is then busy until {@link #free}. Returns an empty list if the queue
     * is busy or no request is pending. A request that must not share the outcome of another is returned alone.
     */
    List<PendingRequest> next() {
        if (pending.isEmpty() || (busy && (expected == 0 || pushes < expected))) {
            return List.of();
        }
        busy = true;
        expected = 0;
        return coalesce && !collisions.arePossible() ? drain() : List.of(takeFirst());
    }

    /** Returns the requests that can be sent together with a repeated request. The queue stays busy. */
    List<PendingRequest> drainForRepeat() {
        return coalesce && !collisions.arePossible() ? drain() : List.of();
    }

    private PendingRequest takeFirst() {
        var entries = pending.entrySet().iterator();
        PendingRequest first = entries.next().getValue();
        entries.remove();
        pushes -= first.pushes().size();
        if (pending.isEmpty()) {
            reset();
        }
        return first;
    }

    /** Ends the busy state and the linger period. */
    void free() {
        busy = false;
        expected = 0;
    }

    /**
     * Starts a linger period: the queue stays busy until the given number of pushes is pending, or until it is freed.
     * Returns the number of the linger period.
     */
    int startLinger(int until) {
        expected = until;
        return ++lingers;
    }

    /** Ends the linger period unless it has been superseded. */
    void endLinger(int linger) {
        if (expected > 0 && lingers == linger) {
            free();
        }
    }

    /** Ends the current linger period, if there is one. */
    void endLinger() {
        endLinger(lingers);
    }

    int pushes() {
        return pushes;
    }

    boolean isEmpty() {
        return pending.isEmpty() && !busy;
    }

    int size() {
        return pending.size();
    }

    /** Removes and returns all pending requests. */
    List<PendingRequest> drain() {
        List<PendingRequest> all = new ArrayList<>(pending.values());
        pending.clear();
        pushes = 0;
        reset();
        return all;
    }

    /** Resets the state that depends on pending requests. */
    private void reset() {
        if (!collisions.isEmpty()) {
            collisions = new SuffixCollisions();
        }
        lastShape = null;
        increments = null;
    }
}
