package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The start, the interval and the counters of a job, and the alert for a late one, on a real gateway. */
@ExtendWith(NoWarnings.class)
class IntervalIT {

    private static final String JOB = "nightly-import";

    @TempDir
    Path inbox;

    private final Pushgateway gateway = Pushgateway.start();
    private final Main main = new Main();
    private final CountDownLatch working = new CountDownLatch(1);

    static Stream<Arguments> languages() {
        return Stream.of(
                language("yaml", main -> main.configure().withRoutesIncludePattern("classpath:report/interval.yaml")),
                language("xml", main -> main.configure().withRoutesIncludePattern("classpath:report/interval.xml")),
                language("java", main -> main.configure().addRoutesBuilder(new IntervalRoute())));
    }

    private static Arguments language(String name, Consumer<Main> routes) {
        return Arguments.of(name, routes);
    }

    @AfterEach
    void stop() {
        main.stop();
        gateway.close();
    }

    private PushgatewayGroup awaitGroup(Predicate<PushgatewayGroup> condition) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> gateway.group("job", JOB),
                        group -> group.filter(condition).isPresent())
                .orElseThrow();
    }

    private void drop(String name) throws Exception {
        Path outside = Files.createTempFile(inbox.getParent(), "drop", ".csv");
        Files.move(outside, inbox.resolve(name));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("languages")
    void runningLateAndCountedRunsAreVisible(String name, Consumer<Main> routes) throws Exception {
        main.addInitialProperty("camel.component.pushgateway.url", gateway.url());
        main.addInitialProperty("nightly.inbox", inbox.toString());
        main.addInitialProperty("nightly.interval", "1s");
        main.addInitialProperty("nightly.work", "mock:work");
        main.addInitialProperty("late.period", "200");
        main.addInitialProperty("late.alerts", "mock:alerts");
        routes.accept(main);
        main.start();
        main.getCamelContext()
                .getEndpoint("mock:work", MockEndpoint.class)
                .whenAnyExchangeReceived(exchange ->
                        assertThat(working.await(30, TimeUnit.SECONDS)).isTrue());
        MockEndpoint alerts = main.getCamelContext().getEndpoint("mock:alerts", MockEndpoint.class);

        drop("first.csv");
        PushgatewayGroup running = awaitGroup(group -> true);
        assertThat(running.has("job_last_completion_unixtime")).isFalse();
        assertThat(running.value("job_last_start_unixtime")).isGreaterThan(1.7e9);
        assertThat(running.value("job_interval_seconds")).isEqualTo(1);

        working.countDown();
        PushgatewayGroup completed = awaitGroup(group -> group.has("job_success"));
        assertThat(completed.value("job_last_start_unixtime"))
                .isLessThanOrEqualTo(completed.value("job_last_completion_unixtime"));
        assertThat(completed.value("job_runs_total")).isEqualTo(1);
        assertThat(completed.value("job_failures_total")).isZero();

        await().atMost(Duration.ofSeconds(30)).until(() -> alerts.getReceivedCounter() >= 1);
        assertThat(alerts.getExchanges().get(0).getMessage().getBody(String.class))
                .matches(JOB + " is late: it has not reported for ([2-9]|\\d\\d)\\..* seconds");

        drop("second.csv");
        assertThat(awaitGroup(group -> group.find("job_runs_total").equals(OptionalDouble.of(2)))
                        .value("job_failures_total"))
                .isZero();
    }

    @Test
    void propertiesSetTheContentOfReports() throws Exception {
        main.setPropertyPlaceholderLocations("classpath:report/interval.properties");
        main.addOverrideProperty("camel.component.pushgateway.url", gateway.url());
        main.addInitialProperty("nightly.inbox", inbox.toString());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:{{nightly.inbox}}").routeId(JOB).to("log:" + JOB);
            }
        });
        main.start();

        drop("only.csv");

        PushgatewayGroup group = awaitGroup(it -> it.has("job_success"));
        assertThat(group.value("job_interval_seconds")).isEqualTo(86_400);
        assertThat(group.has("job_last_start_unixtime")).isTrue();
        assertThat(group.value("job_runs_total")).isEqualTo(1);
        assertThat(group.value("job_failures_total")).isZero();
    }
}
