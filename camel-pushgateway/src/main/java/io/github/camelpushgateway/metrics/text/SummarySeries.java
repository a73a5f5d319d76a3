package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.ModelNames;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Summaries, each of which is several samples: quantiles, count and sum. */
final class SummarySeries implements TextSeries {

    private static final String QUANTILE = "quantile";

    private final String name;
    private final Map<Labels, TextSummary> summaries = new LinkedHashMap<>();

    SummarySeries(String name) {
        this.name = name;
    }

    @Override
    public boolean hasPart(String ending) {
        return ending.equals("_count") || ending.equals("_sum");
    }

    @Override
    public void add(TextSample sample) {
        String quantile = sample.label(QUANTILE);
        String part = sample.name().substring(name.length());
        if (part.isEmpty() != (quantile != null)) {
            throw sample.fault("this is no part of the summary '" + name + "', which consists of " + name
                    + ", each with the label quantile, " + name + "_count and " + name + "_sum, both without it");
        }
        TextSummary summary =
                summaries.computeIfAbsent(sample.labelsWithout(QUANTILE), labels -> new TextSummary(name));
        switch (part) {
            case "" -> summary.quantile(sample, quantile);
            case "_count" -> summary.count(sample);
            default -> summary.sum(sample);
        }
    }

    @Override
    public MetricSnapshot snapshot(@Nullable String help, Set<String> names) {
        return new SummarySnapshot(
                ModelNames.asItIs(name, help),
                summaries.entrySet().stream()
                        .map(entry -> entry.getValue().point(entry.getKey()))
                        .toList());
    }
}
