package io.github.camelpushgateway.client.encoding;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** An encoder of metrics in one format. */
interface FormatEncoder {

    /** Returns the media type of the format. */
    String contentType();

    /**
     * Writes the metrics in this format.
     *
     * @throws IllegalArgumentException if the format cannot represent essential data of the metrics
     */
    void encode(MetricSnapshots snapshots, ExpositionBytes out);
}
