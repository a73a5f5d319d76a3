package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.github.camelpushgateway.metrics.Increments;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot.StateSetDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a request that decide whether a gateway accepts it: its method, and the names, types and label sets
 * of its metrics. See the <a
 * href="https://github.com/prometheus/pushgateway#about-metric-inconsistencies">Pushgateway's README, "About metric
 * inconsistencies"</a>. Values, help texts, bucket bounds and quantiles have no effect, except for
 * the bucket bounds of increments, which have to be equal to be added.
 */
final class PushShape {

    private final PushRequest request;
    private final int section;
    private final int hash;

    /**
     * Creates the shape of a request.
     *
     * @param section the section of the queue: requests of different sections have different shapes
     */
    PushShape(PushRequest request, int section) {
        this.request = request;
        this.section = section;
        int families = request.operation().method().hashCode();
        for (MetricSnapshot family : request.snapshots()) {
            families = 31 * families
                    + family.getMetadata().getPrometheusName().hashCode()
                    + family.getDataPoints().size();
        }
        for (MetricSnapshot family : request.increments()) {
            families = 31 * families + family.getMetadata().getPrometheusName().hashCode();
        }
        hash = families;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PushShape shape
                && hash == shape.hash
                && section == shape.section
                && request.operation().method().equals(shape.request.operation().method())
                && haveSameShape(request.snapshots(), shape.request.snapshots())
                && canBeAdded(request.increments(), shape.request.increments());
    }

    @Override
    public int hashCode() {
        return hash;
    }

    private static boolean haveSameShape(MetricSnapshots these, MetricSnapshots others) {
        if (these.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < these.size(); i++) {
            MetricSnapshot one = these.get(i);
            MetricSnapshot other = others.get(i);
            if (!ExposedNames.nameOf(one).equals(ExposedNames.nameOf(other)) || !haveSameSeries(one, other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean canBeAdded(MetricSnapshots these, MetricSnapshots others) {
        if (these.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < these.size(); i++) {
            MetricSnapshot one = these.get(i);
            MetricSnapshot other = others.get(i);
            if (!ExposedNames.nameOf(one).equals(ExposedNames.nameOf(other)) || !Increments.haveSameShape(one, other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean haveSameSeries(MetricSnapshot one, MetricSnapshot other) {
        boolean mayLeaveOut = one instanceof SummarySnapshot || one instanceof StateSetSnapshot;
        return one.getDataPoints().size() == other.getDataPoints().size()
                && covers(one, other)
                && (!mayLeaveOut || covers(other, one));
    }

    /**
     * Returns whether a gateway that accepts the later family would also accept the earlier family of the same name:
     * both have the same type, and the earlier one has no series that the later one lacks. Both lists of series are
     * sorted.
     */
    static boolean covers(MetricSnapshot later, MetricSnapshot earlier) {
        if (!ExposedNames.typeOf(later).equals(ExposedNames.typeOf(earlier))) {
            return false;
        }
        Iterator<? extends DataPointSnapshot> covering = later.getDataPoints().iterator();
        for (DataPointSnapshot point : earlier.getDataPoints()) {
            boolean covered = false;
            while (!covered && covering.hasNext()) {
                covered = covers(covering.next(), point);
            }
            if (!covered) {
                return false;
            }
        }
        return true;
    }

    private static boolean covers(DataPointSnapshot later, DataPointSnapshot earlier) {
        return later.getLabels().equals(earlier.getLabels())
                && (!PushRequest.isEmpty(later) || PushRequest.isEmpty(earlier))
                && (!(later instanceof StateSetDataPointSnapshot more)
                        || !(earlier instanceof StateSetDataPointSnapshot states)
                        || states(more).containsAll(states(states)));
    }

    /** Returns the names of the states, each of which is a separate series. */
    private static Set<String> states(StateSetDataPointSnapshot point) {
        return point.stream().map(state -> state.getName()).collect(Collectors.toSet());
    }
}
