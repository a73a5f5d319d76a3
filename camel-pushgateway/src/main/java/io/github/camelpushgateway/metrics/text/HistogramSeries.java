package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.ModelNames;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Histograms, each of which is several samples: buckets, count and sum. */
final class HistogramSeries implements TextSeries {

    private static final String LE = "le";

    private final String name;
    private final Map<Labels, TextHistogram> histograms = new LinkedHashMap<>();

    HistogramSeries(String name) {
        this.name = name;
    }

    @Override
    public boolean hasPart(String ending) {
        return ending.equals("_bucket") || ending.equals("_count") || ending.equals("_sum");
    }

    @Override
    public void add(TextSample sample) {
        String bound = sample.label(LE);
        String part = sample.name().substring(name.length());
        if (part.equals("_bucket") != (bound != null) || part.isEmpty()) {
            throw sample.fault("this is no part of the histogram '" + name + "', which consists of " + name
                    + "_bucket, each with the label le, " + name + "_count and " + name + "_sum, both without it");
        }
        TextHistogram histogram = histograms.computeIfAbsent(
                sample.labelsWithout(LE), labels -> new TextHistogram(name, sample.lineNumber()));
        switch (part) {
            case "_bucket" -> histogram.bucket(sample, bound);
            case "_count" -> histogram.count(sample);
            default -> histogram.sum(sample);
        }
    }

    @Override
    public MetricSnapshot snapshot(@Nullable String help, Set<String> names) {
        return new HistogramSnapshot(
                ModelNames.asItIs(name, help),
                histograms.entrySet().stream()
                        .map(entry -> entry.getValue().point(entry.getKey()))
                        .toList());
    }
}
