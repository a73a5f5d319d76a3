package io.github.camelpushgateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricFilterTest {

    private static final MetricSnapshots METRICS = MetricSnapshots.of(
            InfoSnapshot.builder().name("build").build(),
            GaugeSnapshot.builder().name("camel_exchanges").build(),
            GaugeSnapshot.builder().name("camel_route_exchanges").build(),
            CounterSnapshot.builder().name("camel_route_rows").build(),
            CounterSnapshot.builder().name("rows").build());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null                             | build camel_exchanges camel_route_exchanges camel_route_rows rows",
                "*                                | build camel_exchanges camel_route_exchanges camel_route_rows rows",
                "**                               | build camel_exchanges camel_route_exchanges camel_route_rows rows",
                "camel_*                          | camel_exchanges camel_route_exchanges camel_route_rows",
                "camel_*,!camel_route_*           | camel_exchanges",
                "'!camel_route_*, camel_*'        | camel_exchanges",
                "!camel_*                         | build rows",
                "!camel_*,!rows                   | build",
                "!camel_*,!rows_total             | build",
                "!rows_*                          | build camel_exchanges camel_route_exchanges camel_route_rows",
                "rows                             | rows",
                "rows_total                       | rows",
                "*rows*                           | camel_route_rows rows",
                "*_rows_total                     | camel_route_rows",
                "build                            | build",
                "build_info                       | build",
                "*_info                           | build",
                "row?                             | rows",
                "?uild                            | build",
                "c*_e*s                           | camel_exchanges camel_route_exchanges",
                "*a*a*a*                          | ''",
                "Rows                             | ''",
                "row                              | ''",
                "rows?                            | ''",
                "[br].*                           | ''",
                "build,!build_info                | ''",
            })
    void keepsMetricsWithMatchingNames(String patterns, String kept) {
        assertThat(MetricFilter.of(patterns).keep(METRICS).stream()
                        .map(metric -> metric.getMetadata().getName()))
                .containsExactly(kept.isEmpty() ? new String[0] : kept.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "rows, true",
        "rows_total, true",
        "*_total, true",
        "!rows_total, false",
        "!rows, false",
        "row, false",
    })
    void unsuffixedCounterMatchesLikeAnyCounter(String patterns, boolean isKept) {
        MetricSnapshots unsuffixed =
                MetricSnapshots.of(ValueSnapshots.unsuffixedCounter("rows", null, Map.of(Labels.EMPTY, 1.0)));

        assertThat(MetricFilter.of(patterns).keep(unsuffixed).size()).isEqualTo(isKept ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "!", ",", "a,", "a,,b", "! ", "a,!", "!,a"})
    void emptyPatternIsRejected(String patterns) {
        assertThatThrownBy(() -> MetricFilter.of(patterns))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("metricFilter is '" + patterns + "', which contains an empty pattern");
    }

    @Test
    void manyAsterisksAreMatchedQuickly() {
        MetricSnapshots one = MetricSnapshots.of(
                GaugeSnapshot.builder().name("a".repeat(5_000)).build());

        assertThat(MetricFilter.of("*a".repeat(1_000) + "b").keep(one).size()).isZero();
    }
}
