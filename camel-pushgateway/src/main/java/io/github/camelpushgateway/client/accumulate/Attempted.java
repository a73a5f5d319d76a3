package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.metrics.Increments;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that writes totals.
 *
 * @param before the families before the request, without those that did not exist
 * @param after the families after it
 * @param pushes those of its pushes that may be delivered again
 */
record Attempted(Map<String, MetricSnapshot> before, Map<String, MetricSnapshot> after, Set<PushIdentity> pushes) {

    /** The result of a comparison of a group with a request. */
    enum Comparison {
        /** The request was executed. */
        AFTER,
        /** The request was not executed. */
        BEFORE,
        /** The group has other values. */
        OTHER
    }

    /** Returns whether the request changes a value, so that a read shows whether it was executed. */
    boolean isVisible() {
        return after.entrySet().stream()
                .anyMatch(each -> !Increments.haveSameValues(before.get(each.getKey()), each.getValue()));
    }

    /** Returns whether the request writes a family with these values. */
    boolean writes(String name, @Nullable MetricSnapshot values) {
        return after.containsKey(name) && Increments.haveSameValues(after.get(name), values);
    }
}
