package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The nightly job with each kind of report configuration, on a real gateway. */
@ExtendWith(NoWarnings.class)
class ReportExamplesIT {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final String JOB = "nightly-load";

    @TempDir
    Path inbox;

    private final Main main = new Main();

    static Stream<Arguments> configurations() {
        return Stream.of(
                configuration(
                        "yaml", main -> main.configure().withRoutesIncludePattern("classpath:report/report.yaml")),
                configuration("yaml with a policy", main -> main.configure().withRoutesIncludePattern(policy())),
                configuration("xml", main -> main.configure().withRoutesIncludePattern("classpath:report/report.xml")),
                configuration("java", main -> main.configure().addRoutesBuilder(new ReportRoute())),
                configuration(
                        "properties",
                        main -> main.setPropertyPlaceholderLocations("classpath:report/application.properties")));
    }

    /** Camel 4.18.1 renamed the key in YAML. No version accepts both. */
    private static String policy() {
        return new DefaultCamelContext(false).getVersion().equals("4.18.0")
                ? "classpath:report/policy-first-4-18.yaml"
                : "classpath:report/policy.yaml";
    }

    private static Arguments configuration(String name, Consumer<Main> report) {
        return Arguments.of(name, report);
    }

    @BeforeEach
    void configure() {
        main.addInitialProperty("nightly.inbox", inbox.toString());
        main.addOverrideProperty("camel.component.pushgateway.url", GATEWAY.url());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("configurations")
    void successfulRunIsReported(String name, Consumer<Main> report) throws Exception {
        start(report);
        try {
            double before = now();
            drop("first.csv", "anna;120\nberta;80\ncarl;42\n");
            PushgatewayGroup group = awaitReportAfter(Optional.empty());

            assertThat(group.families().keySet())
                    .containsExactlyInAnyOrder(
                            "job_last_completion_unixtime",
                            "job_last_success_unixtime",
                            "job_success",
                            "job_duration_seconds",
                            "job_records_processed",
                            "push_time_seconds",
                            "push_failure_time_seconds");
            assertThat(group.families().values())
                    .extracting(PushgatewayGroup.Family::type)
                    .containsOnly("GAUGE");
            assertThat(group.value("job_last_completion_unixtime")).isBetween(before, now());
            assertThat(group.value("job_last_success_unixtime")).isEqualTo(group.value("job_last_completion_unixtime"));
            assertThat(group.value("job_success")).isEqualTo(1);
            assertThat(group.value("job_duration_seconds")).isBetween(0.0, now() - before + 1);
            assertThat(group.value("job_records_processed")).isEqualTo(3);
        } finally {
            main.stop();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("configurations")
    void failedRunKeepsTheLastSuccess(String name, Consumer<Main> report) throws Exception {
        start(report);
        try {
            drop("good.csv", "anna;120\nberta;80\n");
            PushgatewayGroup success = awaitReportAfter(Optional.empty());
            assertThat(success.value("job_success")).isEqualTo(1);
            assertThat(success.has("job_last_failure_unixtime")).isFalse();

            PushgatewayGroup failure = failAfter(success, "bad.csv");
            PushgatewayGroup secondFailure = failAfter(failure, "worse.csv");

            drop("better.csv", "anna;120\n");
            PushgatewayGroup again = awaitReportAfter(Optional.of(secondFailure));
            assertThat(again.value("job_success")).isEqualTo(1);
            assertThat(again.value("job_records_processed")).isEqualTo(1);
            assertThat(again.value("job_last_success_unixtime"))
                    .isEqualTo(again.value("job_last_completion_unixtime"))
                    .isGreaterThanOrEqualTo(secondFailure.value("job_last_failure_unixtime"));
            assertThat(again.value("job_last_failure_unixtime"))
                    .isEqualTo(secondFailure.value("job_last_failure_unixtime"));
        } finally {
            main.stop();
        }
    }

    @Test
    void stepInOnCompletionReportsSuccessAndFailure() throws Exception {
        main.addInitialProperty("nightly.work", "mock:work");
        start(configured -> configured.configure().withRoutesIncludePattern("classpath:report/on-completion.yaml"));
        try {
            main.getCamelContext().getEndpoint("mock:work", MockEndpoint.class).whenAnyExchangeReceived(exchange -> {
                if (exchange.getMessage().getBody(String.class).equals("bad")) {
                    throw new IOException("provoked");
                }
            });

            drop("first.csv", "good");
            PushgatewayGroup success = awaitReportAfter(Optional.empty());
            drop("second.csv", "bad");
            PushgatewayGroup failure = awaitReportAfter(Optional.of(success));

            assertThat(success.value("job_success")).isEqualTo(1);
            assertThat(failure.value("job_success")).isZero();
            assertThat(failure.value("job_last_success_unixtime"))
                    .isEqualTo(success.value("job_last_success_unixtime"));
            assertThat(failure.has("job_last_failure_unixtime")).isTrue();
        } finally {
            main.stop();
        }
    }

    private PushgatewayGroup failAfter(PushgatewayGroup before, String file) throws Exception {
        double success = before.value("job_last_success_unixtime");
        // times are whole seconds: wait for the next one, so that a wrongly updated last success would differ
        await().until(() -> now() > before.value("job_last_completion_unixtime"));
        drop(file, "anna;120\nnot a record\n");
        PushgatewayGroup failure = awaitReportAfter(Optional.of(before));

        assertThat(failure.value("job_success")).isZero();
        assertThat(failure.value("job_records_processed")).isZero();
        assertThat(failure.value("job_last_success_unixtime")).isEqualTo(success);
        assertThat(failure.value("job_last_failure_unixtime"))
                .isEqualTo(failure.value("job_last_completion_unixtime"))
                .isGreaterThan(before.value("job_last_completion_unixtime"));
        return failure;
    }

    /** Starts the job and deletes its group on the gateway. */
    private void start(Consumer<Main> report) throws Exception {
        report.accept(main);
        main.start();
        main.getCamelTemplate().sendBody("pushgateway:" + JOB + "?operation=delete", null);
        // a gateway responds first, and deletes right after
        await().until(() -> GATEWAY.group("job", JOB).isEmpty());
    }

    private static PushgatewayGroup awaitReportAfter(Optional<PushgatewayGroup> before) {
        return await().atMost(TIMEOUT)
                .until(
                        () -> GATEWAY.group("job", JOB),
                        now -> now.isPresent() && !pushTime(now).equals(pushTime(before)))
                .orElseThrow();
    }

    private static Optional<Double> pushTime(Optional<PushgatewayGroup> group) {
        return group.map(found -> found.value("push_time_seconds"));
    }

    private static double now() {
        return Instant.now().getEpochSecond();
    }

    /** Moves a complete file into the folder, so that the route never reads a part of it. */
    private void drop(String name, String content) throws Exception {
        Path outside = Files.createTempFile(inbox.getParent(), "drop", ".csv");
        Files.writeString(outside, content);
        Files.move(outside, inbox.resolve(name));
    }
}
