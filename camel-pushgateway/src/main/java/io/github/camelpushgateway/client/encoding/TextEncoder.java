package io.github.camelpushgateway.client.encoding;

import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.github.camelpushgateway.metrics.NameCodec;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DistributionDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot.StateSetDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.List;

/**
 * An encoder of validated metrics in the <a
 * href="https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format">text format 0.0.4</a>. Its
 * output is identical to that of client_java's {@code PrometheusTextFormatWriter}, except that a counter may have a
 * name without {@code _total}. Exemplars and created timestamps are omitted, because the format does not support them.
 */
final class TextEncoder implements FormatEncoder {

    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** Whether names in the scheme {@code values} are written unescaped. */
    private final boolean utf8Names;

    /** @param utf8Names whether names in the scheme {@code values} are written unescaped, in quotation marks */
    TextEncoder(boolean utf8Names) {
        this.utf8Names = utf8Names;
    }

    @Override
    public String contentType() {
        return CONTENT_TYPE;
    }

    @Override
    public void encode(MetricSnapshots snapshots, ExpositionBytes out) {
        for (MetricSnapshot family : snapshots) {
            if (!PushRequest.isEmpty(family)) {
                write(family, out);
            }
        }
    }

    private void write(MetricSnapshot family, ExpositionBytes out) {
        String name = ExposedNames.nameOf(family);
        String help = family.getMetadata().getHelp();
        if (help != null && !help.isEmpty()) {
            name(name, out.ascii("# HELP ")).ascii(' ');
            out.help(help);
            out.ascii('\n');
        }
        name(name, out.ascii("# TYPE ")).ascii(' ').ascii(type(family)).ascii('\n');
        List<? extends DataPointSnapshot> points = family.getDataPoints();
        for (int i = 0; i < points.size(); i++) {
            write(name, points.get(i), out);
        }
    }

    private static String type(MetricSnapshot family) {
        if (family instanceof CounterSnapshot) {
            return "counter";
        }
        if (family instanceof HistogramSnapshot) {
            return "histogram";
        }
        if (family instanceof SummarySnapshot) {
            return "summary";
        }
        if (family instanceof UnknownSnapshot) {
            return "untyped";
        }
        if (family instanceof GaugeSnapshot || family instanceof InfoSnapshot || family instanceof StateSetSnapshot) {
            return "gauge";
        }
        throw new IllegalArgumentException("the metric '" + family.getMetadata().getName() + "' is of the type "
                + family.getClass().getName() + ", which the text format does not support; send it as another type");
    }

    private void write(String name, DataPointSnapshot point, ExpositionBytes out) {
        if (point instanceof GaugeDataPointSnapshot gauge) {
            sample(name, "", point.getLabels(), out).number(gauge.getValue()).ascii('\n');
        } else if (point instanceof CounterDataPointSnapshot counter) {
            sample(name, "", point.getLabels(), out).number(counter.getValue()).ascii('\n');
        } else if (point instanceof UnknownDataPointSnapshot unknown) {
            sample(name, "", point.getLabels(), out).number(unknown.getValue()).ascii('\n');
        } else if (point instanceof InfoDataPointSnapshot) {
            sample(name, "", point.getLabels(), out).ascii("1\n");
        } else if (point instanceof HistogramDataPointSnapshot histogram) {
            writeHistogram(name, histogram, out);
        } else if (point instanceof SummaryDataPointSnapshot summary) {
            writeSummary(name, summary, out);
        } else if (point instanceof StateSetDataPointSnapshot states) {
            writeStates(name, states, out);
        }
    }

