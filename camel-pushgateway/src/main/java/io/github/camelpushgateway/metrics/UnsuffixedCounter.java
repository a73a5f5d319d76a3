package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.Collection;

/**
 * A counter that is exposed under exactly its name. Some exporters use counter names without the suffix {@code _total}; the writers of
 * client_java would append it.
 */
public final class UnsuffixedCounter extends CounterSnapshot {

    /** Creates a family. */
    public UnsuffixedCounter(MetricMetadata metadata, Collection<CounterDataPointSnapshot> dataPoints) {
        super(metadata, dataPoints);
    }
}
