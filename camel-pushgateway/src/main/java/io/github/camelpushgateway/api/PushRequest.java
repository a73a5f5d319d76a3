package io.github.camelpushgateway.api;

import io.github.camelpushgateway.metrics.Increments;
import io.github.camelpushgateway.metrics.MergedFamilies;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * A valid request for an operation on a group. Each instance can be sent without harm to the data of the gateway.
 *
 * @param operation the operation
 * @param groupingKey the key of the group
 * @param snapshots the metrics to push, with unique names, which replace those of the group; empty for {@code delete}
 *     and for a push of no metrics
 * @param increments the metrics that are added to those of the group, with unique names that are not in {@code
 *     snapshots}: counters, histograms with classic buckets, and summaries; empty for all operations but {@code
 *     accumulate} and {@code report}. Quantiles and native buckets are left out
 */
public record PushRequest(
        PushOperation operation, GroupingKey groupingKey, MetricSnapshots snapshots, MetricSnapshots increments) {

    private static final MetricSnapshots NO_INCREMENTS = MetricSnapshots.of();

    /**
     * Validates the request, and merges metrics of the same name.
     *
     * @throws IllegalArgumentException with one sentence if a gateway would refuse or alter the request, or be harmed
     *     by it
     */
    public PushRequest {
        if (increments.size() == 0) {
            snapshots = PushValidator.validate(operation, groupingKey, snapshots);
        } else {
            PushValidator.validateIncrements(operation, groupingKey, snapshots, increments);
            snapshots = MergedFamilies.of(snapshots);
            increments = Increments.of(MergedFamilies.of(increments));
        }
    }

    /**
     * Creates a request that adds nothing to metrics of the group.
     *
     * @throws IllegalArgumentException as for a request with increments
     */
    public PushRequest(PushOperation operation, GroupingKey groupingKey, MetricSnapshots snapshots) {
        this(operation, groupingKey, snapshots, NO_INCREMENTS);
    }

    /**
     * Returns the request that adds metrics to those of the group: counters, histograms with classic buckets, and
     * summaries with a count or a sum. All other metrics replace those of the group.
     *
     * @throws IllegalArgumentException as for the constructor, and if only some series of a metric can be added
     */
    public static PushRequest accumulate(GroupingKey groupingKey, MetricSnapshots metrics) {
        List<MetricSnapshot> replaced = new ArrayList<>();
        List<MetricSnapshot> added = new ArrayList<>();
        for (MetricSnapshot family : metrics) {
            Increments.validateWhole(family);
            (Increments.isSummable(family) ? added : replaced).add(family);
        }
        return new PushRequest(
                PushOperation.ACCUMULATE, groupingKey, new MetricSnapshots(replaced), new MetricSnapshots(added));
    }

    /** Returns whether the request adds to metrics of the group. */
    public boolean accumulates() {
        return increments.size() > 0;
    }

    /** Returns whether the request contains nothing that a gateway would store. */
    public boolean isEmpty() {
        if (accumulates()) {
            return false;
        }
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
