package io.github.camelpushgateway.client.encoding;

import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.LabelRules;
import io.github.camelpushgateway.metrics.UnsuffixedCounter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes metrics as <a href="https://github.com/prometheus/client_model">delimited messages of protobuf</a>. The exemplars of
 * gauges, summaries and unknown metrics have no place in it, and client_java writes no times at which histograms and
 * summaries were created: they are left out.
 */
final class ProtobufEncoder implements FormatEncoder {

    private final PrometheusProtobufWriter writer = new PrometheusProtobufWriter();

    @Override
    public Payload encode(MetricSnapshots snapshots) {
        snapshots.forEach(ProtobufEncoder::check);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try {
            writer.write(bytes, shown(snapshots));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Payload(writer.getContentType(), null, bytes.toByteArray());
    }

    /** Leaves out families with nothing in them, of which client_java would write a message that does not even have a name. */
    private static MetricSnapshots shown(MetricSnapshots snapshots) {
        return new MetricSnapshots(snapshots.stream()
                .filter(family -> !PushRequest.isEmpty(family))
                .toList());
    }

    /** Refuses what the format cannot carry. */
    private static void check(MetricSnapshot family) {
        String name = family.getMetadata().getName();
        if (family instanceof UnsuffixedCounter) {
            throw new IllegalArgumentException(
                    "the counter '" + name + "' has a name without _total, which client_java cannot write in protobuf;"
                            + " rename it, or use format=text");
        }
        for (DataPointSnapshot point : family.getDataPoints()) {
            if (point instanceof CounterDataPointSnapshot counter && counter.getExemplar() != null) {
                check(name, counter.getExemplar());
            } else if (point instanceof HistogramDataPointSnapshot histogram) {
                histogram.getExemplars().forEach(exemplar -> check(name, exemplar));
            }
        }
    }

    private static void check(String name, Exemplar exemplar) {
        for (Label label : exemplar.getLabels()) {
            LabelRules.checkText(() -> "an exemplar of the metric '" + name + "'", label.getValue());
        }
    }
}
