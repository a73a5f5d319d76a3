package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application of the CronJob in a separate JVM, with the environment that {@code cronjob.yaml} sets. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no SIGTERM")
class KubernetesIT {

    private static final String PASSWORD = "pa55-+&%-P0D";

    @RegisterExtension
    static final PushgatewayExtension GATEWAY =
            new PushgatewayExtension(PushgatewaySetup.plain().withBasicAuth("nightly", PASSWORD));

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesIT.class);

    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();

    @Nullable
    private ChildJvm started;

    @BeforeEach
    void setEnvironment() throws Exception {
        KubernetesFiles.copyProperties(folder);
        Map<String, String> values = Map.of(
                "metadata.namespace",
                namespace(),
                "http://pushgateway.monitoring:9091",
                GATEWAY.url(),
                "secret pushgateway/username",
                "nightly",
                "secret pushgateway/password",
                PASSWORD);
        KubernetesFiles.environment().forEach((name, source) -> variables.put(name, values.get(source)));
    }

    @AfterEach
    void kill() {
        if (started != null) {
            started.close();
        }
    }

    private ChildJvm start() throws Exception {
        ChildJvm child = ChildJvm.start(KubernetesFiles.mainClass(), folder, properties, variables);
        started = child;
        return child;
    }

    private Optional<PushgatewayGroup> findGroup() {
        return GATEWAY.group("job", "nightly-load", "namespace", namespace());
    }

    /** Each test has its own namespace. */
    private String namespace() {
        return folder.getFileName().toString();
    }

    private PushgatewayGroup group() {
        return findGroup().orElseThrow();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"yaml", "xml", "java"})
    void runIsReportedInTheGroupOfItsNamespace(String language) throws Exception {
        if (language.equals("java")) {
            properties.put("camel.main.routes-include-pattern", "false");
            properties.put("camel.beans.route", "#class:" + JobRoute.class.getName());
        } else {
            properties.put("camel.main.routes-include-pattern", "classpath:kubernetes/job." + language);
        }

        ChildJvm child = start();

        assertThat(child.awaitEnd()).as(child.log()).isZero();
        assertThat(child.log()).contains("loaded 42 rows").doesNotContain(" WARN ", " ERROR ", PASSWORD);
        assertThat(group().value("job_success")).isEqualTo(1);
        assertThat(group().value("job_records_processed")).isEqualTo(42);
        assertThat(group().value("job_interval_seconds")).isEqualTo(86_400);
        assertThat(group().value("job_last_start_unixtime")).isEqualTo(group().value("job_last_completion_unixtime"));
    }

    @Tag("one-version")
    @Test
    void countersGoOnOverTheJvms() throws Exception {
        for (int run = 1; run <= 2; run++) {
            ChildJvm child = start();
            assertThat(child.awaitEnd()).as(child.log()).isZero();
        }

        assertThat(group().value("job_runs_total")).isEqualTo(2);
        assertThat(group().value("job_failures_total")).isZero();
        assertThat(group().value("job_records_processed_total")).isEqualTo(84);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"succeeds, 0", "fails, 1", "fails-and-is-handled, 1", "catches, 0", "splits, 0"})
    void exitCodeIsThatOfTheReport(String outcome, int exitCode) throws Exception {
        properties.put("camel.main.routes-include-pattern", "classpath:kubernetes/outcomes.yaml");
        // a part of a split that ended the application would leave its run only a second
        properties.put("camel.main.shutdown-timeout", "1");
        properties.put("outcome", outcome);

        ChildJvm child = start();

        assertThat(child.awaitEnd()).as(child.log()).isEqualTo(exitCode);
        assertThat(group().value("job_success")).as(child.log()).isEqualTo(1 - exitCode);
        assertThat(group().has("job_last_success_unixtime")).isEqualTo(exitCode == 0);
    }

    @Test
    void exitCodeIsNotZeroIfAVariableIsMissing() throws Exception {
        variables.remove("NAMESPACE");

        ChildJvm child = start();

        assertThat(child.awaitEnd()).as(child.log()).isEqualTo(1);
        assertThat(child.log()).contains("NAMESPACE");
        assertThat(findGroup()).isEmpty();
    }

    @Tag("one-version")
    @ParameterizedTest(name = "{0}")
    @CsvSource({"untilInput", "untilInterrupted"})
    void terminatedRunIsNoSuccess(String work) throws Exception {
        ChildJvm child = startWork(work, "1");
        await().atMost(ChildJvm.TIMEOUT).until(() -> findGroup().isPresent());

        child.terminate();

        assertThat(child.awaitEnd()).as(child.log()).isEqualTo(TERMINATED);
        assertThat(child.log()).doesNotContain("work is done");
        PushgatewayGroup group = group();
        LOG.info(
                "{}: the group of a terminated run has the metrics {}",
                work,
                group.families().keySet());
        assertThat(group.has("job_last_start_unixtime")).isTrue();
        assertThat(group.has("job_last_success_unixtime")).isFalse();
        assertThat(group.has("job_success") && group.value("job_success") == 1).isFalse();
    }

    @Tag("one-version")
    @Test
    void runThatEndsAfterTheSignalIsReported() throws Exception {
        ChildJvm child = startWork("untilInput", "60");

        child.terminate();
        child.awaitLog("Waiting as there are still 1 inflight");
        child.writeLine();

        assertThat(child.awaitEnd()).as(child.log()).isEqualTo(TERMINATED);
        assertThat(group().value("job_success")).isEqualTo(1);
    }

    private ChildJvm startWork(String work, String shutdownTimeout) throws Exception {
        properties.put("camel.main.routes-include-pattern", "classpath:report/work.yaml");
        properties.put("camel.main.shutdown-timeout", shutdownTimeout);
        properties.put("job", "nightly-load");
        properties.put("work", work);
        ChildJvm child = start();
        child.awaitLog("work begins");
        return child;
    }
}
