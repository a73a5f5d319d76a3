package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges several requests to one group into one request. The merged request leaves the group in the same state as the
 * requests sent one after another. The rules are those of the <a
 * href="https://github.com/prometheus/pushgateway#api">Pushgateway's README, "API"</a>: PUT replaces the group, POST
 * replaces the families of the same names, DELETE clears the group.
 *
 * <p>A gateway that accepts the merged request would accept each of the requests: the merged request contains
 * everything that the gateway validates.
 */
public final class Coalescer {

    private final PushRequest first;

    /** The families by exposed name, once there is more than one request: most requests are not merged. */
    private Map<String, MetricSnapshot> families = Map.of();

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
        size++;
        return true;
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
        return size == 1
                ? first
                : new PushRequest(operation, first.groupingKey(), new MetricSnapshots(families.values()));
    }
}
