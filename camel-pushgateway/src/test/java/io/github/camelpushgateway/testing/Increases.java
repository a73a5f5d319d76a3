package io.github.camelpushgateway.testing;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushRequest;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;

/** Requests that add to metrics, and families for them. */
public final class Increases {

    private Increases() {}

    public static PushRequest accumulate(GroupingKey group, MetricSnapshot... families) {
        return PushRequest.accumulate(group, MetricSnapshots.of(families));
    }

    public static MetricSnapshot counter(String name, double value) {
        return counter(name, value, Labels.EMPTY);
    }

    public static MetricSnapshot counter(String name, double value, Labels labels) {
        return CounterSnapshot.builder()
                .name(name)
                .dataPoint(CounterDataPointSnapshot.builder()
                        .value(value)
                        .labels(labels)
                        .build())
                .build();
    }

    public static MetricSnapshot gauge(String name, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }

    /** Returns a histogram with the bounds 1, 10 and infinity, and these counts. */
    public static MetricSnapshot histogram(String name, double sum, long... counts) {
        return histogram(name, new double[] {1, 10, Double.POSITIVE_INFINITY}, sum, counts);
    }

    public static MetricSnapshot histogram(String name, double[] bounds, double sum, long... counts) {
        return HistogramSnapshot.builder()
                .name(name)
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                        .sum(sum)
                        .build())
                .build();
    }

    public static MetricSnapshot summary(String name, long count, double sum) {
        return SummarySnapshot.builder()
                .name(name)
                .dataPoint(
                        SummaryDataPointSnapshot.builder().count(count).sum(sum).build())
                .build();
    }
}
