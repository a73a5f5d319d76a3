package io.github.camelpushgateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.metrics.BareCounter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * Writes metrics in the <a href="https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format">text
 * format 0.0.4</a>. Exemplars and the times at which a counter was created have no place in it and are left out.
 */
final class TextEncoder implements FormatEncoder {

    /** A line of its own: in a HELP, a line feed is escaped. */
    private static final Pattern UNTYPED = Pattern.compile("(?dm)^(# TYPE [^ ]+) untyped$");

    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    @Override
    public Payload encode(MetricSnapshots snapshots) {
        snapshots.forEach(TextEncoder::check);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        if (snapshots.stream().noneMatch(BareCounter.class::isInstance)) {
            write(snapshots, bytes);
        } else {
            snapshots.forEach(family -> {
                if (family instanceof BareCounter counter) {
                    writeBare(counter, bytes);
                } else {
                    write(MetricSnapshots.of(family), bytes);
                }
            });
        }
        return new Payload(writer.getContentType(), null, bytes.toByteArray());
    }

    private void write(MetricSnapshots snapshots, OutputStream out) {
        try {
            writer.write(out, snapshots);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The library's writer would change the name of a counter; it leaves that of an unknown metric as it is. */
    private void writeBare(BareCounter counter, ByteArrayOutputStream out) {
        ByteArrayOutputStream unknown = new ByteArrayOutputStream(256);
        write(
                MetricSnapshots.of(new UnknownSnapshot(
                        counter.getMetadata(),
                        counter.getDataPoints().stream()
                                .map(point -> new UnknownDataPointSnapshot(point.getValue(), point.getLabels(), null))
                                .toList())),
                unknown);
        out.writeBytes(UNTYPED.matcher(unknown.toString(UTF_8))
                .replaceFirst("$1 counter")
                .getBytes(UTF_8));
    }

    /** Refuses what the format cannot carry. */
    private static void check(MetricSnapshot family) {
        if (family instanceof HistogramSnapshot histogram
                && !histogram.getDataPoints().stream()
                        .allMatch(HistogramSnapshot.HistogramDataPointSnapshot::hasClassicHistogramData)) {
            throw new IllegalArgumentException(
                    "the histogram '" + histogram.getMetadata().getName()
                            + "' has only native buckets, which the text format cannot carry; give it classic buckets as well, or use format=protobuf");
        }
    }
}
