package io.github.camelpushgateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelpushgateway.testing.WireServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.SafeCopyProperty;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start of a run is reported once if the run is long, and delays neither the run nor its report. */
class ReportedStartTest extends ReportedStartTestSupport {

    @TempDir
    Path inbox;

    @Test
    void longRunReportsItsStartAndThenItsEnd() throws Exception {
        addRoutes(
                "reportInterval=24h",
                routes -> routes.from("direct:in").routeId("long").process(this::hold));
        long before = System.currentTimeMillis() / 1_000;
        CompletableFuture<Exchange> run = send("direct:in", "");

        awaitRequests(1);
        assertThat(pushes("long").get(0)).containsOnlyKeys(START, "job_interval_seconds");
        assertThat(server.requests().get(0).method()).isEqualTo("POST");
        running.countDown();
        run.get();

        assertThat(pushes("long")).hasSize(2);
        Map<String, Double> report = pushes("long").get(1);
        assertThat(report)
                .containsEntry(START, pushes("long").get(0).get(START))
                .containsEntry("job_success", 1.0)
                .containsEntry("job_interval_seconds", 86_400.0);
        assertThat(isRunning(report)).isFalse();
        assertThat(report.get(START)).isBetween(before + 1.0, before + 3.0);
    }

    @Test
    void shortRunIsReportedByOneRequest() throws Exception {
        addRoutes("", routes -> routes.from("direct:in").routeId("short").to("log:short?level=OFF"));

        for (int i = 0; i < 5; i++) {
            send("direct:in", "").get();
        }

        await().pollDelay(AFTER_DELAY).until(() -> true);
        assertThat(pushes("short"))
                .hasSize(5)
                .allSatisfy(report -> assertThat(isRunning(report)).isFalse());
    }

