package io.github.camelpushgateway.api;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.List;

/**
 * A valid request for an operation on a group. Each instance can be sent without harm to the data of the gateway.
 *
 * @param operation the operation
 * @param groupingKey the key of the group
 * @param snapshots the metrics to push, with unique names; empty for {@code delete} and for a push of no metrics
 */
public record PushRequest(PushOperation operation, GroupingKey groupingKey, MetricSnapshots snapshots) {

    /**
     * Validates the request, and merges metrics of the same name.
     *
     * @throws IllegalArgumentException with one sentence if a gateway would refuse or alter the request, or be harmed
     *     by it
     */
    public PushRequest {
        snapshots = PushValidator.validate(operation, groupingKey, snapshots);
    }

    /** Returns whether the request contains nothing that a gateway would store. */
    public boolean isEmpty() {
        for (MetricSnapshot family : snapshots) {
            if (!isEmpty(family)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a metric has no data to write. */
    public static boolean isEmpty(MetricSnapshot family) {
        List<? extends DataPointSnapshot> points = family.getDataPoints();
        // no iterator: a push may have thousands of families with one point each
        for (int i = 0; i < points.size(); i++) {
            if (!isEmpty(points.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a data point has no data to write, which is possible for a summary. */
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
