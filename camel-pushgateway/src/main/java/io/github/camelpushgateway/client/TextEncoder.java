package io.github.camelpushgateway.client;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes metrics in the <a href="https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format">text
 * format 0.0.4</a>. Exemplars and the times at which a counter was created have no place in it and are left out.
 */
final class TextEncoder implements FormatEncoder {

    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    @Override
    public Payload encode(MetricSnapshots snapshots) {
        snapshots.forEach(TextEncoder::check);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try {
            // names are checked to need no escaping
            writer.write(bytes, snapshots, EscapingScheme.ALLOW_UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Payload(writer.getContentType(), null, bytes.toByteArray());
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
