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
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** An encoder of the bodies of requests: metrics in a format, with optional compression. */
public final class PayloadEncoder {

    /** The maximum size of a new buffer before it grows. */
    private static final int MAX_EXPECTED_BYTES = 1 << 20;

    private static final MetricSnapshots NONE = MetricSnapshots.of();

    private final FormatEncoder format;
    private final Compression compression;

    /**
     * The buffer of an earlier body, until the next garbage collection. Bodies that are encoded at the same time have a
     * buffer each.
     */
    private final AtomicReference<@Nullable Reference<ExpositionBytes>> spare = new AtomicReference<>();

    private volatile int lastSize;

    /** Creates an encoder for a format and a compression, which writes names as they are. */
    public PayloadEncoder(Format format, Compression compression) {
        this(format, compression, false);
    }

    /**
     * Creates an encoder for a format and a compression.
     *
     * @param utf8Names whether names in the scheme {@code values} are written unescaped
     */
    public PayloadEncoder(Format format, Compression compression, boolean utf8Names) {
        this.format = encoder(format, utf8Names);
        this.compression = compression;
    }

    /** Returns the media type of a body before compression. */
    public String contentType() {
        return format.contentType();
    }

    /** Returns the content coding of a compressed body. */
    public String contentEncoding() {
        return compression.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Encodes metrics.
     *
     * @throws IllegalArgumentException if the format cannot represent essential data of the metrics
     */
    public Payload encode(MetricSnapshots snapshots) {
        return encode(snapshots, NONE);
    }

    /**
     * Encodes metrics of two sets, without names in common. The model of client_java does not allow some of them in one
     * set, such as a gauge {@code rows} and a counter {@code rows_total}.
     *
     * @throws IllegalArgumentException if the format cannot represent essential data of the metrics
     */
    public Payload encode(MetricSnapshots snapshots, MetricSnapshots others) {
        Reference<ExpositionBytes> kept = spare.getAndSet(null);
        ExpositionBytes buffer = kept == null ? null : kept.get();
        // bodies of one client are often of the same size
        ExpositionBytes out = buffer == null ? new ExpositionBytes(lastSize + lastSize / 8) : buffer;
        try {
            format.encode(snapshots, out);
            if (others.size() > 0) {
                format.encode(others, out);
            }
            lastSize = Math.min(out.size(), MAX_EXPECTED_BYTES);
            return payload(out);
        } finally {
            out.reset();
            spare.set(buffer == null ? new WeakReference<>(out) : kept);
        }
    }

    /** Compresses a body. An empty body is not compressed: a gateway accepts it only without a Content-Encoding. */
    private Payload payload(ExpositionBytes uncompressed) {
        if (compression == Compression.NONE || uncompressed.size() == 0) {
            return new Payload(false, uncompressed.toByteArray());
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(256);
        try (OutputStream out = compressing(compressed, compression)) {
            uncompressed.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Payload(true, compressed.toByteArray());
    }

    /**
     * Checks that the libraries for the format and the compression are available.
     *
     * @param utf8Names whether names in the scheme {@code values} are written unescaped
     * @throws IllegalArgumentException if a library is missing, or is incompatible with the other libraries of
     *     client_java
     */
    public static void checkAvailable(Format format, Compression compression, boolean utf8Names) {
        checkAvailable(format);
        if (utf8Names && format == Format.PROTOBUF) {
            Utf8Protobuf.checkAvailable();
        }
        checkAvailable(compression);
    }

    private static void checkAvailable(Format format) {
        if (format == Format.PROTOBUF && !hasProtobuf()) {
            throw new IllegalArgumentException("format is protobuf, which needs the library"
                    + " io.prometheus:prometheus-metrics-exposition-formats; add it, in the version of"
                    + " prometheus-metrics-model, or use format=text");
        }
        try {
            // exists since 1.3; older versions lack further classes, which would otherwise fail during a push
            Objects.requireNonNull(DuplicateLabelsException.class);
            MetricSnapshots metrics = MetricSnapshots.of(new GaugeSnapshot(
                    new MetricMetadata("rows"), List.of(new GaugeDataPointSnapshot(1, Labels.EMPTY, null))));
            encoder(format, false).encode(metrics, new ExpositionBytes(0));
        } catch (LinkageError e) {
            throw new IllegalArgumentException(
                    "client_java of this application cannot write metrics (" + e
                            + "): it is older than 1.3.10, or its jars"
                            + " are of different versions; use one version for all artifacts prometheus-metrics-*, 1.3.10 or newer"
                            + " (in Spring Boot by the property prometheus-client.version)",
                    e);
        }
    }

    /**
     * Returns whether the library for protobuf is available. The writer and its dependencies are in different jars; an
     * application has both or neither.
     */
    private static boolean hasProtobuf() {
        try {
            return new PrometheusProtobufWriter().isAvailable();
        } catch (NoClassDefFoundError e) {
            return false;
        }
    }

    private static FormatEncoder encoder(Format format, boolean utf8Names) {
        return switch (format) {
            case TEXT -> new TextEncoder(utf8Names);
            case PROTOBUF -> new ProtobufEncoder(utf8Names);
        };
    }

    private static void checkAvailable(Compression compression) {
        try {
            compressing(OutputStream.nullOutputStream(), compression).close();
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    "compression is snappy, which needs the library io.airlift:aircompressor; add it, or use compression=gzip",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OutputStream compressing(OutputStream out, Compression compression) throws IOException {
        return switch (compression) {
            case NONE -> out;
            case GZIP -> new GZIPOutputStream(out);
            case SNAPPY -> SnappyFrames.compressing(out);
        };
    }
}