    private void writeHistogram(String name, HistogramDataPointSnapshot histogram, ExpositionBytes out) {
        if (!histogram.hasClassicHistogramData()) {
            throw new IllegalArgumentException("the histogram '" + name
                    + "' has only native buckets, which the text format does not support; add classic"
                    + " buckets, or use format=protobuf");
        }
        ClassicHistogramBuckets buckets = histogram.getClassicBuckets();
        long count = 0;
        for (int i = 0; i < buckets.size(); i++) {
            count += buckets.getCount(i);
            sample(name, "_bucket", histogram.getLabels(), "le", buckets.getUpperBound(i), out)
                    .number(count)
                    .ascii('\n');
        }
        writeCountAndSum(name, histogram, out);
    }

    private void writeSummary(String name, SummaryDataPointSnapshot summary, ExpositionBytes out) {
        for (Quantile quantile : summary.getQuantiles()) {
            sample(name, "", summary.getLabels(), "quantile", quantile.getQuantile(), out)
                    .number(quantile.getValue())
                    .ascii('\n');
        }
        writeCountAndSum(name, summary, out);
    }

    private void writeCountAndSum(String name, DistributionDataPointSnapshot point, ExpositionBytes out) {
        if (point.hasCount()) {
            sample(name, "_count", point.getLabels(), out)
                    .number(point.getCount())
                    .ascii('\n');
        }
        if (point.hasSum()) {
            sample(name, "_sum", point.getLabels(), out).number(point.getSum()).ascii('\n');
        }
    }

    /** Writes each state as a series, with the state as the value of a label that has the name of the metric. */
    private void writeStates(String name, StateSetDataPointSnapshot states, ExpositionBytes out) {
        for (int i = 0; i < states.size(); i++) {
            boolean isFirst = begin(name, "", true, out);
            labels(isFirst, states.getLabels(), out);
            label(isFirst && states.getLabels().isEmpty(), name, out).labelValue(states.getName(i));
            out.ascii("\"} ").ascii(states.isTrue(i) ? "1\n" : "0\n");
        }
    }

    /** Writes the name and the labels of a sample. */
    private ExpositionBytes sample(String name, String suffix, Labels labels, ExpositionBytes out) {
        boolean hasLabels = !labels.isEmpty();
        boolean isFirst = begin(name, suffix, hasLabels, out);
        if (hasLabels || !isFirst) {
            labels(isFirst, labels, out);
            out.ascii('}');
        }
        return out.ascii(' ');
    }

    /** Writes the name and the labels of a sample, and an additional label. */
    private ExpositionBytes sample(
            String name, String suffix, Labels labels, String label, double value, ExpositionBytes out) {
        boolean isFirst = begin(name, suffix, true, out);
        labels(isFirst, labels, out);
        return label(isFirst && labels.isEmpty(), label, out).number(value).ascii("\"} ");
    }

    /**
     * Writes the name of a sample and, if it has labels, the opening brace.
     *
     * @return whether the first label is the first element in the braces, which may contain a quoted name before it
     */
    private boolean begin(String name, String suffix, boolean hasLabels, ExpositionBytes out) {
        if (utf8Names && name.startsWith(NameCodec.PREFIX)) {
            out.ascii("{\"").labelValue(NameCodec.original(name) + suffix);
            out.ascii('"');
            return false;
        }
        out.ascii(name).ascii(suffix);
        if (hasLabels) {
            out.ascii('{');
        }
        return true;
    }

    private void labels(boolean isFirst, Labels labels, ExpositionBytes out) {
        for (int i = 0; i < labels.size(); i++) {
            label(isFirst && i == 0, labels.getName(i), out).labelValue(labels.getValue(i));
            out.ascii('"');
        }
    }

    private ExpositionBytes label(boolean isFirst, String name, ExpositionBytes out) {
        return name(name, out.ascii(isFirst ? "" : ",")).ascii("=\"");
    }

    /** Writes a name, in quotation marks unless it is classic. */
    private ExpositionBytes name(String name, ExpositionBytes out) {
        if (utf8Names && name.startsWith(NameCodec.PREFIX)) {
            out.ascii('"').labelValue(NameCodec.original(name));
            return out.ascii('"');
        }
        return out.ascii(name);
    }
}
