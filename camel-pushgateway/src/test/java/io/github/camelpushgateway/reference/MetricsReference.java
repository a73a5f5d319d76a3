package io.github.camelpushgateway.reference;

import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.reference.Page.Section;
import io.github.camelpushgateway.report.ReportMetrics;
import io.github.camelpushgateway.report.RunOutcome;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page of the metrics of a report. The metrics are those of real reports with each set of options. */
final class MetricsReference {

    private static final List<Set<String>> OPTIONS = List.of(
            Set.of(),
            Set.of("records"),
            Set.of("recordsFailed"),
            Set.of("reportStart"),
            Set.of("reportInterval"),
            Set.of("reportCounters"),
            Set.of("reportCounters", "records"),
            Set.of("reportCounters", "recordsFailed"));

    private final Since since;

    MetricsReference(Since since) {
        this.since = since;
    }

    Page page() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Set<String> options : OPTIONS) {
            Map<String, MetricSnapshot> afterSuccess = report(options, true);
            Map<String, MetricSnapshot> afterFailure = report(options, false);
            Map<String, MetricSnapshot> all = new LinkedHashMap<>(afterSuccess);
            all.putAll(afterFailure);
            all.forEach((name, metric) -> {
                String outcome = !afterFailure.containsKey(name)
                        ? "after a success"
                        : !afterSuccess.containsKey(name) ? "after a failure" : "always";
                rows.computeIfAbsent(
                        name,
                        key -> List.of(
                                '`' + name + '`',
                                metric instanceof CounterSnapshot ? "counter" : "gauge",
                                unit(name),
                                options.isEmpty()
                                        ? outcome
                                        : options.stream()
                                                .sorted()
                                                .map(option -> '`' + option + '`')
                                                .collect(Collectors.joining(" and ", "with ", "")),
                                since.of("metric", name),
                                metric.getMetadata().getHelp()));
            });
        }
        return new Page(
                "metrics",
                "Metrics of a report",
                "A report of `operation=report`, a route policy or the Kamelet `pushgateway-batch-report-action` writes these metrics to the"
                        + " group of the job. The prefix `job`"
                        + " is the default of `reportPrefix`. With `reportStart`, the component also sends a push when a run has lasted for"
                        + " a second. This push writes `job_last_start_unixtime` and, with `reportInterval`, `job_interval_seconds`. The labels are those of the group and those of `labels`.",
                List.of(new Section(
                        "",
                        "",
                        List.of("name", "type", "unit", "written", "since", "help text"),
                        "5,1,2,3,1,6",
                        List.copyOf(rows.values()))),
                "See also: xref:report.adoc[Reports of runs] and xref:prometheus.adoc[Queries in Prometheus].");
    }

    private static Map<String, MetricSnapshot> report(Set<String> options, boolean success) {
        Instant end = Instant.ofEpochSecond(1_800_000_000);
        RunOutcome outcome = new RunOutcome(
                success,
                end.minusSeconds(10),
                number(options.contains("records")),
                number(options.contains("recordsFailed")));
        ReportMetrics report = new ReportMetrics(
                "job",
                options.contains("reportStart"),
                options.contains("reportInterval") ? Duration.ofHours(24) : null);
        MetricsBuilder gauges = new MetricsBuilder(Map.of());
        MetricsBuilder counters = new MetricsBuilder(Map.of());
        report.add(outcome, end, gauges);
        if (options.contains("reportCounters")) {
            report.addCounters(outcome, counters);
        }
        Map<String, MetricSnapshot> byName = new LinkedHashMap<>();
        Stream.concat(gauges.build().stream(), counters.build().stream())
                .forEach(metric -> byName.put(
                        metric.getMetadata().getPrometheusName() + (metric instanceof CounterSnapshot ? "_total" : ""),
                        metric));
        return byName;
    }

    private static OptionalDouble number(boolean present) {
        return present ? OptionalDouble.of(1) : OptionalDouble.empty();
    }

    private static String unit(String name) {
        return name.endsWith("_unixtime")
                ? "Unix time in seconds"
                : name.endsWith("_seconds")
                        ? "seconds"
                        : name.contains("records") ? "records" : name.endsWith("_total") ? "runs" : "1 or 0";
    }
}
