package io.github.camelpushgateway.examples;

import static io.github.camelpushgateway.examples.MonitoringFiles.startOrSkip;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.test.infra.Promtool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        Promtool.Result test = test(major, MonitoringFiles.PROMETHEUS, "alerts-test.yml", "alerts-30-days-test.yml");

        assertThat(test.status()).as(test.output()).isZero();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "alerts | > 2 * job_interval_seconds | >= 2 * job_interval_seconds",
                "alerts | or job_last_completion_unixtime or job_last_start_unixtime | or job_last_completion_unixtime",
                "alerts | > 2 * 3600               | >= 2 * 3600",
                "alerts | > 2 * 86400              | > 3 * 86400",
                "alerts | > 2 * 7 * 86400          | > 2 * 86400",
                "alerts | unless job_interval_seconds | unless job_none",
                "alerts | unless job_last_completion_unixtime >= job | unless job_last_completion_unixtime > job",
                "alerts | start_unixtime unless job_last_completion_unixtime >= job_last_start_unixtime"
                        + " | start_unixtime > job_last_completion_unixtime",
                "alerts | > job_interval_seconds   | >= job_interval_seconds",
                "alerts | > 6 * 3600               | >= 6 * 3600",
                "alerts | for: 5m                  | for: 1m",
                "alerts | job_success == 0         | job_last_failure_unixtime > job_last_success_unixtime",
                "alerts | [1d]                     | [1h]",
                "alerts | push_failure_time_seconds > push_time | push_failure_time_seconds >= push_time",
                "alerts-30-days | round(increase(job_failures_total[30d])) | increase(job_failures_total[30d])",
                "alerts-30-days | >= 10            | > 10",
                "alerts-30-days | > 0.1            | >= 0.1",
                "alerts-30-days | [30d]            | [60d]",
                "alerts-30-days | and job_runs_total | or job_none",
            })
    void brokenRuleFailsTheTests(String file, String rule, String broken) throws Exception {
        MonitoringFiles.copy(folder, rule, broken);

        Promtool.Result test = test(2, folder, file + "-test.yml");

        assertThat(test.status()).as(test.output()).isPositive();
    }

    private static Promtool.Result test(int major, Path folder, String... files) {
        List<String> arguments = new ArrayList<>(List.of("test", "rules"));
        arguments.addAll(List.of(files));
        return startOrSkip(() -> Promtool.run(major, folder, arguments.toArray(String[]::new)));
    }
}
