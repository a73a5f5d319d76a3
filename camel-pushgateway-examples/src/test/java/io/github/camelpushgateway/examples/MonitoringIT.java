package io.github.camelpushgateway.examples;

import static io.github.camelpushgateway.examples.MonitoringFiles.startOrSkip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.report.PushgatewayRoutePolicy;
import io.github.camelpushgateway.test.infra.Prometheus;
import io.github.camelpushgateway.test.infra.Pushgateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The queries and alerts of the example files on a real Prometheus that scrapes a real gateway. Prometheus needs several
 * seconds until its first scrape, so the tests run at the same time, each with its own gateway.
 */
@Execution(ExecutionMode.CONCURRENT)
class MonitoringIT extends CamelTestSupport {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration THREE_DAYS = Duration.ofDays(3);

    @TempDir
    Path folder;

    private final Pushgateway gateway = Pushgateway.start();

    @BeforeEach
    void configure() throws Exception {
        // intervals of seconds instead of minutes keep the test short
        MonitoringFiles.copy(
                folder,
                "localhost:9091",
                URI.create(gateway.url()).getAuthority(),
                "30s",
                "250ms",
                "interval: 5m",
                "interval: 250ms",
                "for: 5m",
                "for: 1s");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest(name = "Prometheus {0}")
    @ValueSource(ints = {2, 3})
    void pageQueriesAndTheDashboardReturnSamples(int major) throws Exception {
        try (Prometheus prometheus = startOrSkip(() -> Prometheus.start(major, folder))) {
            Instant threeDaysAgo = Instant.now().minus(THREE_DAYS);
            report("nightly-load", success(threeDaysAgo));
            report("nightly-new", failure());
            report("nightly-clash", success(Instant.now()));
            pushConflictingType("nightly-clash");
            report("drain", running(threeDaysAgo, Duration.ofDays(1)));
            count(prometheus, "drain", 12, 3);
            await().atMost(TIMEOUT)
                    .until(() -> !prometheus
                            .query("push_failure_time_seconds > 0 and push_time_seconds > 0")
                            .isEmpty());

            assertThat(MonitoringFiles.pageQueries()).hasSizeGreaterThan(5);
            assertThat(MonitoringFiles.pageQueries())
                    .allSatisfy(query -> assertThat(prometheus.query(query)).isNotEmpty());
            assertThat(MonitoringFiles.dashboardQueries("1s")).hasSizeGreaterThan(20);
            assertThat(MonitoringFiles.dashboardQueries("1s"))
                    .allSatisfy(query -> assertThat(prometheus.query(query)).isNotEmpty());

            // only the labels of the batch job
            assertThat(prometheus.query("job_last_success_unixtime"))
                    .extracting(Prometheus.Sample::labels)
                    .containsExactlyInAnyOrder(
                            Map.of("__name__", "job_last_success_unixtime", "job", "nightly-load"),
                            Map.of("__name__", "job_last_success_unixtime", "job", "nightly-clash"),
                            Map.of("__name__", "job_last_success_unixtime", "job", "drain"));
            assertThat(prometheus.query("job_last_success_unixtime{job='nightly-load'}"))
                    .singleElement()
                    .satisfies(sample -> assertThat(sample.value()).isEqualTo((double) threeDaysAgo.getEpochSecond()));
            assertThat(prometheus.query("time() - job_last_success_unixtime{job='nightly-load'}"))
                    .singleElement()
                    .satisfies(sample -> assertThat(sample.value())
                            .isBetween((double) THREE_DAYS.toSeconds(), THREE_DAYS.toSeconds() + 120.0));
            assertThat(prometheus.query("job_last_completion_unixtime unless job_last_success_unixtime"))
                    .singleElement()
                    .satisfies(sample -> assertThat(sample.labels()).containsEntry("job", "nightly-new"));
        }
    }

    @ParameterizedTest(name = "Prometheus {0}")
    @ValueSource(ints = {2, 3})
    void alertsFireForFailingJobsAndEndWithTheNextSuccess(int major) throws Exception {
        try (Prometheus prometheus = startOrSkip(() -> Prometheus.start(major, folder))) {
            report("nightly-load", success(Instant.now().minus(THREE_DAYS)));
            report("weekly-report", success(Instant.now().minus(THREE_DAYS)));
            report("nightly-new", failure());
            report("nightly-clash", success(Instant.now()));
            pushConflictingType("nightly-clash");
            awaitFiring(
                    prometheus,
                    "BatchJobLateByName critical nightly-load",
                    "BatchJobFailed warning nightly-new",
                    "PushFailing warning nightly-clash");
            assertThat(prometheus.alerts())
                    .extracting(alert -> String.valueOf(alert.annotations().get("summary")))
                    .areExactly(
                            1,
                            new Condition<>(
                                    summary -> summary.startsWith("nightly-load has had no success for 3d 0h "),
                                    "the age of the last success"));

            for (String job : List.of("nightly-load", "nightly-new", "nightly-clash")) {
                report(job, success(Instant.now()));
            }
            awaitFiring(prometheus);

            report("nightly-load?operation=delete", Map.of());
            awaitFiring(prometheus, "BatchJobForgotten warning nightly-load");
        }
    }

    /** One group of a job does not affect the alerts on its other groups. */
    @ParameterizedTest(name = "Prometheus {0}")
    @ValueSource(ints = {2, 3})
    void alertsOnLateAndHungJobsFireByTheIntervalOfEachGroup(int major) throws Exception {
        try (Prometheus prometheus = startOrSkip(() -> Prometheus.start(major, folder))) {
            Instant hourAgo = Instant.now().minus(Duration.ofMinutes(70));
            report("late?groupingKey=region=eu", withInterval(success(hourAgo), Duration.ofMinutes(30)));
            report("late?groupingKey=region=us", withInterval(success(hourAgo), Duration.ofHours(1)));
            report("hung?groupingKey=region=eu", running(hourAgo, Duration.ofHours(1)));
            report("hung?groupingKey=region=us", running(hourAgo, Duration.ofHours(2)));
            report("hung?groupingKey=region=asia", Map.of("job_last_start_unixtime", hourAgo.getEpochSecond()));
            report(
                    "first-run",
                    Map.of("job_last_start_unixtime", hourAgo.minus(THREE_DAYS).getEpochSecond()));

            awaitFiring(
                    prometheus,
                    "BatchJobLate critical late",
                    "BatchJobHung critical hung",
                    "BatchJobHung critical first-run");
            assertThat(prometheus.alerts())
                    .filteredOn(alert -> !"first-run".equals(alert.labels().get("job")))
                    .hasSize(2)
                    .allSatisfy(alert -> assertThat(alert.labels()).containsEntry("region", "eu"));

            report("late?groupingKey=region=eu", withInterval(success(Instant.now()), Duration.ofMinutes(30)));
            report("hung?groupingKey=region=eu", success(Instant.now()));
            report("first-run", success(Instant.now()));
            awaitFiring(prometheus);
        }
    }

    @ParameterizedTest(name = "Prometheus {0}")
    @ValueSource(ints = {2, 3})
    void alertOnTheFailureRateFiresByTheCountersOfTheGroup(int major) throws Exception {
        try (Prometheus prometheus = startOrSkip(() -> Prometheus.start(major, folder))) {
            count(prometheus, "few-runs", 5, 5);
            count(prometheus, "seldom", 10, 1);
            count(prometheus, "often", 10, 2);

            awaitFiring(prometheus, "BatchJobFailsOften warning often");
            // the counters are exact as soon as they are older than some scrapes
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(prometheus.alerts())
                            .extracting(
                                    alert -> String.valueOf(alert.annotations().get("summary")))
                            .containsExactly("often has failed in 20% of its runs in 30 days"));

            report("often?operation=delete", Map.of());
            awaitFiring(prometheus);
        }
    }

