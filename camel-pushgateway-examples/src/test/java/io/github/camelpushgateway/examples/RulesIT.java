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

        assertThat(check.output()).contains("5 rules found");
        assertThat(check.status()).as(check.output()).isZero();
    }

    @ParameterizedTest(name = "promtool {0}")
    @ValueSource(ints = {2, 3})
    void rulesPassTheirTests(int major) {
        Promtool.Result test =
                startOrSkip(() -> Promtool.run(major, MonitoringFiles.PROMETHEUS, "test", "rules", "alerts-test.yml"));

        assertThat(test.status()).as(test.output()).isZero();
    }

    @ParameterizedTest(name = "promtool {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
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

        Promtool.Result test = startOrSkip(() -> Promtool.run(major, folder, "test", "rules", "alerts-test.yml"));

        assertThat(test.status()).as(test.output()).isPositive();
    }
}
