package io.github.camelpushgateway.client.accumulate;

import java.util.HashSet;
import java.util.Set;

/**
 * The time from the start to the end of a request to a group. If the requests of two clients overlap, it is unknown which
 * of them the gateway executes last. The metrics that both change are contested. Not thread-safe.
 */
final class RequestPeriod {

    private final Object access;
    private final Set<String> names = new HashSet<>();
    private final Set<String> contested = new HashSet<>();
    private boolean changesAll;
    private boolean isContested;

    /** Whether a request that changes all metrics overlaps this one. */
    private boolean areAllContested;

    private final long deletes;

    /**
     * Creates a period.
     *
     * @param access what the client sends to the gateway with each request, besides the URL
     * @param deletes the number of deletes before the period
     */
    RequestPeriod(Object access, long deletes) {
        this.access = access;
        this.deletes = deletes;
    }

    long deletes() {
        return deletes;
    }

    Object access() {
        return access;
    }

    /** Adds the name of a metric that the request changes. */
    void change(String name) {
        names.add(name);
    }

    /** Records that the request changes all metrics of the group. */
    void changeAll() {
        changesAll = true;
    }

    boolean changesAll() {
        return changesAll;
    }

    /** Records another request that is in flight at the same time. */
    void overlap(RequestPeriod other) {
        isContested = true;
        areAllContested |= other.changesAll;
        contested.addAll(other.names);
    }

    /** Records a request in flight of which nothing is known. */
    void overlapUnknown() {
        isContested = true;
        areAllContested = true;
    }

    /** Returns whether it is unknown which metrics the group holds after the request. */
    boolean areAllContested() {
        return areAllContested || (changesAll && isContested);
    }

    /** Returns the names of the metrics that another request may have changed. */
    Set<String> contested() {
        return contested;
    }
}
