package io.github.camelpushgateway.examples;

import static io.github.camelpushgateway.examples.MonitoringFiles.startOrSkip;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.test.infra.Promtool;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the files for Prometheus with promtool. */
class RulesIT {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "promtool {0}")
    @ValueSource(ints = {2, 3})
    void configurationAndRulesAreValid(int major) {
        Promtool.Result check = startOrSkip(() -> Promtool.run(
                major, MonitoringFiles.PROMETHEUS, "check", "config", "--lint=all", "--lint-fatal", "prometheus.yml"));

        assertThat(check.output()).contains("8 rules found");
        assertThat(check.status()).as(check.output()).isZero();
    }

    @ParameterizedTest(name = "promtool {0}")
    @ValueSource(ints = {2, 3})
    void rulesPassTheirTests(int major) {
        Promtool.Result test = test(major, MonitoringFiles.PROMETHEUS);

        assertThat(test.status()).as(test.output()).isZero();
    }

    @ParameterizedTest(name = "promtool {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | > 2 * job_interval_seconds | >= 2 * job_interval_seconds",
                "2 | or job_last_completion_unixtime or job_last_start_unixtime | or job_last_completion_unixtime",
                "2 | (job_last_success_unixtime or job_last_completion_unixtime or  | (job_last_success_unixtime or ",
                "2 | unless job_last_completion_unixtime >= job_last_start | unless job_last_completion_unixtime > job_last_start",
                "2 | (job_last_start_unixtime unless job_last_completion_unixtime >= job_last_start_unixtime) | (job_last_start_unixtime > job_last_completion_unixtime)",
                "2 | > job_interval_seconds | >= job_interval_seconds",
                "2 | > 6 * 3600             | >= 6 * 3600",
                "2 | unless job_interval_seconds | unless job_none",
                "2 | round(increase(job_failures_total[30d])) | increase(job_failures_total[30d])",
                "2 | (round(increase(job_runs_total[30d])) >= 10) | increase(job_runs_total[30d])",
                "2 | (round(increase(job_runs_total[30d])) >= 10) | (round(increase(job_runs_total[30d])) > 10)",
                "2 | > 0.1                  | >= 0.1",
                "2 | and job_runs_total     | or job_none",
                "2 | [30d]                  | [60d]",
                "2 | > 2 * 3600           | >= 2 * 3600",
                "2 | > 2 * 86400          | > 3 * 86400",
                "2 | > 2 * 7 * 86400      | > 2 * 86400",
                "2 | job_success == 0     | job_last_failure_unixtime > job_last_success_unixtime",
                "2 | [1d]                 | [1h]",
                "2 | for: 5m              | for: 1m",
                "2 | push_failure_time_seconds > push_time | push_failure_time_seconds >= push_time",
            })
    void brokenRuleFailsTheTests(int major, String rule, String broken) throws Exception {
        MonitoringFiles.copy(folder, rule, broken);

        Promtool.Result test = test(major, folder);

        assertThat(test.status()).as(test.output()).isPositive();
    }

    private static Promtool.Result test(int major, Path folder) {
        return startOrSkip(
                () -> Promtool.run(major, folder, "test", "rules", "alerts-test.yml", "alerts-30-days-test.yml"));
    }
}
