package io.github.camelpushgateway.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A nightly job in a separate JVM: the JVM ends soon after the job, and the last report is correct in each case. */
@Timeout(180)
class ReportInChildJvmIT {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    private static final Logger LOG = LoggerFactory.getLogger(ReportInChildJvmIT.class);

    /** The maximum time from the end of the job to the end of the JVM. */
    private static final Duration MAX_SHUTDOWN = Duration.ofSeconds(2);

    /** The tolerance for a busy machine. */
    private static final int TOLERANCE_FACTOR = 5;

    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();

    @Nullable
    private ChildJvm started;

    @AfterEach
    void kill() {
        if (started != null) {
            started.close();
        }
    }

    private ChildJvm start() throws Exception {
        properties.putIfAbsent("camel.component.pushgateway.url", GATEWAY.url());
        ChildJvm child = ChildJvm.start(folder, properties, variables);
        started = child;
        return child;
    }

    @Test
    void jvmReportsTheRunAndEnds() throws Exception {
        properties.put("camel.main.routesIncludePattern", "classpath:report/report.yaml");
        runToTheEnd();
    }

    @Test
    void jvmWithReportsInPropertiesReportsTheRunAndEnds() throws Exception {
        try (InputStream example = requireNonNull(getClass().getResourceAsStream("/report/application.properties"))) {
            Files.copy(example, folder.resolve("application.properties"));
        }
        runToTheEnd();
    }

    /** The invalid values would prevent the start if camel-main read them. It reads the variables of its own components only. */
    @Test
    void camelMainIgnoresVariablesOfTheComponentAndResolvesVariablesInProperties() throws Exception {
        variables.put("CAMEL_COMPONENT_PUSHGATEWAY_MAX_RETRIES", "abc");
        variables.put("CAMEL_COMPONENT_PUSHGATEWAY_URL", "not a URL");
        variables.put("GATEWAY_URL", GATEWAY.url());
        properties.put("camel.component.pushgateway.url", "{{env:GATEWAY_URL}}");
        properties.put("camel.main.routesIncludePattern", "classpath:report/report.yaml");
        runToTheEnd();
    }

    private void runToTheEnd() throws Exception {
        double before = Instant.now().getEpochSecond();
        Path inbox = Files.createDirectory(folder.resolve("inbox"));
        Files.writeString(inbox.resolve("records.csv"), "anna;120\nberta;80\ncarl;42\n");
        properties.put("nightly.inbox", inbox.toString());
        properties.put("camel.main.durationMaxMessages", "1");
        ChildJvm child = start();

        assertThat(child.awaitEnd()).as(child.log()).isZero();
        assertThat(child.log()).doesNotContain(" WARN ");
        Duration shutdown = Duration.between(child.timeOf("loaded 3 records"), child.end());
        LOG.info("The JVM ended {} ms after the job", shutdown.toMillis());
        PushgatewayGroup group = GATEWAY.group("job", "nightly-load").orElseThrow();
        assertThat(group.value("job_success")).isEqualTo(1);
        assertThat(group.value("job_last_success_unixtime")).isGreaterThanOrEqualTo(before);
        assertThat(group.value("job_records_processed")).isEqualTo(3);
        assertThat(shutdown).as(child.log()).isLessThan(MAX_SHUTDOWN.multipliedBy(TOLERANCE_FACTOR));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"untilInput", "untilInterrupted"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no SIGTERM")
    void terminatedRunIsNotReportedAsASuccess(String work) throws Exception {
        String job = "nightly-" + work;
        ChildJvm child = startWork(job, work, "1");
        child.awaitLog("work begins");

        child.terminate();

        assertThat(child.awaitEnd()).as(child.log()).isEqualTo(TERMINATED);
        assertThat(child.log()).doesNotContain("work is done");
        Optional<PushgatewayGroup> group = GATEWAY.group("job", job);
        LOG.info(
                "The group of a terminated run has the metrics {}",
                group.map(found -> found.families().keySet()));
        group.ifPresent(found -> {
            assertThat(found.has("job_last_success_unixtime")).isFalse();
            assertThat(found.value("job_success")).isZero();
        });
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no SIGTERM")
    void runThatEndsDuringShutdownIsReported() throws Exception {
        ChildJvm child = startWork("nightly-last-second", "untilInput", "60");
        child.awaitLog("work begins");

        child.terminate();
        child.awaitLog("Waiting as there are still 1 inflight");
        child.writeLine();

        assertThat(child.awaitEnd()).as(child.log()).isEqualTo(TERMINATED);
        PushgatewayGroup group = GATEWAY.group("job", "nightly-last-second").orElseThrow();
        assertThat(group.value("job_success")).isEqualTo(1);
        assertThat(group.has("job_last_success_unixtime")).isTrue();
        Duration shutdown = Duration.between(child.timeOf("work is done"), child.end());
        LOG.info("The JVM ended {} ms after the job", shutdown.toMillis());
    }

    private ChildJvm startWork(String job, String work, String shutdownTimeout) throws Exception {
        properties.put("camel.main.routesIncludePattern", "classpath:report/work.yaml");
        properties.put("camel.main.shutdownTimeout", shutdownTimeout);
        properties.put(
                "camel.beans.report",
                "#class:io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory(\"nightly-*\")");
        properties.put("job", job);
        properties.put("work", work);
        return start();
    }
}