    /** The reports of a route, from its start to the counters of its runs. */
    @ParameterizedTest(name = "Prometheus {0}")
    @ValueSource(ints = {2, 3})
    void reportsOfARouteFireTheAlerts(int major) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                String options = "&reportStart=true&reportInterval=2s&reportCounters=true";
                from("direct:drain")
                        .routeId("drain")
                        .routePolicy(
                                new PushgatewayRoutePolicy("pushgateway:${routeId}?url=" + gateway.url() + options))
                        .process(exchange -> end.await())
                        .filter(body().isEqualTo("invalid"))
                        .throwException(new IllegalArgumentException("provoked"));
            }
        });
        try (Prometheus prometheus = startOrSkip(() -> Prometheus.start(major, folder))) {
            CompletableFuture<Exchange> run = template.asyncSend("direct:drain", exchange -> {});
            // the job has not succeeded yet, and its only run takes longer than its interval
            awaitFiring(prometheus, "BatchJobHung critical drain", "BatchJobLate critical drain");

            end.countDown();
            assertThat(run.get().isFailed()).isFalse();
            await().atMost(TIMEOUT)
                    .until(() -> !prometheus
                            .query("job_runs_total{job='drain'} == 1")
                            .isEmpty());
            for (int i = 0; i < 10; i++) {
                String body = i < 2 ? "invalid" : "valid";
                template.send("direct:drain", exchange -> exchange.getMessage().setBody(body));
            }

            // the run that hung has ended, and the last of the runs has succeeded two intervals ago
            awaitFiring(prometheus, "BatchJobLate critical drain", "BatchJobFailsOften warning drain");
        }
    }

    @ParameterizedTest(name = "Prometheus {0}")
    @ValueSource(ints = {2, 3})
    void onlyPushgatewayDownFiresWhileTheGatewayIsDown(int major) {
        try (Prometheus prometheus = startOrSkip(() -> Prometheus.start(major, folder))) {
            report("nightly-load", success(Instant.now().minus(THREE_DAYS)));
            awaitFiring(prometheus, "BatchJobLateByName critical nightly-load");

            gateway.close();

            awaitFiring(prometheus, "PushgatewayDown critical pushgateway");
        }
    }

    /** Pushes counters that are 0, and then have these values. */
    private void count(Prometheus prometheus, String job, int runs, int failures) {
        report(job, counters(0, 0));
        await().atMost(TIMEOUT)
                .until(() ->
                        !prometheus.query("job_runs_total{job='" + job + "'}").isEmpty());
        report(job, counters(runs, failures));
        await().atMost(TIMEOUT)
                .until(() -> !prometheus
                        .query("job_runs_total{job='" + job + "'} > 0 and job_runs_total offset 1s")
                        .isEmpty());
    }

    private static List<Map<String, Object>> counters(int runs, int failures) {
        return List.of(
                Map.of("name", "job_runs_total", "type", "counter", "value", runs),
                Map.of("name", "job_failures_total", "type", "counter", "value", failures),
                Map.of("name", "job_records_processed_total", "type", "counter", "value", 1000 * runs));
    }

    private void report(String endpoint, Object metrics) {
        String separator = endpoint.contains("?") ? "&" : "?";
        context.createFluentProducerTemplate()
                .to("pushgateway:" + endpoint + separator + "url=" + gateway.url())
                .withBody(metrics)
                .send();
    }

    private static Map<String, Object> success(Instant when) {
        Map<String, Object> report = run(when);
        report.put("job_success", 1);
        report.put("job_last_success_unixtime", when.getEpochSecond());
        return report;
    }

    private static Map<String, Object> withInterval(Map<String, Object> report, Duration interval) {
        report.put("job_interval_seconds", interval.toSeconds());
        return report;
    }

    /** Returns the metrics of a job that succeeded, and started again a second later. */
    private static Map<String, Object> running(Instant start, Duration interval) {
        Map<String, Object> report = withInterval(success(start.minusSeconds(1)), interval);
        report.put("job_last_start_unixtime", start.getEpochSecond());
        return report;
    }

    private static Map<String, Object> failure() {
        Map<String, Object> report = run(Instant.now());
        report.put("job_success", 0);
        report.put("job_last_failure_unixtime", Instant.now().getEpochSecond());
        return report;
    }

    private static Map<String, Object> run(Instant when) {
        return new HashMap<>(Map.of(
                "job_last_completion_unixtime",
                when.getEpochSecond(),
                "job_duration_seconds",
                90,
                "job_records_processed",
                1000,
                "job_records_failed",
                3));
    }

    /** The gateway refuses the push: the metric is a gauge in other groups. */
    private void pushConflictingType(String job) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + "/metrics/job/" + job))
                .POST(HttpRequest.BodyPublishers.ofString("# TYPE job_success counter\njob_success 1\n"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(400);
    }

    /** Waits until exactly these alerts fire, each given as name, severity and job. */
    private static void awaitFiring(Prometheus prometheus, String... alerts) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(prometheus.alerts())
                        .filteredOn(Prometheus.Alert::firing)
                        .map(Prometheus.Alert::labels)
                        .map(labels -> labels.get("alertname") + " " + labels.get("severity") + " " + labels.get("job"))
                        .containsExactlyInAnyOrder(alerts));
    }
}
