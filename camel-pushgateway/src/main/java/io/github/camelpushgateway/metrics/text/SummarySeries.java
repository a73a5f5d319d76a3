package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.MetricValue;
import io.github.camelpushgateway.metrics.ModelNames;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The summaries of one family. Each summary consists of several samples: quantiles, a count and a sum. */
final class SummarySeries implements TextSeries {

    private static final String QUANTILE = "quantile";

    private final String name;
    private final Map<Labels, Summary> summaries = new LinkedHashMap<>();

    SummarySeries(String name) {
        this.name = name;
    }

    @Override
    public boolean hasPart(String suffix) {
        return suffix.equals("_count") || suffix.equals("_sum");
    }

    @Override
    public void add(TextSample sample) {
        String quantile = sample.label(QUANTILE);
        String part = sample.name().substring(name.length());
        if (part.isEmpty() != (quantile != null)) {
            throw sample.fault("this is not a sample of the summary '" + name + "', which consists of " + name
                    + ", each with the label quantile, " + name + "_count and " + name + "_sum, both without it");
        }
        Summary summary = summaries.computeIfAbsent(sample.labelsWithout(QUANTILE), labels -> new Summary(name));
        switch (part) {
            case "" -> summary.addQuantile(sample, quantile);
            case "_count" -> summary.setCount(sample);
            default -> summary.setSum(sample);
        }
    }

    @Override
    public MetricSnapshot snapshot(String exposedName, @Nullable String help, Collection<String> exposedNames) {
        return new SummarySnapshot(
                ModelNames.metadata(exposedName, help),
                summaries.entrySet().stream()
                        .map(entry -> entry.getValue().snapshot(entry.getKey()))
                        .toList());
    }

    private static final class Summary {

        /** The value that denotes a missing count in the model. */
        private static final long NO_COUNT = -1;

        private final String name;
        private final SortedMap<Double, Quantile> quantiles = new TreeMap<>();

        @Nullable
        private Long count;

        @Nullable
        private Double sum;

        Summary(String name) {
            this.name = name;
        }

        void addQuantile(TextSample sample, @Nullable String label) {
            // adding 0.0 turns -0.0 into 0.0, so that both denote one quantile
            double quantile = 0.0 + MetricValue.ofText(String.valueOf(label)).orElse(Double.NaN);
            if (!(quantile >= 0 && quantile <= 1)) {
                throw sample.fault("the label quantile of the summary '" + name + "' is not a number from 0 to 1");
            }
            if (quantiles.putIfAbsent(quantile, new Quantile(quantile, sample.value())) != null) {
                throw sample.fault("this quantile of the summary '" + name + "' occurs twice; remove one of them");
            }
        }

        void setCount(TextSample sample) {
            if (count != null) {
                throw sample.fault("the count of the summary '" + name + "' occurs twice; remove one of them");
            }
            count = sample.count("the count of the summary '" + name + '\'');
        }

        void setSum(TextSample sample) {
            if (sum != null) {
                throw sample.fault("the sum of the summary '" + name + "' occurs twice; remove one of them");
            }
            sum = sample.sum("the summary '" + name + '\'');
        }

        SummaryDataPointSnapshot snapshot(Labels labels) {
            return new SummaryDataPointSnapshot(
                    count == null ? NO_COUNT : count,
                    sum == null ? Double.NaN : sum,
                    Quantiles.of(quantiles.values().toArray(Quantile[]::new)),
                    labels,
                    Exemplars.EMPTY,
                    0);
        }
    }
}
