package io.github.camelpushgateway.metrics;

import static io.github.camelpushgateway.testing.Increases.counter;
import static io.github.camelpushgateway.testing.Increases.gauge;
import static io.github.camelpushgateway.testing.Increases.histogram;
import static io.github.camelpushgateway.testing.Increases.summary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.testing.StoredSamples;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class IncrementsTest {

    @Property(tries = 200)
    void sumsDoNotDependOnTheOrder(
            @ForAll @Size(min = 2, max = 6) List<@IntRange(max = 1_000) Integer> values, @ForAll boolean labelled) {
        List<MetricSnapshot> counters = values.stream()
                .map(value ->
                        counter("rows", value, labelled ? Labels.of("l", String.valueOf(value % 2)) : Labels.EMPTY))
                .toList();

        MetricSnapshot forwards = counters.stream().reduce(Increments::sum).orElseThrow();
        MetricSnapshot backwards = counters.stream()
                .reduce((one, other) -> Increments.sum(other, one))
                .orElseThrow();

        assertThat(Increments.haveSameValues(forwards, backwards)).isTrue();
        assertThat(StoredSamples.of(List.of(forwards)).values().stream()
                        .mapToDouble(each -> each)
                        .sum())
                .isEqualTo(values.stream().mapToInt(each -> each).sum());
    }

    @Example
    void distributionsAreAdded() {
        assertThat(StoredSamples.of(List.of(
                        Increments.sum(histogram("h", 1.5, 1, 2, 3), histogram("h", 2, 4, 0, 1)),
                        Increments.sum(summary("s", 1, 10), summary("s", 2, 5)))))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "h_bucket{le=1.0} histogram", 5.0,
                        "h_bucket{le=10.0} histogram", 7.0,
                        "h_bucket{le=Infinity} histogram", 11.0,
                        "h_count{} histogram", 11.0,
                        "h_sum{} histogram", 3.5,
                        "s_count{} summary", 3.0,
                        "s_sum{} summary", 15.0));
    }

    @Example
    void addingZeroChangesNothing() {
        MetricSnapshots families =
                MetricSnapshots.of(counter("c", 3), histogram("h", 1.5, 1, 2, 3), summary("s", 1, 10));
        MetricSnapshots zeros = Increments.zero(families);

        for (int i = 0; i < families.size(); i++) {
            assertThat(Increments.haveSameValues(families.get(i), zeros.get(i))).isFalse();
            assertThat(Increments.haveSameValues(families.get(i), Increments.sum(families.get(i), zeros.get(i))))
                    .isTrue();
        }
    }

    @Example
    void exemplarOfTheIncrementReplacesTheEarlierOne() {
        CounterSnapshot sum = (CounterSnapshot) Increments.sum(withExemplar("a"), withExemplar("b"));
        assertThat(traceId(sum)).isEqualTo("b");

        CounterSnapshot without = (CounterSnapshot)
                Increments.sum(sum, Increments.zero(MetricSnapshots.of(sum)).get(0));
        assertThat(traceId(without)).isEqualTo("b");
    }

    private static CounterSnapshot withExemplar(String traceId) {
        Exemplar exemplar =
                Exemplar.builder().value(1).traceId(traceId).spanId("1").build();
        return CounterSnapshot.builder()
                .name("rows")
                .dataPoint(CounterDataPointSnapshot.builder()
                        .value(1)
                        .exemplar(exemplar)
                        .build())
                .build();
    }

    private static @Nullable String traceId(CounterSnapshot counter) {
        return counter.getDataPoints().get(0).getExemplar().getLabels().get(Exemplar.TRACE_ID);
    }

    @Example
    void counterWithoutSuffixKeepsItsName() {
        MetricSnapshot counter = ValueSnapshots.unsuffixedCounter("rows", null, Map.of(Labels.EMPTY, 1.0));

        assertThat(ExposedNames.nameOf(Increments.sum(counter, counter))).isEqualTo("rows");
    }

    @Example
    void nativeBucketsAreLeftOut() {
        HistogramSnapshot both = HistogramSnapshot.builder()
                .name("h")
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(((HistogramSnapshot) histogram("h", 1, 1, 1, 1))
                                .getDataPoints()
                                .get(0)
                                .getClassicBuckets())
                        .nativeSchema(0)
                        .nativeBucketsForPositiveValues(
                                NativeHistogramBuckets.builder().bucket(0, 3).build())
                        .sum(1)
                        .build())
                .build();

        HistogramSnapshot increment =
                (HistogramSnapshot) Increments.of(MetricSnapshots.of(both)).get(0);

        assertThat(increment.getDataPoints().get(0).hasNativeHistogramData()).isFalse();
        assertThat(increment.getDataPoints().get(0).getCount()).isEqualTo(3);
    }

    @Example
    void familiesThatCannotBeAddedAreRejected() {
        assertThatThrownBy(() -> Increments.sum(counter("x", 1), summary("x", 1, 1)))
                .hasMessageContaining("'x' is a summary, which cannot be added to a counter");
        assertThatThrownBy(() -> Increments.sum(
                        histogram("h", 1, 1, 1, 1), histogram("h", new double[] {Double.POSITIVE_INFINITY}, 1, 1)))
                .hasMessageContaining("with the bucket bounds [Infinity] cannot be added to one with the bounds");
        assertThatThrownBy(() -> Increments.sum(summary("s", Long.MAX_VALUE, 1), summary("s", 1, 1)))
                .hasMessageContaining("beyond the range of a count");
        assertThatThrownBy(() -> Increments.of(MetricSnapshots.of(gauge("g", 1))))
                .hasMessageContaining("'g' cannot be added");
    }
}
