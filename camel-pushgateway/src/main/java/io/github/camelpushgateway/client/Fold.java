package io.github.camelpushgateway.client;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one request of several to one group, which leaves the group in the state in which they would leave it, sent one after
 * another. A pure function; the rules are those of the <a href="https://github.com/prometheus/pushgateway#api">Pushgateway's
 * README, "API"</a>: PUT replaces the group, POST replaces the families of the same names, DELETE clears the group.
 */
final class Fold {

    private PushOperation operation;
    private final Map<String, MetricSnapshot> families = new LinkedHashMap<>();

    private Fold(PushRequest first) {
        operation = first.operation();
        overlay(first);
    }

    /**
     * Returns the one request.
     *
     * @param requests at least one, all to the same group, in their order
     * @throws IllegalArgumentException if they cannot be one: a family changes its type in between, which a gateway may take
     *     of the one and refuse of the other
     */
    static PushRequest of(List<PushRequest> requests) {
        PushRequest first = requests.get(0);
        if (requests.size() == 1) {
            return first;
        }
        Fold fold = new Fold(first);
        requests.subList(1, requests.size()).forEach(fold::add);
        return new PushRequest(fold.operation, first.groupingKey(), new MetricSnapshots(fold.families.values()));
    }

    private void add(PushRequest next) {
        switch (next.operation()) {
            case PUSH, DELETE -> {
                checkTypes(next);
                operation = next.operation();
                families.clear();
            }
            case PUSHADD, REPORT -> {
                checkTypes(next);
                operation = operation == PushOperation.DELETE || operation == PushOperation.PUSH
                        ? PushOperation.PUSH
                        : PushOperation.PUSHADD;
            }
        }
        overlay(next);
    }

    private void overlay(PushRequest request) {
        request.snapshots().forEach(family -> families.put(ExposedNames.nameOf(family), family));
    }

    /** What is overlaid is never seen by the gateway, so it must be of a kind that the gateway would take as well. */
    private void checkTypes(PushRequest next) {
        next.snapshots().forEach(family -> {
            MetricSnapshot before = families.get(ExposedNames.nameOf(family));
            if (before != null && !ExposedNames.typeOf(before).equals(ExposedNames.typeOf(family))) {
                throw new IllegalArgumentException("the metric '" + ExposedNames.nameOf(family) + "' changes its type");
            }
        });
    }
}
