package io.github.camelpushgateway.client;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** Makes the body of a request: metrics in one format, compressed in one way or not at all. */
final class PayloadEncoder {

    private final FormatEncoder format;
    private final Compression compression;

    PayloadEncoder(Format format, Compression compression) {
        this.format = format.encoder();
        this.compression = compression;
    }

    /** @throws IllegalArgumentException if there is something that the format cannot carry and that would be missed */
    Payload encode(MetricSnapshots snapshots) {
        return compression.compress(format.encode(snapshots));
    }
}
