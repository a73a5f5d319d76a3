package io.github.camelpushgateway.api;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;

/**
 * One thing to do to one group, checked: a request that exists can be sent without harm to what the gateway holds.
 *
 * @param operation what to do
 * @param groupingKey to which group
 * @param snapshots the metrics to push, one family of each name; none for {@code delete}, and for an operation that pushes nothing on purpose
 */
public record PushRequest(PushOperation operation, GroupingKey groupingKey, MetricSnapshots snapshots) {

    /** @throws IllegalArgumentException with one sentence if a gateway would refuse, alter or be harmed by the request */
    public PushRequest {
        snapshots = PushValidator.check(operation, groupingKey, snapshots);
    }

    /** Tells whether there is nothing in the request that a gateway would store. */
    public boolean isEmpty() {
        for (MetricSnapshot family : snapshots) {
            if (!isEmpty(family)) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether nothing of a family is written. */
    public static boolean isEmpty(MetricSnapshot family) {
        for (DataPointSnapshot point : family.getDataPoints()) {
            if (!isEmpty(point)) {
                return false;
            }
        }
        return true;
    }

    /** A summary may have nothing to tell, and is not written then. */
    public static boolean isEmpty(DataPointSnapshot point) {
        return point instanceof SummaryDataPointSnapshot summary
                && !summary.hasCount()
                && !summary.hasSum()
                && summary.getQuantiles().size() == 0;
    }

    /** Returns the request that deletes the group. */
    public static PushRequest delete(GroupingKey groupingKey) {
        return new PushRequest(PushOperation.DELETE, groupingKey, MetricSnapshots.of());
    }
}
