package io.github.camelpushgateway.client;

import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.model.snapshots.DuplicateLabelsException;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Objects;

/** In which format metrics are sent. */
public enum Format {
    /** The text format 0.0.4, which every gateway reads. */
    TEXT,
    /** Protobuf, which also carries native histograms and exemplars. It needs a library that is not there by itself. */
    PROTOBUF;

    /** @throws IllegalArgumentException if the library that the format needs is not there, or does not fit the rest of client_java */
    void checkAvailable() {
        if (this == PROTOBUF && !hasProtobuf()) {
            throw new IllegalArgumentException("format is protobuf, which needs the library"
                    + " io.prometheus:prometheus-metrics-exposition-formats; add it, in the version of"
                    + " prometheus-metrics-model, or use format=text");
        }
        try {
            // there since 1.3; what older ones lack besides would be noticed in the middle of a push
            Objects.requireNonNull(DuplicateLabelsException.class);
            encoder()
                    .encode(MetricSnapshots.of(new GaugeSnapshot(
                            new MetricMetadata("rows"), List.of(new GaugeDataPointSnapshot(1, Labels.EMPTY, null)))));
        } catch (LinkageError e) {
            throw new IllegalArgumentException(
                    "client_java of this application cannot write metrics (" + e
                            + "): it is older than 1.3.10, or its jars"
                            + " are of different versions; use one version for all artifacts prometheus-metrics-*, 1.3.10 or newer"
                            + " (in Spring Boot by the property prometheus-client.version)",
                    e);
        }
    }

    /** The writer is in another jar than what it writes with; an application has both or none. */
    private static boolean hasProtobuf() {
        try {
            return new PrometheusProtobufWriter().isAvailable();
        } catch (NoClassDefFoundError e) {
            return false;
        }
    }

    FormatEncoder encoder() {
        return switch (this) {
            case TEXT -> new TextEncoder();
            case PROTOBUF -> new ProtobufEncoder();
        };
    }
}
