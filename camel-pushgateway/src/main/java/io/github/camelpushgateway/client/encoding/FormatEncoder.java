package io.github.camelpushgateway.client.encoding;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** Writes metrics in one format. */
interface FormatEncoder {

    /**
     * Returns the metrics in this format, not compressed.
     *
     * @throws IllegalArgumentException if there is something that the format cannot carry and that would be missed
     */
    Payload encode(MetricSnapshots snapshots);
}
