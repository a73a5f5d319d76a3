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
 * Makes one request of several to one group, which leaves the group in the state in which they would leave it, sent one after
 * another. The rules are those of the <a href="https://github.com/prometheus/pushgateway#api">Pushgateway's README, "API"</a>: PUT
 * replaces the group, POST replaces the families of the same names, DELETE clears the group.
 *
 * <p>A gateway that accepts the one request would accept each of them: all that it would check is in the one request.
 */
public final class Coalescer {

    private final PushRequest first;
    private final Map<String, MetricSnapshot> families = new LinkedHashMap<>();
    private PushOperation operation;
    private int size = 1;

    Coalescer(PushRequest first) {
        this.first = first;
        operation = first.operation();
    }

    /**
     * Returns the one request.
     *
     * @param requests at least one, all to the same group, in their order
     * @throws IllegalArgumentException if they cannot be one
     */
    public static PushRequest of(List<PushRequest> requests) {
        Coalescer fold = new Coalescer(requests.get(0));
        for (PushRequest next : requests.subList(1, requests.size())) {
            if (!fold.add(next)) {
                throw new IllegalArgumentException("a gateway may accept one of the requests and refuse another");
            }
        }
        return fold.request();
    }

    /**
     * Adds a request that comes after those before, unless it would overlay a metric that a gateway may refuse although it accepts
     * this request.
     *
     * @return whether it was added
     */
    boolean add(PushRequest next) {
        if (size == 1) {
            // not before: most requests stay alone
            families.clear();
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
            case PUSHADD, REPORT ->
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

    /** Returns how many requests are in the one. */
    int size() {
        return size;
    }

    /**
     * Returns the one request.
     *
     * @throws IllegalArgumentException if the metrics cannot be in one push
     */
    PushRequest request() {
        return size == 1
                ? first
                : new PushRequest(operation, first.groupingKey(), new MetricSnapshots(families.values()));
    }
}
