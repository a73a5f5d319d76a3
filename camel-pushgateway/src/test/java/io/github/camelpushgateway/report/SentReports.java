package io.github.camelpushgateway.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.PushgatewayHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Handler that records the reports instead of sending them, so that thousands of routes need no gateway. */
final class SentReports implements PushgatewayHandler {

    private static final String PATH = "/metrics/job/";

    private final Map<String, List<SentReport>> byJob = new HashMap<>();

    /** The samples of one report, by name. */
    record SentReport(Map<String, Double> samples) {

        /** Returns whether any metric of the report claims that the run succeeded. */
        boolean claimsSuccess() {
            return samples.containsKey("job_last_success_unixtime") || !Objects.equals(samples.get("job_success"), 0.0);
        }

        /** Returns whether all metrics of the report claim that the run failed. */
        boolean isFailure() {
            return !claimsSuccess() && samples.containsKey("job_last_failure_unixtime");
        }

        /** Returns whether all metrics of the report claim that the run succeeded. */
        boolean isSuccess() {
            return Objects.equals(samples.get("job_success"), 1.0)
                    && samples.containsKey("job_last_success_unixtime")
                    && !samples.containsKey("job_last_failure_unixtime");
        }
    }

    @Override
    public synchronized GatewayResponse handle(GatewayRequest request, Next next) {
        Map<String, Double> samples = new HashMap<>();
        new String(Objects.requireNonNull(request.body()), UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" "))
                .forEach(sample -> samples.put(sample[0], Double.valueOf(sample[1])));
        String job = request.url().getPath().substring(PATH.length());
        byJob.computeIfAbsent(job, none -> new ArrayList<>()).add(new SentReport(samples));
        return GatewayResponse.of(200);
    }

    /** Returns the reports of a job, in the order in which they were sent. */
    synchronized List<SentReport> of(String job) {
        return List.copyOf(byJob.getOrDefault(job, List.of()));
    }

    /** Returns the jobs that were reported. */
    synchronized List<String> jobs() {
        return byJob.keySet().stream().sorted().toList();
    }

    synchronized void clear() {
        byJob.clear();
    }

    /** Waits for a number of reports of a job. */
    List<SentReport> await(String job, int number) {
        org.awaitility.Awaitility.await(job)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(30))
                .until(() -> of(job).size() >= number);
        return of(job);
    }
}
