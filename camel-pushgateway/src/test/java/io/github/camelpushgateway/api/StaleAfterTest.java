package io.github.camelpushgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaleAfterTest {

    private static final String METRIC = "job_interval_seconds";

    private static GatewayGroup group(double age, GroupMetric... metrics) {
        return new GatewayGroup(
                "http://gateway:9091", new TreeMap<>(Map.of("job", "a")), List.of(metrics), 1.0, null, age);
    }

    private static GroupMetric interval(String type, double... values) {
        return new GroupMetric(
                METRIC,
                type,
                "",
                Arrays.stream(values)
                        .mapToObj(value -> new GroupSample(METRIC, Map.of("value", "" + value), value))
                        .toList());
    }

    private static boolean isStale(double count, GatewayGroup group) {
        return new StaleAfter.Intervals(count, METRIC).isReachedBy(group);
    }

    @ParameterizedTest
    @CsvSource({"2, 20, true", "2, 19.999, false", "1.5, 15, true", "1.5, 14.9, false", "1, 10, true"})
    void groupIsStaleAfterNumberOfItsIntervals(double count, double age, boolean expected) {
        assertThat(isStale(count, group(age, interval("gauge", 10)))).isEqualTo(expected);
        assertThat(isStale(count, group(age, interval("untyped", 10)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {Double.NaN, 0, -0.0, -1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.MAX_VALUE})
    void groupWithImplausibleIntervalIsNeverStale(double interval) {
        assertThat(isStale(2, group(1e12, interval("gauge", interval)))).isFalse();
    }

    @Test
    void groupWithoutExactlyOneIntervalIsNeverStale() {
        assertThat(isStale(2, group(1e12))).isFalse();
        assertThat(isStale(2, group(1e12, interval("gauge")))).isFalse();
        assertThat(isStale(2, group(1e12, interval("gauge", 10, 20)))).isFalse();
        assertThat(isStale(2, group(1e12, interval("histogram", 10)))).isFalse();
        assertThat(isStale(2, group(1e12, interval("summary", 10)))).isFalse();
        assertThat(isStale(2, group(1e12, interval("counter", 10)))).isFalse();
        assertThat(new StaleAfter.Intervals(2, "etl_interval_seconds").isReachedBy(group(1e12, interval("gauge", 10))))
                .isFalse();
    }

    @Test
    void relevantPartHasTheSameResultAndNoOtherMetric() {
        GroupMetric interval = interval("gauge", 10);
        GatewayGroup group = group(20, new GroupMetric("rows", "gauge", "", List.of()), interval);

        GatewayGroup part = new StaleAfter.Intervals(2, METRIC).relevantPart(group);

        assertThat(part.metrics()).containsExactly(interval);
        assertThat(part.revision()).isEqualTo(group.revision());
        assertThat(isStale(2, part)).isTrue();
        assertThat(new StaleAfter.Age(Duration.ofSeconds(20))
                        .relevantPart(group)
                        .metrics())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.999, -1, Double.NaN})
    void fewerThanOneIntervalIsRejected(double count) {
        assertThatIllegalArgumentException().isThrownBy(() -> new StaleAfter.Intervals(count, METRIC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void ageThatIsNotPositiveIsRejected(String age) {
        assertThatIllegalArgumentException().isThrownBy(() -> new StaleAfter.Age(Duration.parse(age)));
    }
}
