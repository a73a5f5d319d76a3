package io.github.camelpushgateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.GatewayConfiguration;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.testing.ContextTestSupport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each source of a run with each outcome, reported by a policy or by a step: exactly one correct POST per run. */
@Timeout(60)
class ReportTableIT extends ContextTestSupport {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    private static final int ROWS = 7;

    enum Source {
        TIMER,
        FILE_1,
        FILE_3,
        FILE_0,
        QUARTZ,
        SPLIT,
        SPLIT_WITH_3_FAILURES,
        AGGREGATE,
        DIRECT,
        SEDA
    }

    enum Outcome {
        SUCCESS,
        EXCEPTION,
        HANDLED,
        DEAD_LETTER,
        RETRIED,
        STOPPED
    }

    enum Place {
        POLICY,
        ON_COMPLETION
    }

    @TempDir
    Path inbox;

    private final CountingHandler counting = new CountingHandler();
    private final Set<String> failedOnce = ConcurrentHashMap.newKeySet();
    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        // each test starts the context
        test.withUseAdviceWith(true);
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.withShutdownTimeout(20);
    }

    @Override
    protected void prepare(CamelContext context) {
        GatewayConfiguration gateway = gatewayOptions(context);
        gateway.setUrl(GATEWAY.url());
        gateway.setHandler(counting);
        // the time that a consumer still waits for an exchange after a stop
        context.getComponent("seda", SedaComponent.class).setDefaultPollTimeout(10);
    }

    @AfterEach
    void stop() {
        stopped.countDown();
    }

    static Stream<Arguments> runs() {
        return Arrays.stream(Source.values())
                .flatMap(source -> Arrays.stream(Outcome.values())
                        .filter(outcome -> isPossible(source, outcome))
                        .flatMap(outcome ->
                                Arrays.stream(Place.values()).map(place -> Arguments.of(source, outcome, place))));
    }

    private static boolean isPossible(Source source, Outcome outcome) {
        return switch (source) {
            case FILE_0 -> outcome == Outcome.SUCCESS;
            case SPLIT_WITH_3_FAILURES -> outcome != Outcome.SUCCESS;
            default -> true;
        };
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("runs")
    void runIsReportedOnceAndCorrectly(Source source, Outcome outcome, Place place) throws Exception {
        String id = "nightly-" + source + '-' + outcome + '-' + place;
        for (int i = 0; i < files(source); i++) {
            Files.writeString(inbox.resolve("file" + i), "a file");
        }
        if (place == Place.POLICY) {
            context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory(
                    "nightly-*", "pushgateway:${routeId}?records=${exchangeProperty.rows}"));
        }
        context.addRoutes(new Routes(id, source, outcome, place));
        double before = Instant.now().getEpochSecond();
        context.start();

        if (outcome == Outcome.STOPPED) {
            assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();
            context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
            context.stop();
            stopped.countDown();
            // a route that sends the exchange to seda has already completed
            assertNoSuccess(GATEWAY.group("job", source == Source.SEDA && place == Place.POLICY ? id + "-sub" : id));
            assertThat(counting.requests()).hasSizeLessThanOrEqualTo(source == Source.SEDA ? 2 : 1);
            return;
        }

        List<String> jobs = jobs(source, place, id);
        if (source == Source.FILE_0) {
            ScheduledPollConsumer consumer =
                    (ScheduledPollConsumer) context.getRoute(id).getConsumer();
            await().until(consumer::isFirstPollDone);
        }
        // about a hundred short runs need a short poll interval
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> counting.requests().size() >= jobs.size());
        context.stop();

        assertThat(counting.requests())
                .containsExactlyInAnyOrderElementsOf(
                        jobs.stream().map(job -> "POST /metrics/job/" + job).toList());
        for (String job : jobs) {
            boolean sendsToQueue = source == Source.SEDA && !job.endsWith("-sub") && place == Place.POLICY;
            assertReport(
                    GATEWAY.group("job", job).orElseThrow(),
                    sendsToQueue || isSuccess(source, outcome),
                    before,
                    rows(source));
        }
    }

    private static int files(Source source) {
        return switch (source) {
            case FILE_1 -> 1;
            case FILE_3 -> 3;
            default -> 0;
        };
    }

    /**
     * Returns the reported jobs. A called route belongs to the run of its caller. A route that consumes from a queue is
     * a separate run.
     */
    private static List<String> jobs(Source source, Place place, String id) {
        return switch (source) {
            case FILE_0 -> List.of();
            case SEDA -> place == Place.POLICY ? List.of(id, id + "-sub") : List.of(id);
            default -> List.of(id);
        };
    }

    private static boolean isSuccess(Source source, Outcome outcome) {
        return switch (outcome) {
            case SUCCESS, RETRIED -> true;
            case EXCEPTION, STOPPED -> false;
            // a part whose failure the route has handled does not fail the run
            case HANDLED, DEAD_LETTER -> source == Source.SPLIT_WITH_3_FAILURES;
        };
    }

    private static double rows(Source source) {
        return source == Source.FILE_3 ? 3 * ROWS : ROWS;
    }

    private static void assertReport(PushgatewayGroup group, boolean success, double before, double rows) {
        assertThat(group.families().keySet())
                .containsExactlyInAnyOrder(
                        "job_last_completion_unixtime",
                        success ? "job_last_success_unixtime" : "job_last_failure_unixtime",
                        "job_success",
                        "job_duration_seconds",
                        "job_records_processed",
                        "push_time_seconds",
                        "push_failure_time_seconds");
        assertThat(group.families().values())
                .extracting(PushgatewayGroup.Family::type)
                .containsOnly("GAUGE");
        double now = Instant.now().getEpochSecond();
        assertThat(group.value("job_last_completion_unixtime")).isBetween(before, now);
        assertThat(group.value(success ? "job_last_success_unixtime" : "job_last_failure_unixtime"))
                .isEqualTo(group.value("job_last_completion_unixtime"));
        assertThat(group.value("job_success")).isEqualTo(success ? 1 : 0);
        assertThat(group.value("job_duration_seconds")).isBetween(0.0, now - before + 1);
        assertThat(group.value("job_records_processed")).isEqualTo(rows);
    }

    private static void assertNoSuccess(Optional<PushgatewayGroup> group) {
        group.ifPresent(there -> {
            assertThat(there.has("job_last_success_unixtime")).isFalse();
            assertThat(there.value("job_success")).isZero();
        });
    }

    /** Does the work of a run, with the given outcome. */
    private void work(Outcome outcome, String step) throws Exception {
        switch (outcome) {
            case SUCCESS -> {}
            case EXCEPTION, HANDLED, DEAD_LETTER -> throw new IllegalStateException(step);
            case RETRIED -> {
                if (failedOnce.add(step)) {
                    throw new IllegalStateException(step);
                }
            }
            case STOPPED -> {
                working.countDown();
                // quartz waits for its jobs regardless of Camel's timeout, so this job detects the stop itself
                while (!step.equals("quartz") || !context.isStopping()) {
                    if (stopped.await(10, TimeUnit.MILLISECONDS)) {
                        break;
                    }
                }
                throw new IllegalStateException("interrupted by the stop");
            }
        }
    }

    private final class Routes extends RouteBuilder {

        private final String id;
        private final Source source;
        private final Outcome outcome;
        private final Place place;

        Routes(String id, Source source, Outcome outcome, Place place) {
            this.id = id;
            this.source = source;
            this.outcome = outcome;
            this.place = place;
        }

        @Override
        public void configure() {
            switch (outcome) {
                case HANDLED ->
                    onException(IllegalStateException.class).handled(true).to("mock:handled");
                case DEAD_LETTER -> {
                    errorHandler(deadLetterChannel("direct:dead"));
                    from("direct:dead").routeId("dead").to("mock:dead");
                }
                case RETRIED ->
                    errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0));
                case SUCCESS, EXCEPTION, STOPPED -> {}
            }
            RouteDefinition route = from(switch (source) {
                        case FILE_0, FILE_1, FILE_3 ->
                            "file:" + inbox + "?initialDelay=0&repeatCount=1&sortBy=file:name&moveFailed=.failed";
                        case QUARTZ -> "quartz:" + id + "?trigger.repeatCount=0&trigger.repeatInterval=1000";
                        case AGGREGATE -> "timer:" + id + "?delay=0&period=10&repeatCount=3";
                        case TIMER, SPLIT, SPLIT_WITH_3_FAILURES, DIRECT, SEDA ->
                            "timer:" + id + "?delay=0&repeatCount=1";
                    })
                    .routeId(id);
            boolean subReports = source == Source.SEDA || source == Source.AGGREGATE;
            if (!subReports) {
                reportIn(route);
            }
            ProcessorDefinition<?> steps = route.setProperty("rows", constant(ROWS));
            switch (source) {
                case TIMER, FILE_0, FILE_1 -> steps.process(exchange -> work(outcome, "work"));
                case QUARTZ -> steps.process(exchange -> work(outcome, "quartz"));
                case FILE_3 ->
                    steps.process(exchange -> {
                        if (exchange.getProperty(ExchangePropertyKey.BATCH_INDEX, Integer.class) == 1) {
                            work(outcome, "file");
                        }
                    });
                case SPLIT ->
                    steps.setBody(exchange -> IntStream.range(0, 1_000).boxed().toList())
                            .split(body())
                            .streaming()
                            .parallelProcessing()
                            .transform(body())
                            .end()
                            .process(exchange -> work(outcome, "after the split"));
                case SPLIT_WITH_3_FAILURES ->
                    steps.setBody(exchange -> IntStream.range(0, 1_000).boxed().toList())
                            .split(body())
                            .process(this::workOnItem)
                            .end()
                            .to("mock:split");
                case AGGREGATE ->
                    sub(
                            steps.aggregate(constant(true), new GroupedBodyAggregationStrategy())
                                    .completionSize(3),
                            "direct:");
                case DIRECT -> sub(steps, "direct:");
                case SEDA -> sub(steps, "seda:");
            }
        }

        private void workOnItem(Exchange exchange) throws Exception {
            int item = exchange.getMessage().getBody(Integer.class);
            if (item % 400 == 100) {
                work(outcome, "item " + item);
            }
        }

        private void sub(ProcessorDefinition<?> steps, String scheme) {
            steps.to(scheme + id);
            RouteDefinition sub = from(scheme + id).routeId(id + "-sub");
            if (source != Source.DIRECT) {
                reportIn(sub);
            }
            sub.process(exchange -> work(outcome, "sub"));
        }

        private void reportIn(RouteDefinition route) {
            if (place == Place.ON_COMPLETION) {
                route.onCompletion()
                        .to("pushgateway:" + id + "?operation=report&records=${exchangeProperty.rows}")
                        .end();
            }
        }
    }
}
