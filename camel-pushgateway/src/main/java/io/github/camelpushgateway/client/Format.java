package io.github.camelpushgateway.client;

import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;

/** In which format metrics are sent. */
public enum Format {
    /** The text format 0.0.4, which every gateway reads. */
    TEXT,
    /** Protobuf, which also carries native histograms and exemplars. It needs a library that is not there by itself. */
    PROTOBUF;

    /** @throws IllegalArgumentException if the library that the format needs is not there */
    void checkAvailable() {
        if (this == PROTOBUF && !new PrometheusProtobufWriter().isAvailable()) {
            throw new IllegalArgumentException("format is protobuf, which needs the library"
                    + " io.prometheus:prometheus-metrics-exposition-formats; add it, in the version of"
                    + " prometheus-metrics-exposition-textformats, or use format=text");
        }
    }

    FormatEncoder encoder() {
        return switch (this) {
            case TEXT -> new TextEncoder();
            case PROTOBUF -> new ProtobufEncoder();
        };
    }
}
