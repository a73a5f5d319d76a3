package io.github.camelpushgateway.client;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes metrics in the <a href="https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format">text
 * format 0.0.4</a>. Exemplars and the times at which a counter was created have no place in it and are left out.
 */
final class TextEncoder {

    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /** @throws IllegalArgumentException if a histogram is native only, which the text format cannot carry */
    Payload encode(MetricSnapshots snapshots) {
        snapshots.forEach(family -> {
            if (family instanceof HistogramSnapshot histogram) {
                checkClassic(histogram);
            }
        });
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try {
            // names are checked to need no escaping
            writer.write(bytes, snapshots, EscapingScheme.ALLOW_UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Payload(writer.getContentType(), bytes.toByteArray());
    }

    private static void checkClassic(HistogramSnapshot histogram) {
        if (!histogram.getDataPoints().stream()
                .allMatch(HistogramSnapshot.HistogramDataPointSnapshot::hasClassicHistogramData)) {
            throw new IllegalArgumentException(
                    "the histogram '" + histogram.getMetadata().getName()
                            + "' has only native buckets, which the text format cannot carry; give it classic buckets as well");
        }
    }
}
