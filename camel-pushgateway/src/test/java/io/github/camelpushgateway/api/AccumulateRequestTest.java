package io.github.camelpushgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.metrics.ExposedNames;
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
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccumulateRequestTest {

    private static final GroupingKey KEY = GroupingKey.of("nightly");

    @Test
    void countersHistogramsAndSummariesAreAddedAndAllElseIsReplaced() {
        PushRequest request = PushRequest.accumulate(
                KEY,
                MetricSnapshots.of(
                        counter("rows", 3),
                        gauge("temperature", 20),
                        histogram("seconds", 4, 1),
                        summary("bytes", 2, Quantiles.EMPTY)));

        assertThat(names(request.increments())).containsExactlyInAnyOrder("rows_total", "seconds", "bytes");
        assertThat(names(request.snapshots())).containsExactly("temperature");
        assertThat(request.accumulates()).isTrue();
        assertThat(request.isEmpty()).isFalse();
    }

    @Test
    void quantilesAreLeftOut() {
        PushRequest request = PushRequest.accumulate(
                KEY, MetricSnapshots.of(summary("bytes", 2, Quantiles.of(new Quantile(0.5, 1)))));

        SummarySnapshot summary = (SummarySnapshot) request.increments().get(0);
        assertThat(summary.getDataPoints().get(0).getQuantiles().size()).isZero();
        assertThat(summary.getDataPoints().get(0).getCount()).isEqualTo(2);
    }

    /** If the metric were replaced, the count of its other series would be lost. */
    @Test
    void metricOfWhichOnlySomeSeriesCanBeAddedIsRejected() {
        SummarySnapshot mixed = SummarySnapshot.builder()
                .name("bytes")
                .dataPoint(SummaryDataPointSnapshot.builder()
                        .quantiles(Quantiles.of(new Quantile(0.5, 1)))
                        .build())
                .dataPoint(SummaryDataPointSnapshot.builder()
                        .labels(Labels.of("a", "b"))
                        .count(1)
                        .sum(3)
                        .build())
                .build();

        assertThatThrownBy(() -> PushRequest.accumulate(KEY, MetricSnapshots.of(mixed)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the metric 'bytes' has series with a count and series with only quantiles or native buckets,"
                                + " which cannot be added; remove these series, or push them as a metric of another name");
    }

    @Test
    void summaryWithoutCountAndSumIsReplaced() {
        PushRequest request = PushRequest.accumulate(
                KEY,
                MetricSnapshots.of(SummarySnapshot.builder()
                        .name("bytes")
                        .dataPoint(SummaryDataPointSnapshot.builder()
                                .quantiles(Quantiles.of(new Quantile(0.5, 1)))
                                .build())
                        .build()));

        assertThat(request.accumulates()).isFalse();
        assertThat(names(request.snapshots())).containsExactly("bytes");
    }

    @Test
    void familiesWithoutSeriesAddNothing() {
        PushRequest request = PushRequest.accumulate(
                KEY, MetricSnapshots.of(CounterSnapshot.builder().name("rows").build()));

        assertThat(request.accumulates()).isFalse();
        assertThat(request.isEmpty()).isTrue();
    }

    @Test
    void reportMayAddCountersToItsGauges() {
        PushRequest request = new PushRequest(
                PushOperation.REPORT,
                KEY,
                MetricSnapshots.of(gauge("job_success", 1)),
                MetricSnapshots.of(counter("job_runs", 1)));

        assertThat(request.accumulates()).isTrue();
    }

    /** The model of client_java does not allow both in one set, although they have different names on the wire. */
    @Test
    void gaugeMayHaveTheNameOfACounterWithoutItsSuffix() {
        PushRequest request = new PushRequest(
                PushOperation.REPORT,
                KEY,
                MetricSnapshots.of(gauge("rows", 1)),
                MetricSnapshots.of(counter("rows", 1)));

        assertThat(names(request.snapshots())).containsExactly("rows");
        assertThat(names(request.increments())).containsExactly("rows_total");
        assertThatThrownBy(() -> new PushRequest(
                        PushOperation.REPORT,
                        KEY,
                        MetricSnapshots.of(gauge("rows_total", 1)),
                        MetricSnapshots.of(counter("rows", 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'rows_total'");
    }

    @ParameterizedTest
    @EnumSource(names = {"PUSH", "PUSHADD"})
    void otherOperationsCannotAdd(PushOperation operation) {
        assertThatThrownBy(() ->
                        new PushRequest(operation, KEY, MetricSnapshots.of(), MetricSnapshots.of(counter("rows", 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use accumulate");
    }

    @Test
    void nameThatIsAddedAndReplacedIsRejected() {
        assertThatThrownBy(() -> new PushRequest(
                        PushOperation.REPORT,
                        KEY,
                        MetricSnapshots.of(counter("rows", 1)),
                        MetricSnapshots.of(counter("rows", 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'rows_total' is both added to the group and replaced in it");
    }

    @Test
    void gaugeCannotBeAdded() {
        assertThatThrownBy(() -> new PushRequest(
                        PushOperation.ACCUMULATE, KEY, MetricSnapshots.of(), MetricSnapshots.of(gauge("rows", 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'rows' cannot be added");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void incrementThatIsNotFiniteIsRejected(double value) {
        assertThatThrownBy(() -> PushRequest.accumulate(KEY, MetricSnapshots.of(counter("rows", value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'rows_total' has the value");
    }

    private static List<String> names(MetricSnapshots families) {
        return families.stream().map(ExposedNames::nameOf).toList();
    }

    private static MetricSnapshot counter(String name, double value) {
        return CounterSnapshot.builder()
                .name(name)
                .dataPoint(CounterDataPointSnapshot.builder().value(value).build())
                .build();
    }

    private static MetricSnapshot gauge(String name, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }

    private static MetricSnapshot histogram(String name, long... counts) {
        double[] bounds = {10, Double.POSITIVE_INFINITY};
        return HistogramSnapshot.builder()
                .name(name)
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                        .sum(7)
                        .build())
                .build();
    }

    private static MetricSnapshot summary(String name, long count, Quantiles quantiles) {
        return SummarySnapshot.builder()
                .name(name)
                .dataPoint(SummaryDataPointSnapshot.builder()
                        .count(count)
                        .sum(5)
                        .quantiles(quantiles)
                        .build())
                .build();
    }
}
