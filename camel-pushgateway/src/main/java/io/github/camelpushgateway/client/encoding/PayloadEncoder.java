package io.github.camelpushgateway.client.encoding;

import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.model.snapshots.DuplicateLabelsException;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/** Creates the body of a request: metrics in a format, compressed or not. */
public final class PayloadEncoder {

    private final FormatEncoder format;
    private final Compression compression;

    public PayloadEncoder(Format format, Compression compression) {
        this.format = encoder(format);
        this.compression = compression;
    }

    /**
     * Encodes metrics.
     *
     * @throws IllegalArgumentException if the format cannot carry a part of them that would be missed
     */
    public Payload encode(MetricSnapshots snapshots) {
        return compress(format.encode(snapshots));
    }

    /**
     * Fails if the library is missing that the format or the compression needs.
     *
     * @throws IllegalArgumentException if a library is missing, or does not fit the other libraries of client_java
     */
    public static void checkAvailable(Format format, Compression compression) {
        checkAvailable(format);
        checkAvailable(compression);
    }

    private static void checkAvailable(Format format) {
        if (format == Format.PROTOBUF && !hasProtobuf()) {
            throw new IllegalArgumentException("format is protobuf, which needs the library"
                    + " io.prometheus:prometheus-metrics-exposition-formats; add it, in the version of"
                    + " prometheus-metrics-model, or use format=text");
        }
        try {
            // there since 1.3; what older ones lack besides would be noticed in the middle of a push
            Objects.requireNonNull(DuplicateLabelsException.class);
            encoder(format)
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

    private static FormatEncoder encoder(Format format) {
        return switch (format) {
            case TEXT -> new TextEncoder();
            case PROTOBUF -> new ProtobufEncoder();
        };
    }

    private static void checkAvailable(Compression compression) {
        try {
            over(OutputStream.nullOutputStream(), compression).close();
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    "compression is snappy, which needs the library io.airlift:aircompressor; add it, or use compression=gzip",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty body stays as it is: a gateway accepts it without a Content-Encoding only. */
    private Payload compress(Payload plain) {
        if (compression == Compression.NONE || plain.bytes().length == 0) {
            return plain;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(256);
        try (OutputStream out = over(compressed, compression)) {
            out.write(plain.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Payload(plain.contentType(), compression.name().toLowerCase(Locale.ROOT), compressed.toByteArray());
    }

    private static OutputStream over(OutputStream out, Compression compression) throws IOException {
        return switch (compression) {
            case NONE -> out;
            case GZIP -> new GZIPOutputStream(out);
            case SNAPPY -> SnappyFrames.over(out);
        };
    }
}
