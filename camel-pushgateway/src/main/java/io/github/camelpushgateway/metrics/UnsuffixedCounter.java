package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.Collection;

/**
 * A counter that is shown under exactly its name, as exporters have them that do not end the names of counters in
 * {@code _total}. client_java's own writers would give it this ending.
 */
public final class UnsuffixedCounter extends CounterSnapshot {

    /** Makes a family of it. */
    public UnsuffixedCounter(MetricMetadata metadata, Collection<CounterDataPointSnapshot> dataPoints) {
        super(metadata, dataPoints);
    }
}
