package io.github.camelpushgateway.client.encoding;

import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.LabelRules;
import io.github.camelpushgateway.metrics.ModelNames;
import io.github.camelpushgateway.metrics.NameSuffix;
import io.github.camelpushgateway.metrics.UnsuffixedCounter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An encoder of metrics as <a href="https://github.com/prometheus/client_model">delimited protobuf messages</a>. It
 * omits the exemplars of gauges, summaries and unknown metrics, which the format does not support. It omits the created
 * timestamps of histograms and summaries, which client_java does not write.
 */
final class ProtobufEncoder implements FormatEncoder {

    private final PrometheusProtobufWriter writer = new PrometheusProtobufWriter();

    /** Whether names in the scheme {@code values} are written unescaped. */
    private final boolean utf8Names;

    /** @param utf8Names whether names in the scheme {@code values} are written unescaped */
    ProtobufEncoder(boolean utf8Names) {
        this.utf8Names = utf8Names;
    }

    @Override
    public String contentType() {
        return writer.getContentType();
    }

    @Override
    public void encode(MetricSnapshots snapshots, ExpositionBytes out) {
        boolean hasUnsuffixed = false;
        for (MetricSnapshot family : snapshots) {
            validate(family);
            hasUnsuffixed |= family instanceof UnsuffixedCounter;
        }
        try {
            if (utf8Names) {
                Utf8Protobuf.write(writer, nonEmpty(snapshots), out);
            } else if (hasUnsuffixed) {
                writeUnsuffixed(snapshots, out);
            } else {
                writer.write(out, nonEmpty(snapshots));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes counters that keep their exposed name {@code x_total} because there is another metric {@code x}. client_java
     * does not allow both in one set, so each of these counters is written separately.
     */
    private void writeUnsuffixed(MetricSnapshots snapshots, ExpositionBytes out) throws IOException {
        List<MetricSnapshot> others = new ArrayList<>();
        for (MetricSnapshot family : snapshots) {
            if (family instanceof UnsuffixedCounter counter) {
                CounterSnapshot.Builder suffixed = CounterSnapshot.builder()
                        .name(ModelNames.ofCounter(counter.getMetadata().getName()))
                        .help(counter.getMetadata().getHelp());
                counter.getDataPoints().forEach(suffixed::dataPoint);
                writer.write(out, MetricSnapshots.of(suffixed.build()));
            } else {
                others.add(family);
            }
        }
        writer.write(out, nonEmpty(new MetricSnapshots(others)));
    }

    /** Returns the metrics without empty ones, for which client_java would write a message without a name. */
    private static MetricSnapshots nonEmpty(MetricSnapshots snapshots) {
        for (MetricSnapshot family : snapshots) {
            if (PushRequest.isEmpty(family)) {
                return new MetricSnapshots(snapshots.stream()
                        .filter(each -> !PushRequest.isEmpty(each))
                        .toList());
            }
        }
        return snapshots;
    }

    /** Rejects a metric that the format cannot represent. */
    private static void validate(MetricSnapshot family) {
        String name = family.getMetadata().getName();
        if (family instanceof UnsuffixedCounter
                && (!NameSuffix.TOTAL.isIn(name)
                        || NameSuffix.TOTAL.remove(name).isEmpty())) {
            throw new IllegalArgumentException(
                    "the counter '" + name + "' does not have a name like 'rows_total', which"
                            + " client_java needs to write it in protobuf; rename it, or use format=text");
        }
        List<? extends DataPointSnapshot> points = family.getDataPoints();
        for (int i = 0; i < points.size(); i++) {
            DataPointSnapshot point = points.get(i);
            if (point instanceof CounterDataPointSnapshot counter && counter.getExemplar() != null) {
                validate(name, counter.getExemplar());
            } else if (point instanceof HistogramDataPointSnapshot histogram) {
                histogram.getExemplars().forEach(exemplar -> validate(name, exemplar));
            }
        }
    }

    private static void validate(String name, Exemplar exemplar) {
        for (Label label : exemplar.getLabels()) {
            LabelRules.validateText(() -> "an exemplar of the metric '" + name + "'", label.getValue());
        }
    }
}
