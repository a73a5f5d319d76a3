package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.github.camelpushgateway.metrics.Increments;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Merges several requests to one group into one request. The merged request leaves the group in the same state as the
 * requests sent one after another. The rules are those of the <a
 * href="https://github.com/prometheus/pushgateway#api">Pushgateway's README, "API"</a>: PUT replaces the group, POST
 * replaces the families of the same names, DELETE clears the group.
 *
 * <p>A gateway that accepts the merged request would accept each of the requests: the merged request contains
 * everything that the gateway validates.
 *
 * <p>Increments of several requests are summed. A request with increments is merged only with requests that neither
 * replace what it adds to, nor clear the group.
 */
public final class Coalescer {

    private final PushRequest first;

    /** The families by exposed name, once there is more than one request: most requests are not merged. */
    private Map<String, MetricSnapshot> families = Map.of();

    /** The increments by exposed name, once there is more than one request. */
    private Map<String, MetricSnapshot> increments = Map.of();

    private PushOperation operation;
    private int size = 1;

    Coalescer(PushRequest first) {
        this.first = first;
        operation = first.operation();
    }

    /**
     * Returns the merged request.
     *
     * @param requests at least one, all to the same group, in their order
     * @throws IllegalArgumentException if the requests cannot be merged
     */
    public static PushRequest of(List<PushRequest> requests) {
        Coalescer coalescer = new Coalescer(requests.get(0));
        for (PushRequest next : requests.subList(1, requests.size())) {
            if (!coalescer.add(next)) {
                throw new IllegalArgumentException("a gateway may accept one of the requests and refuse another");
            }
        }
        return coalescer.request();
    }

    /**
     * Adds the next request. It is not added if it would overwrite a metric that a gateway may refuse even if it
     * accepts this request.
     *
     * @return whether the request was added
     */
    boolean add(PushRequest next) {
        if (size == 1) {
            families = new LinkedHashMap<>();
            overlay(first);
            if (first.accumulates()) {
                increments = new LinkedHashMap<>();
                for (MetricSnapshot family : first.increments()) {
                    increments.put(ExposedNames.nameOf(family), family);
                }
            }
        }
        Map<String, MetricSnapshot> sums = increments;
        if (next.accumulates() || !sums.isEmpty()) {
            sums = sumsOrNull(next);
            if (sums == null) {
                return false;
            }
        }
        int covered = 0;
        for (MetricSnapshot family : next.snapshots()) {
            MetricSnapshot before = families.get(ExposedNames.nameOf(family));
            if (before != null) {
                if (!PushShape.covers(family, before)) {
                    return false;
                }
                covered++;
            }
        }
        switch (next.operation()) {
            case PUSH, DELETE -> {
                if (covered < families.size()) {
                    return false;
                }
                operation = next.operation();
                families.clear();
            }
            case PUSHADD, REPORT, ACCUMULATE ->
                operation = operation == PushOperation.DELETE || operation == PushOperation.PUSH
                        ? PushOperation.PUSH
                        : PushOperation.PUSHADD;
        }
        overlay(next);
        increments = sums;
        size++;
        return true;
    }

    /** Returns the increments with those of the next request, or null if its order relative to them matters. */
    private @Nullable Map<String, MetricSnapshot> sumsOrNull(PushRequest next) {
        if (clears(next) || operation == PushOperation.PUSH || operation == PushOperation.DELETE) {
            return null;
        }
        for (MetricSnapshot family : next.snapshots()) {
            if (increments.containsKey(ExposedNames.nameOf(family))) {
                return null;
            }
        }
        Map<String, MetricSnapshot> sums = new LinkedHashMap<>(increments);
        for (MetricSnapshot family : next.increments()) {
            String name = ExposedNames.nameOf(family);
            if (families.containsKey(name)) {
                return null;
            }
            MetricSnapshot earlier = sums.get(name);
            try {
                sums.put(name, earlier == null ? family : Increments.sum(earlier, family));
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return sums;
    }

    /** Returns whether a request removes metrics that it does not name. */
    static boolean clears(PushRequest request) {
        return request.operation() == PushOperation.PUSH || request.operation() == PushOperation.DELETE;
    }

    /** Returns the sum of two requests of one shape, or null if they cannot be added. */
    static @Nullable PushRequest sumOrNull(PushRequest earlier, PushRequest later) {
        Coalescer coalescer = new Coalescer(earlier);
        try {
            return coalescer.add(later)
                    ? new PushRequest(
                            later.operation(),
                            later.groupingKey(),
                            later.snapshots(),
                            new MetricSnapshots(coalescer.increments.values()))
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Returns a request that replaces the same metrics and adds nothing to the others. */
    static PushRequest addingNothing(PushRequest request) {
        return new PushRequest(
                request.operation(), request.groupingKey(), request.snapshots(), Increments.zero(request.increments()));
    }

    private void overlay(PushRequest request) {
        for (MetricSnapshot family : request.snapshots()) {
            families.put(ExposedNames.nameOf(family), family);
        }
    }

    /** Returns the number of merged requests. */
    int size() {
        return size;
    }

    /**
     * Returns the merged request.
     *
     * @throws IllegalArgumentException if the metrics cannot be in one push
     */
    PushRequest request() {
        if (size == 1) {
            return first;
        }
        MetricSnapshots snapshots = new MetricSnapshots(families.values());
        return increments.isEmpty()
                ? new PushRequest(operation, first.groupingKey(), snapshots)
                : new PushRequest(
                        PushOperation.ACCUMULATE,
                        first.groupingKey(),
                        snapshots,
                        new MetricSnapshots(increments.values()));
    }
}
