package io.github.camelpushgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.metrics.UnsuffixedCounter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot.StateSetDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PushValidatorTest {

    private static final GroupingKey JOB = GroupingKey.of("a");

    static Stream<Arguments> rejections() {
        return Stream.of(
                rejection("is empty", key("instance", ""), gauge("x")),
                rejection("'a-b' is not a metric name", JOB, gauge("a-b")),
                rejection("'a.b' is not a metric name", JOB, gauge("a.b")),
                rejection("is not a metric name", JOB, gauge("é")),
                rejection("'a-b_total' is not a metric name", JOB, counter("a-b")),
                rejection("sets the metric 'push_time_seconds' itself", JOB, gauge("push_time_seconds")),
                rejection("sets the metric", JOB, gauge("push_failure_time_seconds")),
                rejection("the metric 'labels' would hide", JOB, gauge("labels")),
                rejection("label 'job'", JOB, gauge("x", "job", "b")),
                rejection("label 'region'", key("region", "eu"), gauge("x", "region", "us")),
                rejection("label 'job'", JOB, gauges("x", Labels.of("a", "1"), Labels.of("a", "2", "job", "b"))),
                rejection("label 'job'", JOB, gauge("x", "a", "1"), gauge("y", "job", "b")),
                rejection("surrogate", JOB, gauges("x", Labels.of("a", "1"), Labels.of("a", "\ud800"))),
                rejection("not a label name", JOB, gauge("x", "a.b", "y")),
                rejection("surrogate", JOB, gauge("x", "a", "\ud800")),
                rejection("surrogate", JOB, help("x", "\ud800")),
                rejection("timestamp", JOB, timestamped("x")),
                rejection("label 'le'", key("le", "1"), histogram("x", false)),
                rejection("label 'quantile'", key("quantile", "1"), summary("x")),
                rejection("a quantile NaN", JOB, summary("x", Double.NaN)),
                rejection("label 'x'", key("x", "1"), stateSet("x")),
                rejection("not a label name", JOB, stateSet("a:b")),
                rejection("reserved", JOB, stateSet("__x")),
                rejection(
                        "surrogate",
                        JOB,
                        StateSetSnapshot.builder()
                                .name("x")
                                .dataPoint(StateSetDataPointSnapshot.builder()
                                        .state("a\ud800", true)
                                        .build())
                                .build()),
                rejection("two different help texts", JOB, help("x", "one"), gauge("x", "a", "1")),
                rejection("gauge histogram", JOB, histogram("x", true)),
                rejection("both be exposed as 'x_total'", JOB, counter("x"), gauge("x_total")),
                rejection("both be exposed as 'x_info'", JOB, info("x"), gauge("x_info")),
                rejection("both be exposed as 'x_count'", JOB, histogram("x", false), gauge("x_count")),
                rejection("both be exposed as 'x_sum'", JOB, summary("x"), gauge("x_sum")),
                rejection("both be exposed as 'x_bucket'", JOB, gauge("x_bucket"), histogram("x", false)),
                rejection("occurs twice", JOB, gauge("x"), gauge("x")),
                rejection("occurs twice", JOB, gauges("x", Labels.EMPTY, Labels.of("a", ""))),
                rejection("occurs twice", JOB, gauges("x", Labels.of("b", "1"), Labels.of("a", "", "b", "1"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rejections")
    void rejectsPushesThatAGatewayWouldRefuseAlterOrBeHarmedBy(
            String message, GroupingKey key, MetricSnapshot[] families) {
        for (PushOperation operation : List.of(PushOperation.PUSH, PushOperation.PUSHADD)) {
            assertThatThrownBy(() -> new PushRequest(operation, key, MetricSnapshots.of(families)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(message);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = PushOperation.class,
            names = {"PUSH", "PUSHADD"})
    void acceptsAllTypesAndDistinctLabels(PushOperation operation) {
        MetricSnapshots metrics = MetricSnapshots.of(
                gauge("g", "le", "1"),
                gauges("many", Labels.of("a", "1"), Labels.of("a", "2"), Labels.of("b", "")),
                counter("c"),
                histogram("h", false),
                summary("s"),
                info("i"),
                stateSet("t"));

        PushRequest request = new PushRequest(operation, key("region", "eu"), metrics);

        assertThat(request.snapshots()).isSameAs(metrics);
    }

    @Test
    void familiesOfTheSameNameAreMerged() {
        PushRequest request = new PushRequest(
                PushOperation.PUSH, JOB, MetricSnapshots.of(gauge("x", "a", "1"), gauge("y"), gauge("x", "a", "2")));

        assertThat(request.snapshots().stream()
                        .map(family -> family.getDataPoints().size()))
                .containsExactly(2, 1);
    }

    @Test
    void unsuffixedCounterKeepsItsName() {
        MetricSnapshot unsuffixed = new UnsuffixedCounter(
                new MetricMetadata("x"),
                List.of(new CounterSnapshot.CounterDataPointSnapshot(1, Labels.EMPTY, null, 0)));

        assertThat(new PushRequest(PushOperation.PUSH, JOB, MetricSnapshots.of(unsuffixed, gauge("x_total"))).isEmpty())
                .isFalse();
        assertThatThrownBy(() ->
                        new PushRequest(PushOperation.PUSH, JOB, MetricSnapshots.of(unsuffixed, histogram("x", false))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void duplicateUnsuffixedCountersAreRejected() {
        CounterDataPointSnapshot one = new CounterDataPointSnapshot(1, Labels.of("a", "1"), null, 0);
        CounterDataPointSnapshot two = new CounterDataPointSnapshot(1, Labels.of("a", "2"), null, 0);

        assertThatThrownBy(() -> new PushRequest(
                        PushOperation.PUSH,
                        JOB,
                        MetricSnapshots.of(
                                new UnsuffixedCounter(new MetricMetadata("x"), List.of(one)),
                                new UnsuffixedCounter(new MetricMetadata("x"), List.of(two)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x' occurs twice");
    }

    @Test
    void histogramBeyondRangeOfCountIsRejected() {
        MetricSnapshot histogram = HistogramSnapshot.builder()
                .name("x")
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(
                                new double[] {1, Double.POSITIVE_INFINITY}, new long[] {Long.MAX_VALUE, 1}))
                        .build())
                .build();

        assertThatThrownBy(() -> new PushRequest(PushOperation.PUSH, JOB, MetricSnapshots.of(histogram)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2^63");
    }

    @Test
    void summaryWithoutDataIsEmpty() {
        MetricSnapshot empty = SummarySnapshot.builder()
                .name("s")
                .dataPoint(SummaryDataPointSnapshot.builder().build())
                .build();

        assertThat(new PushRequest(PushOperation.PUSH, JOB, MetricSnapshots.of(empty)).isEmpty())
                .isTrue();
        assertThat(new PushRequest(PushOperation.PUSH, JOB, MetricSnapshots.of(summary("s"))).isEmpty())
                .isFalse();
    }

    @Test
    void deleteAllowsEmptyLabelButNoMetrics() {
        assertThat(PushRequest.delete(key("instance", "")).operation()).isEqualTo(PushOperation.DELETE);
        assertThatThrownBy(() -> new PushRequest(PushOperation.DELETE, JOB, MetricSnapshots.of(gauge("x"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Arguments rejection(String message, GroupingKey key, MetricSnapshot... families) {
        return Arguments.of(message, key, families);
    }

    private static GroupingKey key(String label, String value) {
        return GroupingKey.of("a", Map.of(label, value));
    }

    private static MetricSnapshot gauge(String name, String... labels) {
        return gauges(name, Labels.of(labels));
    }

    private static MetricSnapshot gauges(String name, Labels... series) {
        var family = GaugeSnapshot.builder().name(name);
        for (Labels labels : series) {
            family.dataPoint(new GaugeDataPointSnapshot(1, labels, null));
        }
        return family.build();
    }

    private static MetricSnapshot help(String name, String help) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(new GaugeDataPointSnapshot(1, Labels.EMPTY, null))
                .build();
    }

    private static MetricSnapshot timestamped(String name) {
        return GaugeSnapshot.builder()
                .name(name)
                .dataPoint(new GaugeDataPointSnapshot(1, Labels.EMPTY, null, 1_795_000_000_000L))
                .build();
    }

    private static MetricSnapshot counter(String name) {
        return CounterSnapshot.builder()
                .name(name)
                .dataPoint(new CounterSnapshot.CounterDataPointSnapshot(1, Labels.EMPTY, null, 0))
                .build();
    }

    private static MetricSnapshot histogram(String name, boolean gauge) {
        return HistogramSnapshot.builder()
                .name(name)
                .gaugeHistogram(gauge)
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(
                                new double[] {1, Double.POSITIVE_INFINITY}, new long[] {1, 2}))
                        .sum(3)
                        .build())
                .build();
    }

    private static MetricSnapshot summary(String name) {
        return summary(name, 0.5);
    }

    private static MetricSnapshot summary(String name, double quantile) {
        return SummarySnapshot.builder()
                .name(name)
                .dataPoint(SummaryDataPointSnapshot.builder()
                        .quantiles(Quantiles.of(new Quantile(quantile, 1)))
                        .count(1)
                        .sum(1)
                        .build())
                .build();
    }

    private static MetricSnapshot info(String name) {
        return InfoSnapshot.builder()
                .name(name)
                .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                        .labels(Labels.of("version", "1"))
                        .build())
                .build();
    }

    private static MetricSnapshot stateSet(String name) {
        return StateSetSnapshot.builder()
                .name(name)
                .dataPoint(StateSetDataPointSnapshot.builder().state("on", true).build())
                .build();
    }
}
