package io.github.camelpushgateway.client.encoding;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** An encoder of metrics in one format. */
interface FormatEncoder {

    /**
     * Returns the metrics in this format, uncompressed.
     *
     * @throws IllegalArgumentException if the format cannot represent essential data of the metrics
     */
    Payload encode(MetricSnapshots snapshots);
}