    @Test
    void runWithoutReportStartHasNoStart() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("*"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("plain").delay(1_200);
            }
        });

        send("direct:in", "").get();

        assertThat(pushes("plain"))
                .singleElement()
                .satisfies(report -> assertThat(report).doesNotContainKey(START));
    }

    @Test
    void batchHasOneStart() throws Exception {
        for (int i = 0; i < 3; i++) {
            Files.writeString(inbox.resolve("file" + i), "x");
        }
        CountDownLatch last = new CountDownLatch(1);
        addRoutes(
                "",
                routes -> routes.from("file:" + inbox + "?initialDelay=0&delay=50&sendEmptyMessageWhenIdle=true")
                        .routeId("files")
                        .filter(routes.body().isNotNull())
                        .process(exchange -> {
                            if (exchange.getProperty(Exchange.BATCH_INDEX, Integer.class) == 1) {
                                hold(exchange);
                            } else if (exchange.getProperty(Exchange.BATCH_INDEX, Integer.class) == 2) {
                                assertThat(last.await(30, TimeUnit.SECONDS)).isTrue();
                            }
                        }));

        awaitRequests(1);
        running.countDown();
        await().pollDelay(AFTER_DELAY).until(() -> true);
        assertThat(pushes("files"))
                .singleElement()
                .satisfies(push -> assertThat(push).containsOnlyKeys(START));
        last.countDown();
        awaitRequests(2);

        // idle polls follow
        await().pollDelay(AFTER_DELAY).until(() -> true);
        assertThat(pushes("files")).hasSize(2);
        assertThat(isRunning(pushes("files").get(1))).isFalse();
        assertThat(pushes("files").get(1))
                .containsEntry(START, pushes("files").get(0).get(START));
    }

    /**
     * A batch whose last exchange was skipped is reported when the next one begins. A second ends between the two: copies
     * of the exchange, which the report needs, take until then.
     */
    @Test
    void batchIsRunningAlthoughTheIncompleteOneBeforeItIsReportedLater() throws Exception {
        BatchComponent batches = new BatchComponent();
        context.addComponent("batches", batches);
        addRoutes("", routes -> routes.from("batches:in").routeId("batch").to("log:batch?level=OFF"));
        batches.process(0, exchange -> {});
        long second = System.currentTimeMillis() / 1_000;
        SafeCopyProperty slow = new SafeCopyProperty() {
            @Override
            public SafeCopyProperty safeCopy() {
                await().pollInterval(Duration.ofMillis(5)).until(() -> System.currentTimeMillis() / 1_000 > second + 1);
                return this;
            }
        };

        batches.process(0, exchange -> exchange.getExchangeExtension().setSafeCopyProperty("slow", slow));
        awaitRequests(2);

        assertThat(pushes("batch").get(0)).containsKey(COMPLETION);
        assertThat(pushes("batch").get(1)).containsOnlyKeys(START);
        assertThat(pushes("batch").get(1).get(START))
                .isGreaterThan(pushes("batch").get(0).get(COMPLETION));
        batches.process(1, exchange -> {});
        assertThat(isRunning(pushes("batch").get(2))).isFalse();
    }

    @Test
    void calledRoutesRedeliveriesAndPartsHaveNoStartOfTheirOwn() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        addRoutes("", routes -> {
            routes.errorHandler(
                    routes.defaultErrorHandler().maximumRedeliveries(5).redeliveryDelay(10));
            routes.from("direct:in")
                    .routeId("caller")
                    .split(routes.body())
                    .to("direct:called")
                    .end()
                    .process(exchange -> {
                        if (attempts.getAndIncrement() < 3) {
                            throw new IllegalStateException("again");
                        }
                    });
            routes.from("direct:called").routeId("called").process(this::hold);
        });
        CompletableFuture<Exchange> run = send("direct:in", List.of("a", "b"));
        awaitRequests(1);
        await().pollDelay(AFTER_DELAY).until(() -> true);

        running.countDown();
        run.get();

        assertThat(pushes("called")).isEmpty();
        assertThat(pushes("caller")).hasSize(2);
        assertThat(pushes("caller").get(1)).containsEntry("job_success", 1.0);
    }

    @Test
    void aggregatedExchangeHasItsOwnStart() throws Exception {
        addRoutes(
                "",
                routes -> routes.from("seda:in?pollTimeout=10")
                        .routeId("aggregating")
                        .aggregate(routes.constant(1), new GroupedBodyAggregationStrategy())
                        .completionSize(2)
                        .process(this::hold));
        send("seda:in", "a").get();
        CompletableFuture<Exchange> second = send("seda:in", "b");

        awaitRequests(1);
        running.countDown();
        second.get();
        awaitRequests(2);

        await().pollDelay(AFTER_DELAY).until(() -> true);
        assertThat(pushes("aggregating")).hasSize(2);
        assertThat(pushes("aggregating").get(0)).containsOnlyKeys(START);
        assertThat(isRunning(pushes("aggregating").get(1))).isFalse();
    }

    /** Its exchange is older than the end of the run before it, which may look as if it were that of the run in progress. */
    @Test
    void runThatWaitedInAQueueIsInProgressFromItsBegin() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        addRoutes(
                "",
                routes -> routes.from("seda:in?pollTimeout=10")
                        .routeId("queued")
                        .process(exchange -> {
                            sent.await();
                            if (runs.getAndIncrement() == 0) {
                                awaitRequests(1);
                                TimeUnit.MILLISECONDS.sleep(1_100);
                            } else {
                                hold(exchange);
                            }
                        }));
        template.sendBody("seda:in", "1");
        template.sendBody("seda:in", "2");
        sent.countDown();

        awaitRequests(3);

        double completion = Objects.requireNonNull(pushes("queued").get(1).get(COMPLETION));
        assertThat(pushes("queued").get(2).get(START)).isGreaterThan(completion);
        running.countDown();
        awaitRequests(4);
        assertThat(pushes("queued").get(3))
                .containsEntry(START, pushes("queued").get(2).get(START))
                .satisfies(report -> assertThat(isRunning(report)).isFalse());
    }

    @Test
    void pendingStartOfStoppedBatchIsNotReported() throws Exception {
        Files.writeString(inbox.resolve("a"), "x");
        Files.writeString(inbox.resolve("b"), "x");
        CountDownLatch first = new CountDownLatch(1);
        AtomicLong begun = new AtomicLong();
        addRoutes(
                "",
                routes -> routes.from("file:" + inbox + "?initialDelay=0&delay=50")
                        .routeId("files")
                        .process(exchange -> {
                            // when the run began, or somewhat earlier
                            begun.set(System.nanoTime()
                                    - TimeUnit.MILLISECONDS.toNanos(
                                            exchange.getClock().elapsed()));
                            first.countDown();
                        })
                        .process(this::hold));
        assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();

        context.getRouteController().stopRoute("files", 1, TimeUnit.MILLISECONDS);

        assumeStopBeforeStart(begun.get());
        await().pollDelay(AFTER_DELAY).until(() -> true);
        assertThat(pushes("files")).isEmpty();
        running.countDown();
    }

    /** On a busy machine, the start of the run may be due before the stop. */
    private static void assumeStopBeforeStart(long begun) {
        assumeTrue(System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(900), "the stop took too long");
    }

    @Test
    void forcedShutdownDropsPendingStart() throws Exception {
        addRoutes(
                "requestTimeout=30s",
                routes -> routes.from("direct:in").routeId("stopped").process(this::hold));
        context.getShutdownStrategy().setTimeout(1);
        context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        long begun = System.nanoTime();
        CompletableFuture<Exchange> run = send("direct:in", "");
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> context.getInflightRepository().size("stopped") == 1);

        context.stop();

        assumeStopBeforeStart(begun);
        await().pollDelay(AFTER_DELAY).until(() -> true);
        assertThat(pushes("stopped")).noneMatch(push -> !push.containsKey(COMPLETION));
        assertThat(run).isNotDone();
        running.countDown();
    }

    @Test
    void labelsWithExpressionsAreEvaluatedAtTheStart() throws Exception {
        addRoutes(
                "labels.stage=${body}",
                routes -> routes.from("direct:in").routeId("labelled").process(this::hold));
        CompletableFuture<Exchange> run = send("direct:in", "load");

        awaitRequests(1);
        running.countDown();
        run.get();

        assertThat(pushes("labelled").get(0)).containsOnlyKeys(START + "{stage=\"load\"}");
        assertThat(pushes("labelled").get(1)).containsKey(START + "{stage=\"load\"}");
    }

    @Test
    void startAndReportHaveTheSameGroupWithTheAddressOfTheMachine() throws Exception {
        addRoutes(
                "instanceIp=true&groupingKey=region=eu",
                routes -> routes.from("direct:in").routeId("address").process(this::hold));
        CompletableFuture<Exchange> run = send("direct:in", "");

        awaitRequests(1);
        running.countDown();
        run.get();

        assertThat(server.requests())
                .extracting(WireServer.Request::path)
                .hasSize(2)
                .allSatisfy(path -> assertThat(path).isEqualTo("/metrics/job/address/instance/127.0.0.1/region/eu"));
    }

    @Test
    void failingExpressionDoesNotFailTheRun() throws Exception {
        context.getRegistry().bind("failing", (Supplier<String>) () -> {
            throw new IllegalStateException("no stage");
        });
        addRoutes(
                "labels.stage=${bean:failing?method=get}",
                routes -> routes.from("direct:in").routeId("failing").setBody(routes.constant("done")));

        Exchange run = send("direct:in", "").get();

        assertThat(run.getException()).isNull();
        assertThat(run.getMessage().getBody()).isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pushgateway:load-${header.region}",
                "pushgateway:load?groupingKey=region=${header.region}",
                "pushgateway:load?groupingKey.region=${header.region}"
            })
    void groupThatDependsOnTheExchangeIsRejected(String uri) {
        PushgatewayRoutePolicyFactory factory = new PushgatewayRoutePolicyFactory("*", uri);
        factory.setReportStart(true);
        context.addRoutePolicyFactory(factory);

        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:in").to("log:a");
                    }
                }))
                .hasStackTraceContaining("reportStart requires a job and a groupingKey without expressions");
    }

    @Test
    void stepOfARouteRejectsReportStart() {
        Endpoint endpoint = context.getEndpoint("pushgateway:a?operation=report&reportStart=true");

        assertThatThrownBy(endpoint::createProducer)
                .hasMessage("reportStart has no effect in a step of a route, which cannot detect the start of a run;"
                        + " remove it, or report the route with PushgatewayRoutePolicyFactory and reportStart");
    }

    @Test
    void optionInUriHasTheSameEffectAsProperty() throws Exception {
        PushgatewayRoutePolicy policy =
                new PushgatewayRoutePolicy("pushgateway:${routeId}?reportStart=true&reportInterval=1h");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("uri").routePolicy(policy).to("log:a?level=OFF");
            }
        });

        send("direct:in", "").get();

        assertThat(pushes("uri"))
                .singleElement()
                .satisfies(
                        report -> assertThat(report).containsKey(START).containsEntry("job_interval_seconds", 3_600.0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{{interval}}", "{{missing:24h}}", "{{sys:missing.interval:1 day}}", "{{env:MISSING:PT24H}}"})
    void intervalMayBeAPlaceholder(String interval) throws Exception {
        context.getPropertiesComponent().addInitialProperty("interval", "24h");
        PushgatewayRoutePolicy policy = new PushgatewayRoutePolicy();
        policy.setReportInterval(interval);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("placeholder").routePolicy(policy).to("log:a?level=OFF");
            }
        });

        send("direct:in", "").get();

        assertThat(pushes("placeholder"))
                .singleElement()
                .satisfies(report -> assertThat(report).containsEntry("job_interval_seconds", 86_400.0));
    }

    @Test
    void propertyAndOptionTogetherAreRejected() {
        PushgatewayRoutePolicy policy = new PushgatewayRoutePolicy("pushgateway:a?reportStart=true");
        policy.setReportStart(true);

        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:in").routePolicy(policy).to("log:a");
                    }
                }))
                .hasStackTraceContaining("reportStart is set twice");
    }
}
