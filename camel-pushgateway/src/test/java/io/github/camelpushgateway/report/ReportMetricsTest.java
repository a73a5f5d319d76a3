package io.github.camelpushgateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** The times of a start and of ends tell which run is in progress, whatever their fractions of a second are. */
class ReportMetricsTest {

    private static final ReportMetrics METRICS = new ReportMetrics("job", true, Duration.ofHours(24));

    private static double value(MetricSnapshots metrics, String name) {
        for (MetricSnapshot metric : metrics) {
            if (metric.getMetadata().getPrometheusName().equals(name)) {
                return ((GaugeSnapshot) metric).getDataPoints().get(0).getValue();
            }
        }
        throw new AssertionError("there is no " + name);
    }

    private static MetricSnapshots start(Instant started) {
        MetricsBuilder metrics = new MetricsBuilder(Map.of());
        METRICS.addStart(started, metrics);
        return metrics.build();
    }

    private static MetricSnapshots end(Instant started, Instant completed) {
        MetricsBuilder metrics = new MetricsBuilder(Map.of());
        METRICS.add(new RunOutcome(true, started, OptionalDouble.empty(), OptionalDouble.empty()), completed, metrics);
        return metrics.build();
    }

    @Property
    void completedRunIsNeverInProgress(
            @ForAll @LongRange(max = 4_000_000_000_000L) long started,
            @ForAll @LongRange(min = -5_000, max = 10_000) long took) {
        MetricSnapshots end = end(Instant.ofEpochMilli(started), Instant.ofEpochMilli(started + took));

        assertThat(value(end, "job_last_start_unixtime"))
                .isLessThanOrEqualTo(value(end, "job_last_completion_unixtime"));
    }

    /** The start is sent after a second. It may reach the gateway after the end, and must then change nothing. */
    @Property
    void startThatIsSentHasTheSameTimeInTheReport(
            @ForAll @LongRange(max = 4_000_000_000_000L) long started,
            @ForAll @LongRange(min = 1_000, max = 10_000) long took) {
        Instant begin = Instant.ofEpochMilli(started);

        assertThat(value(start(begin), "job_last_start_unixtime"))
                .isEqualTo(value(end(begin, begin.plusMillis(took)), "job_last_start_unixtime"));
    }

    @Property
    void runIsInProgressEvenIfItStartsInTheSecondInWhichTheLastOneEnded(
            @ForAll @LongRange(max = 4_000_000_000_000L) long started, @ForAll @LongRange(max = 2_000) long pause) {
        Instant begin = Instant.ofEpochMilli(started);
        Instant lastEnd = begin.minusMillis(pause);

        assertThat(value(start(begin), "job_last_start_unixtime"))
                .isGreaterThan(value(end(lastEnd, lastEnd), "job_last_completion_unixtime"));
    }
}
