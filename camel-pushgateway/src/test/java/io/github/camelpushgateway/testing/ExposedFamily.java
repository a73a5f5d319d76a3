package io.github.camelpushgateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A family as a gateway exposes it: its type, its help, and the values of its series by name and labels. The bounds of
 * buckets and the quantiles are labels in one notation, and the two zeros are equal, as in the exposition of a gateway.
 */
public record ExposedFamily(String type, String help, Map<String, Double> series) {

    ExposedFamily(String type, String help) {
        this(type, help, new HashMap<>());
    }

    void add(String name, Map<String, String> labels, double value) {
        Map<String, String> spelled = new TreeMap<>(labels);
        if (type.equals("histogram")) {
            spelled.computeIfPresent("le", (label, bound) -> String.valueOf(ExposedText.number(bound) + 0.0));
        } else if (type.equals("summary")) {
            spelled.computeIfPresent("quantile", (label, quantile) -> String.valueOf(ExposedText.number(quantile)));
        }
        assertThat(series.put(name + spelled, value + 0.0)).isNull();
    }

    /** Returns the expected exposition of metrics that were pushed to a group without labels other than the job. */
    public static Map<String, ExposedFamily> of(MetricSnapshots snapshots, String job) {
        Map<String, ExposedFamily> families = new TreeMap<>();
        for (MetricSnapshot snapshot : snapshots) {
            String name = name(snapshot);
            String help = snapshot.getMetadata().getHelp();
            ExposedFamily family =
                    families.computeIfAbsent(name, key -> new ExposedFamily(type(snapshot), help == null ? "" : help));
            for (DataPointSnapshot point : snapshot.getDataPoints()) {
                Map<String, String> labels = new TreeMap<>(Map.of("job", job, "instance", ""));
                for (Label label : point.getLabels()) {
                    labels.put(label.getName(), label.getValue());
                }
                family.add(name, labels, point);
            }
        }
        families.values().removeIf(family -> family.series.isEmpty());
        return families;
    }

    private static String name(MetricSnapshot snapshot) {
        String name = snapshot.getMetadata().getName();
        String original = snapshot.getMetadata().getExpositionBaseName();
        if (snapshot instanceof CounterSnapshot) {
            return original.endsWith("_total") ? original : name + "_total";
        }
        if (snapshot instanceof InfoSnapshot) {
            return original.endsWith("_info") ? original : name + "_info";
        }
        return name;
    }

    private static String type(MetricSnapshot snapshot) {
        if (snapshot instanceof CounterSnapshot) {
            return "counter";
        }
        if (snapshot instanceof HistogramSnapshot) {
            return "histogram";
        }
        if (snapshot instanceof SummarySnapshot) {
            return "summary";
        }
        return snapshot instanceof UnknownSnapshot ? "untyped" : "gauge";
    }

    private void add(String name, Map<String, String> labels, DataPointSnapshot point) {
        if (point instanceof CounterSnapshot.CounterDataPointSnapshot counter) {
            add(name, labels, counter.getValue());
        } else if (point instanceof GaugeSnapshot.GaugeDataPointSnapshot gauge) {
            add(name, labels, gauge.getValue());
        } else if (point instanceof UnknownSnapshot.UnknownDataPointSnapshot unknown) {
            add(name, labels, unknown.getValue());
        } else if (point instanceof InfoSnapshot.InfoDataPointSnapshot) {
            add(name, labels, 1);
        } else if (point instanceof StateSetSnapshot.StateSetDataPointSnapshot states) {
            states.stream().forEach(state -> add(name, with(labels, name, state.getName()), state.isTrue() ? 1 : 0));
        } else if (point instanceof SummarySnapshot.SummaryDataPointSnapshot summary) {
            addSummary(name, labels, summary);
        } else if (point instanceof HistogramSnapshot.HistogramDataPointSnapshot histogram) {
            addHistogram(name, labels, histogram);
        }
    }

    /** Adds a summary. A missing count or sum is exposed as 0; an empty summary is not exposed. */
    private void addSummary(String name, Map<String, String> labels, SummarySnapshot.SummaryDataPointSnapshot summary) {
        if (summary.getQuantiles().size() > 0 || summary.hasCount() || summary.hasSum()) {
            for (Quantile quantile : summary.getQuantiles()) {
                add(name, with(labels, "quantile", quantile.getQuantile()), quantile.getValue());
            }
            add(name + "_count", labels, summary.hasCount() ? (double) summary.getCount() : 0);
            add(name + "_sum", labels, summary.hasSum() ? summary.getSum() : 0);
        }
    }

    /** Adds a histogram. A missing sum is exposed as 0. The text format does not support native buckets. */
    private void addHistogram(
            String name, Map<String, String> labels, HistogramSnapshot.HistogramDataPointSnapshot histogram) {
        ClassicHistogramBuckets buckets = histogram.getClassicBuckets();
        long cumulative = 0;
        for (int i = 0; i < buckets.size(); i++) {
            cumulative += buckets.getCount(i);
            add(name + "_bucket", with(labels, "le", buckets.getUpperBound(i)), (double) cumulative);
        }
        if (buckets.isEmpty()) {
            add(name + "_bucket", with(labels, "le", "+Inf"), (double) histogram.getCount());
        }
        add(name + "_count", labels, (double) histogram.getCount());
        add(name + "_sum", labels, histogram.hasSum() ? histogram.getSum() : 0);
    }

    private static Map<String, String> with(Map<String, String> labels, String name, Object value) {
        Map<String, String> more = new TreeMap<>(labels);
        more.put(name, String.valueOf(value));
        return more;
    }
}
