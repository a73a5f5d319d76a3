package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.github.camelpushgateway.metrics.Increments;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The metrics that the pending requests of a queue add and replace. Requests can be reordered as long as no metric is
 * both added and replaced, all increments of a metric can be added to each other, and nothing clears the group. The first request for which the order matters starts another
 * section of the queue: it is not merged with earlier ones.
 */
final class PendingIncrements {

    /** One of the increments of each metric. */
    private final Map<String, MetricSnapshot> added = new HashMap<>();

    private final Set<String> replaced = new HashSet<>();
    private boolean clears;

    /** Creates the index of the requests that are already pending. */
    PendingIncrements(Collection<PendingRequest> pending) {
        for (PendingRequest each : pending) {
            add(each.request());
        }
    }

    /** Adds a request. Returns whether it starts another section. */
    boolean startsSection(PushRequest request) {
        boolean starts = conflicts(request);
        if (starts) {
            added.clear();
            replaced.clear();
            clears = false;
        }
        add(request);
        return starts;
    }

    private boolean conflicts(PushRequest request) {
        if (Coalescer.clears(request) ? !added.isEmpty() : clears && request.accumulates()) {
            return true;
        }
        for (MetricSnapshot family : request.snapshots()) {
            if (added.containsKey(ExposedNames.nameOf(family))) {
                return true;
            }
        }
        for (MetricSnapshot family : request.increments()) {
            String name = ExposedNames.nameOf(family);
            MetricSnapshot earlier = added.get(name);
            if (replaced.contains(name) || (earlier != null && !Increments.haveSameBuckets(earlier, family))) {
                return true;
            }
        }
        return false;
    }

    private void add(PushRequest request) {
        clears |= Coalescer.clears(request);
        for (MetricSnapshot family : request.snapshots()) {
            replaced.add(ExposedNames.nameOf(family));
        }
        for (MetricSnapshot family : request.increments()) {
            added.put(ExposedNames.nameOf(family), family);
        }
    }
}
