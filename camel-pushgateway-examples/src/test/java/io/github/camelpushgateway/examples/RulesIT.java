package io.github.camelpushgateway.examples;

import static io.github.camelpushgateway.examples.MonitoringFiles.startOrSkip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.test.infra.Promtool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
        Promtool.Result test = test(
                major,
                MonitoringFiles.PROMETHEUS,
                "alerts-test.yml",
                "alerts-1-day-test.yml",
                "alerts-30-days-test.yml");

        assertThat(test.status()).as(test.output()).isZero();
    }

    /** Rule with an error that its tests must detect. */
    private record Broken(String file, String rule, String replacement) {}

    private static final List<Broken> BROKEN = List.of(
            new Broken("alerts", "> 2 * job_interval_seconds", ">= 2 * job_interval_seconds"),
            new Broken(
                    "alerts",
                    "or job_last_completion_unixtime or job_last_start_unixtime",
                    "or job_last_completion_unixtime"),
            new Broken("alerts", "> 2 * 3600", ">= 2 * 3600"),
            new Broken("alerts", "> 2 * 86400", "> 3 * 86400"),
            new Broken("alerts", "> 2 * 7 * 86400", "> 2 * 86400"),
            new Broken("alerts", "unless job_interval_seconds", "unless job_none"),
            new Broken(
                    "alerts",
                    "unless job_last_completion_unixtime >= job",
                    "unless job_last_completion_unixtime > job"),
            new Broken(
                    "alerts",
                    "start_unixtime unless job_last_completion_unixtime >= job_last_start_unixtime",
                    "start_unixtime > job_last_completion_unixtime"),
            new Broken("alerts", "> job_interval_seconds", ">= job_interval_seconds"),
            new Broken("alerts", "> 6 * 3600", ">= 6 * 3600"),
            new Broken("alerts", "for: 5m", "for: 1m"),
            new Broken("alerts", "job_success == 0", "job_last_failure_unixtime > job_last_success_unixtime"),
            new Broken("alerts-1-day", "[1d]", "[1h]"),
            new Broken("alerts", "push_failure_time_seconds > push_time", "push_failure_time_seconds >= push_time"),
            new Broken(
                    "alerts-30-days", "round(increase(job_failures_total[30d]))", "increase(job_failures_total[30d])"),
            new Broken("alerts-30-days", ">= 10", "> 10"),
            new Broken("alerts-30-days", "> 0.1", ">= 0.1"),
            new Broken("alerts-30-days", "[30d]", "[60d]"),
            new Broken("alerts-30-days", "and job_runs_total", "or job_none"));

    /** One run of promtool tests all of them, because it starts slowly in a container. */
    @Test
    void eachBrokenRuleFailsTheTests() throws Exception {
        List<String> tests = new ArrayList<>();
        for (int i = 0; i < BROKEN.size(); i++) {
            Broken broken = BROKEN.get(i);
            String rules = MonitoringFiles.read("alerts.yml");
            assertThat(rules).contains(broken.rule());
            Files.writeString(
                    folder.resolve("broken-" + i + ".yml"), rules.replace(broken.rule(), broken.replacement()), UTF_8);
            String test = "broken-" + i + "-test.yml";
            Files.writeString(
                    folder.resolve(test),
                    MonitoringFiles.read(broken.file() + "-test.yml").replace("alerts.yml", "broken-" + i + ".yml"),
                    UTF_8);
            tests.add(test);
        }

        Promtool.Result result = test(2, folder, tests.toArray(String[]::new));

        assertThat(result.status()).isPositive();
        List<String> outcomes = Pattern.compile(
                        "^Unit Testing:  (broken-\\d+)-test.yml\\s+(SUCCESS|FAILED)", Pattern.MULTILINE)
                .matcher(result.output())
                .results()
                .map(outcome -> outcome.group(1) + ' ' + outcome.group(2))
                .toList();
        assertThat(outcomes)
                .as(result.output())
                .hasSameSizeAs(BROKEN)
                .allSatisfy(outcome -> assertThat(outcome).endsWith("FAILED"));
    }

    private static Promtool.Result test(int major, Path folder, String... files) {
        List<String> arguments = new ArrayList<>(List.of("test", "rules"));
        arguments.addAll(List.of(files));
        return startOrSkip(() -> Promtool.run(major, folder, arguments.toArray(String[]::new)));
    }
}
