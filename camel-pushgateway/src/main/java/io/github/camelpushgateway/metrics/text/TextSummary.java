package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.MetricValue;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The quantiles, the count and the sum of one summary. */
final class TextSummary {

    /** What the model has for no count. */
    private static final long NONE = -1;

    private final String name;
    private final SortedMap<Double, Quantile> quantiles = new TreeMap<>();

    @Nullable
    private Long count;

    @Nullable
    private Double sum;

    TextSummary(String name) {
        this.name = name;
    }

    void quantile(TextSample sample, @Nullable String label) {
        double quantile = 0.0 + MetricValue.ofText(String.valueOf(label)).orElse(Double.NaN);
        if (!(quantile >= 0 && quantile <= 1)) {
            throw sample.fault("the label quantile of the summary '" + name + "' is no number from 0 to 1");
        }
        if (quantiles.putIfAbsent(quantile, new Quantile(quantile, sample.value())) != null) {
            throw sample.fault("this quantile of the summary '" + name + "' was given before; leave one of them out");
        }
    }

    void count(TextSample sample) {
        if (count != null) {
            throw sample.fault("the count of the summary '" + name + "' was given before; leave one of them out");
        }
        count = Counts.whole(sample, "the count of the summary '" + name + '\'');
    }

    void sum(TextSample sample) {
        if (sum != null) {
            throw sample.fault("the sum of the summary '" + name + "' was given before; leave one of them out");
        }
        sum = Counts.sum(sample, "the summary '" + name + '\'');
    }

    SummaryDataPointSnapshot point(Labels labels) {
        return new SummaryDataPointSnapshot(
                count == null ? NONE : count,
                sum == null ? Double.NaN : sum,
                Quantiles.of(quantiles.values().toArray(Quantile[]::new)),
                labels,
                Exemplars.EMPTY,
                0);
    }
}
