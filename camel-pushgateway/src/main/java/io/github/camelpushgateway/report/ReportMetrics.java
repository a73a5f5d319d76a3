package io.github.camelpushgateway.report;

import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a report. Those of the last run are gauges, as recommended by the <a
 * href="https://prometheus.io/docs/practices/instrumentation/#batch-jobs">guide to instrumentation, "Batch jobs"</a>.
 *
 * <p>A failed run does not change the time of the last success, and a successful run does not change the time of the last failure. A
 * report is sent by POST, which keeps the other metrics of the group.
 */
public final class ReportMetrics {

    private static final String INTERVAL = "interval_seconds";

    private static final String FAILURES = "failures_total";

    private final String prefix;
    private final boolean start;

    @Nullable
    private final Duration interval;

    /**
     * Creates metrics with a prefix.
     *
     * @param prefix the prefix of the metric names, to which an underscore is appended; {@code job} by default
     * @param start whether reports contain the start of the run
     * @param interval the time from one run of the job to the next, or null if it is not reported
     */
    public ReportMetrics(String prefix, boolean start, @Nullable Duration interval) {
        this.prefix = prefix;
        this.start = start;
        this.interval = interval;
    }

    /** Returns the name of the gauge that contains the interval. */
    public static String intervalName(String prefix) {
        return prefix + '_' + INTERVAL;
    }

    /**
     * Adds the metrics of a run.
     *
     * @param completed the end of the run
     */
    public void add(RunOutcome outcome, Instant completed, MetricsBuilder metrics) {
        long now = completed.getEpochSecond();
        gauge(metrics, "last_completion_unixtime", "When the job last ended, in unix seconds.", now);
        if (outcome.success()) {
            gauge(metrics, "last_success_unixtime", "When the job last succeeded, in unix seconds.", now);
        } else {
            gauge(metrics, "last_failure_unixtime", "When the job last failed, in unix seconds.", now);
        }
        gauge(metrics, "success", "Whether the last run of the job succeeded (1) or failed (0).", outcome.success());
        gauge(
                metrics,
                "duration_seconds",
                "How long the last run of the job took, in seconds.",
                Duration.between(outcome.started(), completed));
        outcome.records()
                .ifPresent(count -> gauge(
                        metrics, "records_processed", "How many records the last run of the job processed.", count));
        outcome.recordsFailed()
                .ifPresent(count ->
                        gauge(metrics, "records_failed", "How many records failed in the last run of the job.", count));
        if (start) {
            // a run that began and ended in the same second is over; so is one during which the clock was set back
            addStart(Math.min(startTime(outcome.begun()), now), metrics);
        }
        addInterval(metrics);
    }

    /**
     * Adds what a run adds to the counters of all runs. The counter of failures exists from the first run on.
     *
     * @param outcome the outcome, whose numbers of records are not negative
     */
    public void addCounters(RunOutcome outcome, MetricsBuilder metrics) {
        counter(metrics, "runs_total", "How many runs of the job have ended.", 1);
        counter(metrics, FAILURES, "How many runs of the job have failed.", outcome.success() ? 0 : 1);
        outcome.records()
                .ifPresent(count -> counter(
                        metrics, "records_processed_total", "How many records all runs of the job processed.", count));
        outcome.recordsFailed()
                .ifPresent(count -> counter(
                        metrics, "records_failed_total", "How many records failed in all runs of the job.", count));
    }

    /**
     * Returns the counters of a run with the trace of its first failure, if it was traced. Only protobuf can represent it.
     *
     * @param completed the end of the run
     */
    public MetricSnapshots withTrace(MetricsBuilder counters, RunOutcome outcome, Instant completed) {
        String trace = outcome.failedTrace();
        Exemplar exemplar = trace == null ? null : FailureExemplar.of(trace, completed);
        return exemplar == null
                ? counters.build()
                : FailureExemplar.add(
                        exemplar, counters.exposed(prefix + '_' + FAILURES, MetricType.COUNTER), counters.build());
    }

    /**
     * Adds the metrics of a run that has just begun. They must be sent later than one second after its start, so that the
     * run does not end in an earlier second than the one in {@code last_start_unixtime}.
     *
     * @param started the start of the run
     */
    public void addStart(Instant started, MetricsBuilder metrics) {
        addStart(startTime(started), metrics);
        addInterval(metrics);
    }

    private void addStart(long time, MetricsBuilder metrics) {
        gauge(
                metrics,
                "last_start_unixtime",
                "When the job last started, in unix seconds, rounded up. The job is running if it has not ended since.",
                time);
    }

    /**
     * Returns the first full second of a run. Times of ends are rounded down. So a run that begins in the same second in
     * which the previous one has ended is later than it.
     */
    private static long startTime(Instant started) {
        return started.getEpochSecond() + 1;
    }

    private void addInterval(MetricsBuilder metrics) {
        if (interval != null) {
            gauge(metrics, INTERVAL, "The time from one run of the job to the next, in seconds.", interval);
        }
    }

    private void counter(MetricsBuilder metrics, String name, String help, Object value) {
        metrics.metric(prefix + '_' + name, MetricType.COUNTER, help, value);
    }

    private void gauge(MetricsBuilder metrics, String name, String help, Object value) {
        metrics.metric(prefix + '_' + name, MetricType.GAUGE, help, value);
    }
}
