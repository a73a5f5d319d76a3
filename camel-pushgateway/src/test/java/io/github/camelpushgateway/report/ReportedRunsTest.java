package io.github.camelpushgateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.LogCapture;
import io.github.camelpushgateway.PushgatewayProducer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Assignment of exchanges to runs. */
class ReportedRunsTest extends ReportTestSupport {

    @TempDir
    Path inbox;

    private void writeFiles(int number) throws Exception {
        for (int i = 0; i < number; i++) {
            Files.writeString(inbox.resolve("file" + i), "one,two");
        }
    }

    /** Step that leaves a property of Camel on the exchange, or removes the properties of the batch. */
    enum Before {
        NOTHING,
        SPLIT_WITH_STRATEGY,
        SPLIT_TWICE,
        MULTICAST_WITH_STRATEGY,
        LOOP,
        ENRICH,
        POLL_OF_OTHER_FILES,
        SPLIT_THEN_MULTICAST_AROUND,
        WIRE_TAP_BEFORE,
        REMOVE_PROPERTIES,
        KAMELET_AROUND
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void pollIsReportedOnceByStep(Before before) throws Exception {
        writeFiles(3);
        addFileRoute(before, false, new CountDownLatch(3));

        assertThat(reports.await("poll", 1)).hasSize(1).allMatch(SentReports.SentReport::isSuccess);
        context.stop();
        assertThat(reports.of("poll")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Before.class)
    void pollWithOneFailedFileIsNotReportedAsSuccess(Before before) throws Exception {
        writeFiles(3);
        CountDownLatch files = new CountDownLatch(3);
        addFileRoute(before, true, files);
        context.getRouteController().startRoute("poll");

        assertThat(files.await(20, TimeUnit.SECONDS)).isTrue();
        context.stop();
        assertThat(reports.of("poll")).hasSizeLessThanOrEqualTo(1).noneMatch(SentReports.SentReport::claimsSuccess);
    }

    private void addFileRoute(Before before, boolean secondFails, CountDownLatch files) throws Exception {
        Files.createDirectories(inbox.resolve("other"));
        Files.writeString(inbox.resolve("other/a"), "other");
        addRoutes(routes -> {
            String report = "pushgateway:poll?operation=report";
            routes.from("direct:enriched").to("log:enriched?level=OFF");
            routes.routeTemplate("reporting").from("kamelet:source").to(report);
            RouteDefinition route = routes.from(
                            "file:" + inbox + "?initialDelay=0&delay=10&repeatCount=1&sortBy=file:name")
                    .routeId("poll");
            route.autoStartup(!secondFails)
                    .onCompletion()
                    .process(exchange -> files.countDown())
                    .end()
                    .process(exchange -> {
                        if (secondFails && "file1".equals(exchange.getMessage().getHeader(Exchange.FILE_NAME))) {
                            throw new IllegalStateException("failed");
                        }
                    });
            var strategy = new GroupedBodyAggregationStrategy();
            String direct = "direct:enriched";
            switch (before) {
                case NOTHING -> route.to(report);
                case SPLIT_WITH_STRATEGY ->
                    route.split(routes.body().tokenize(","), strategy)
                            .to(direct)
                            .end()
                            .to(report);
                case SPLIT_TWICE ->
                    route.split(routes.body().tokenize(","), strategy)
                            .to(direct)
                            .end()
                            .split(routes.body(), strategy)
                            .to(direct)
                            .end()
                            .to(report);
                case MULTICAST_WITH_STRATEGY ->
                    route.multicast(strategy).to(direct, direct).end().to(report);
                case LOOP -> route.loop(2).copy().to(direct).end().to(report);
                case ENRICH -> route.enrich(direct).to(report);
                case POLL_OF_OTHER_FILES ->
                    route.pollEnrich("file:" + inbox + "/other?noop=true&idempotent=false", 2_000)
                            .to(report);
                case SPLIT_THEN_MULTICAST_AROUND ->
                    route.split(routes.body().tokenize(","), strategy)
                            .to(direct)
                            .end()
                            .multicast()
                            .to(report);
                case WIRE_TAP_BEFORE -> route.wireTap(direct).to(report);
                case REMOVE_PROPERTIES -> route.removeProperties("*").to(report);
                case KAMELET_AROUND -> route.to("kamelet:reporting");
            }
        });
    }

    @Test
    void reportInSplitReportsEachPart() throws Exception {
        writeFiles(1);
        addRoutes(routes -> routes.from("file:" + inbox + "?initialDelay=0&repeatCount=1")
                .split(routes.body().tokenize(","))
                .to("pushgateway:part?operation=report"));

        assertThat(reports.await("part", 2)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"split, false", "split, true", "multicast, false", "multicast, true", "recipientList, true"})
    void routeTappedFromPartIsSeparateRun(String eip, boolean fails) throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("*"));
        addRoutes(routes -> {
            RouteDefinition route = routes.from("direct:a").routeId("a");
            switch (eip) {
                case "split" -> route.split(routes.body()).wireTap("direct:tapped");
                case "multicast" -> route.multicast().wireTap("direct:tapped");
                default -> {
                    route.recipientList(routes.constant("direct:between"));
                    routes.from("direct:between").routeId("between").wireTap("direct:tapped");
                }
            }
            routes.from("direct:tapped").routeId("tapped").process(exchange -> {
                if (fails) {
                    throw new IllegalStateException("failed");
                }
            });
        });

        context.createProducerTemplate().sendBody("direct:a", List.of("part"));

        assertThat(reports.await("tapped", 1))
                .hasSize(1)
                .allMatch(fails ? SentReports.SentReport::isFailure : SentReports.SentReport::isSuccess);
        assertThat(reports.jobs()).containsExactlyInAnyOrder("a", "tapped");
    }

    @ParameterizedTest
    @EnumSource(
            value = ExchangePattern.class,
            names = {"InOnly", "InOut"})
    void routeCalledByKameletBelongsToRunOfCaller(ExchangePattern pattern) throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("*"));
        addRoutes(routes -> {
            routes.routeTemplate("calling").from("kamelet:source").to("direct:b");
            routes.from("direct:a").routeId("a").to("kamelet:calling");
            routes.from("direct:b").routeId("b").to("log:b?level=OFF");
        });

        context.createProducerTemplate().send("direct:a", pattern, exchange -> {});

        assertThat(reports.await("a", 1)).hasSize(1);
        assertThat(reports.jobs()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multicast", "split", "enrich", "recipientList", "loop", "kamelet", "threads"})
    void routeCalledWithCopyBelongsToRunOfCaller(String eip) throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("*"));
        addRoutes(routes -> {
            routes.routeTemplate("calling").from("kamelet:source").to("direct:b");
            RouteDefinition route = routes.from("direct:a").routeId("a");
            switch (eip) {
                case "multicast" -> route.multicast().parallelProcessing().to("direct:b", "direct:b");
                case "split" -> route.split(routes.body()).parallelProcessing().to("direct:b");
                case "enrich" -> route.enrich("direct:b");
                case "recipientList" -> route.recipientList(routes.constant("direct:b"));
                case "loop" -> route.loop(2).copy().to("direct:b");
                case "kamelet" -> route.multicast().to("kamelet:calling");
                default -> route.threads().to("direct:b");
            }
            routes.from("direct:b").routeId("b").to("log:b?level=OFF");
        });

        context.createProducerTemplate().sendBody("direct:a", List.of(1, 2));

        assertThat(reports.await("a", 1)).hasSize(1).allMatch(SentReports.SentReport::isSuccess);
        assertThat(reports.jobs()).containsExactly("a");
    }

    @Test
    void eachFailedPollIsRunEvenWithSameException() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("*"));
        context.addComponent("failing", new FailingComponent());
        addRoutes(routes -> routes.from("failing:poll?initialDelay=0&delay=5&repeatCount=3")
                .routeId("failing")
                .to("mock:never"));

        assertThat(reports.await("failing", 3)).hasSize(3).allMatch(SentReports.SentReport::isFailure);
    }

    /** Component whose polls always fail with the same exception. */
    private static final class FailingComponent extends DefaultComponent {

        private final IllegalStateException failure = new IllegalStateException("the disk is not available");

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, java.util.Map<String, Object> parameters) {
            return new ScheduledPollEndpoint(uri, this) {
                @Override
                public org.apache.camel.Producer createProducer() {
                    throw new UnsupportedOperationException("consumes only");
                }

                @Override
                public Consumer createConsumer(Processor processor) throws Exception {
                    Consumer consumer = new ScheduledPollConsumer(this, processor) {
                        @Override
                        protected int poll() {
                            throw failure;
                        }
                    };
                    configureConsumer(consumer);
                    return consumer;
                }
            };
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"policy", "step", "onCompletion", "called route", "copy"})
    void idlePollIsNotRun(String place) throws Exception {
        CountDownLatch polls = new CountDownLatch(3);
        if (place.equals("policy") || place.equals("called route")) {
            context.addRoutePolicyFactory(
                    new PushgatewayRoutePolicyFactory(place.equals("policy") ? "idle" : "called"));
        }
        addRoutes(routes -> {
            String report = "pushgateway:idle?operation=report";
            RouteDefinition route = routes.from(
                            "file:" + inbox + "?sendEmptyMessageWhenIdle=true&initialDelay=0&delay=5")
                    .routeId("idle");
            switch (place) {
                case "step" -> route.to(report);
                case "onCompletion" -> route.onCompletion().to(report).end();
                case "called route" -> route.to("direct:called");
                case "copy" -> route.multicast().to(report).end();
                default -> route.to("log:idle?level=OFF");
            }
            route.process(exchange -> polls.countDown());
            routes.from("direct:called").routeId("called").to("log:called?level=OFF");
        });

        assertThat(polls.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(reports.jobs()).isEmpty();

        Files.writeString(inbox.resolve("file"), "a file");
        await().until(() -> !reports.jobs().isEmpty());
        assertThat(reports.of(reports.jobs().get(0))).allMatch(SentReports.SentReport::isSuccess);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "CamelExceptionCaught", "Camel*"})
    void handlerThatRemovesPropertiesDoesNotHideFailureFromPolicy(String pattern) throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("on*,dead,finally"));
        addRoutes(routes -> {
            routes.from("direct:handled")
                    .routeId("onExceptionHandled")
                    .onException(IllegalStateException.class)
                    .handled(true)
                    .removeProperties(pattern)
                    .end()
                    .throwException(new IllegalStateException("failed"));
            routes.from("direct:unhandled")
                    .routeId("onException")
                    .onException(IllegalStateException.class)
                    .removeProperties(pattern)
                    .end()
                    .throwException(new IllegalStateException("failed"));
            routes.from("direct:completed")
                    .routeId("onCompletion")
                    .onCompletion()
                    .modeBeforeConsumer()
                    .removeProperties(pattern)
                    .end()
                    .onException(IllegalStateException.class)
                    .handled(true)
                    .end()
                    .throwException(new IllegalStateException("failed"));
            routes.from("direct:dead")
                    .routeId("dead")
                    .errorHandler(routes.deadLetterChannel("direct:letters"))
                    .throwException(new IllegalStateException("failed"));
            routes.from("direct:letters").routeId("letters").removeProperties(pattern);
            routes.from("direct:finally")
                    .routeId("finally")
                    .doTry()
                    .throwException(new IllegalStateException("failed"))
                    .doFinally()
                    .removeProperties(pattern)
                    .end();
        });

        for (String route : List.of("handled", "unhandled", "completed", "dead", "finally")) {
            context.createProducerTemplate().request("direct:" + route, exchange -> {});
        }

        assertThat(reports.jobs()).hasSize(5);
        for (String job : reports.jobs()) {
            assertThat(reports.of(job)).as(job).hasSize(1).allMatch(SentReports.SentReport::isFailure);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"multicast", "recipientList", "enrich"})
    void partWhoseExceptionIsLostByHandlerFailsRun(String eip) throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("whole"));
        addRoutes(routes -> {
            RouteDefinition route = routes.from("direct:whole").routeId("whole");
            switch (eip) {
                case "multicast" -> route.multicast().to("direct:losing");
                case "enrich" -> route.enrich("direct:losing");
                default -> route.recipientList(routes.constant("direct:losing"));
            }
            route.to("pushgateway:last?operation=report");
            routes.from("direct:losing")
                    .onException(IllegalStateException.class)
                    .removeProperty(Exchange.EXCEPTION_CAUGHT)
                    .end()
                    .throwException(new IllegalStateException("failed"));
        });

        context.createProducerTemplate().send("direct:whole", exchange -> {});

        assertThat(reports.of("whole")).hasSize(1).allMatch(SentReports.SentReport::isFailure);
        assertThat(reports.of("last")).noneMatch(SentReports.SentReport::claimsSuccess);
    }

    @ParameterizedTest
    @ValueSource(strings = {"routingSlip", "dynamicRouter"})
    void routerWhosePartStopsRouteFailsRun(String eip) throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("whole"));
        addRoutes(routes -> {
            RouteDefinition route = routes.from("direct:whole").routeId("whole");
            if (eip.equals("routingSlip")) {
                route.routingSlip(routes.constant("direct:routed"));
            } else {
                AtomicInteger calls = new AtomicInteger();
                route.dynamicRouter(new ExpressionAdapter() {
                    @Override
                    public @Nullable Object evaluate(Exchange exchange) {
                        return calls.getAndIncrement() == 0 ? "direct:routed" : null;
                    }
                });
            }
            route.to("mock:never");
            RouteDefinition routed = routes.from("direct:routed");
            routed.onException(IllegalStateException.class).handled(true).to("log:handled?level=OFF");
            routed.multicast().throwException(new IllegalStateException("failed"));
        });

        context.createProducerTemplate().send("direct:whole", exchange -> {});

        assertThat(reports.of("whole")).hasSize(1).allMatch(SentReports.SentReport::isFailure);
    }

    @Test
    void exchangeOfUnknownOriginIsNotReported() throws Exception {
        addRoutes(routes -> {
            routes.from("direct:custom")
                    .aggregate(
                            routes.constant(true),
                            (before, next) -> new org.apache.camel.support.DefaultExchange(context))
                    .completionSize(1)
                    .to("pushgateway:unknown?operation=report")
                    .to("mock:after");
        });
        var after = context.getEndpoint("mock:after", org.apache.camel.component.mock.MockEndpoint.class);
        after.expectedMessageCount(1);

        try (LogCapture log = LogCapture.of(PushgatewayProducer.class, Level.WARN)) {
            context.createProducerTemplate().sendBody("direct:custom", "");
            after.assertIsSatisfied();
            assertThat(log.lines())
                    .hasSize(1)
                    .allMatch(line -> line.contains("unknown") && line.contains("unknown\"}"));
        }
        assertThat(reports.jobs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"toD, true", "template, true", "recipientList, false"})
    void runThatCreatesComponentIsReportedOnlyIfTracked(String eip, boolean tracked) throws Exception {
        try (DefaultCamelContext fresh = new DefaultCamelContext();
                LogCapture log = LogCapture.of(PushgatewayProducer.class, Level.WARN)) {
            fresh.getRegistry().bind("sent", reports);
            String report = "pushgateway:late?operation=report&handler=#sent";
            fresh.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    RouteDefinition route = from("direct:late").routeId("late");
                    switch (eip) {
                        case "toD" -> route.toD("pushgateway:${body}?operation=report&handler=#sent");
                        case "recipientList" -> route.recipientList(constant(report));
                        default ->
                            route.process(exchange -> exchange.getContext()
                                    .createProducerTemplate()
                                    .sendBody(report, ""));
                    }
                }
            });
            fresh.start();

            fresh.createProducerTemplate().sendBody("direct:late", "late");

            assertThat(reports.of("late")).hasSize(tracked ? 1 : 0).allMatch(SentReports.SentReport::isSuccess);
            assertThat(log.lines()).hasSize(tracked ? 0 : 1).allMatch(line -> line.contains("unknown"));
        }
    }

    /** The resequencer often sends an exchange on before its original has ended. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void resequencedExchangesOfFullBatchesAreReported(boolean split) throws Exception {
        PushgatewayRoutePolicyFactory factory =
                new PushgatewayRoutePolicyFactory("*", "pushgateway:${routeId}?coalesce=false");
        context.addRoutePolicyFactory(factory);
        addRoutes(routes -> {
            var resequence = routes.from("direct:a").routeId("a").resequence(routes.header("number"));
            resequence.batch().size(1).timeout(1_000);
            if (split) {
                // copies on the thread of the resequencer
                resequence
                        .split(routes.constant("a,b").tokenize(","))
                        .split(routes.constant("c,d").tokenize(","))
                        .to("mock:part");
            } else {
                resequence.to("mock:end");
            }
        });

        for (long number = 0; number < 500; number++) {
            context.createProducerTemplate().sendBodyAndHeader("direct:a", "", "number", number);
        }

        assertThat(reports.await("a", 500)).hasSize(500).allMatch(SentReports.SentReport::isSuccess);
    }

    @ParameterizedTest
    @CsvSource({"batch, false", "batch, true", "stream, false", "stream, true"})
    void resequencedExchangeIsReportedAtItsEnd(String kind, boolean fails) throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("*"));
        CountDownLatch proceed = new CountDownLatch(1);
        addRoutes(routes -> {
            RouteDefinition route = routes.from("direct:a").routeId("a");
            var resequence = route.resequence(routes.header("number"));
            // long timeouts (those of Camel): the exchange must have left the route before the resequencer sends it on,
            // even
            // on a busy machine
            if (kind.equals("batch")) {
                resequence.batch().timeout(1_000);
            } else {
                // number 1 is missing, so the delivery waits for the timeout
                resequence.stream().timeout(1_000).deliveryAttemptInterval(10);
            }
            resequence.process(exchange -> {
                proceed.await();
                if (fails) {
                    throw new IllegalStateException("failed");
                }
            });
        });

        context.createProducerTemplate().sendBodyAndHeader("direct:a", "", "number", 2L);
        assertThat(reports.jobs()).isEmpty();
        proceed.countDown();

        assertThat(reports.await("a", 1))
                .hasSize(1)
                .allMatch(fails ? SentReports.SentReport::isFailure : SentReports.SentReport::isSuccess);
    }

    @Test
    void incompletePollIsNotCombinedWithNextPoll() throws Exception {
        CountDownLatch files = new CountDownLatch(5);
        Files.writeString(inbox.resolve("a"), "");
        Files.writeString(inbox.resolve("c"), "");
        addRoutes(routes -> routes.from("file:" + inbox + "?initialDelay=0&delay=50&sortBy=file:name")
                .routeId("poll")
                .onCompletion()
                .process(exchange -> files.countDown())
                .end()
                .process(exchange -> {
                    if ("c".equals(exchange.getMessage().getHeader(Exchange.FILE_NAME))) {
                        // the file remains, and fails again in a poll with a new file
                        Files.writeString(inbox.resolve("d"), "");
                        throw new IllegalStateException("failed");
                    }
                })
                .to("pushgateway:poll?operation=report"));

        assertThat(files.await(20, TimeUnit.SECONDS)).isTrue();
        context.stop();

        assertThat(reports.of("poll")).noneMatch(SentReports.SentReport::claimsSuccess);
    }

    @ParameterizedTest
    @ValueSource(strings = {"push", "split", "delay", "threads"})
    void filesOfPollInAnyOrderAreOneRun(String step) throws Exception {
        writeFiles(5);
        addRoutes(routes -> {
            RouteDefinition route = routes.from("file:" + inbox + "?initialDelay=0&repeatCount=1");
            switch (step) {
                case "push" -> route.to("pushgateway:other?metricName=x&metricValue=1");
                case "split" ->
                    route.split(routes.body().tokenize(","))
                            .parallelProcessing()
                            .to("log:x?level=OFF");
                case "delay" -> route.delay(routes.simple("${random(1,30)}")).asyncDelayed();
                default -> route.threads(4);
            }
            route.to("pushgateway:poll?operation=report");
        });

        assertThat(reports.await("poll", 1)).hasSize(1).allMatch(SentReports.SentReport::isSuccess);
        // Camel moves a file after its exchange is done, on a thread that stopping does not wait for
        Path done = inbox.resolve(".camel");
        await().until(() ->
                Files.isDirectory(done) && Objects.requireNonNull(done.toFile().list()).length == 5);
        context.stop();
        assertThat(reports.of("poll")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"choice", "filter"})
    void failedAggregationInBranchIsReported(String branch) throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("*"));
        addRoutes(routes -> {
            RouteDefinition route = routes.from("direct:a").routeId("a");
            var taken = branch.equals("choice")
                    ? route.choice().when(routes.constant(true))
                    : route.filter(routes.constant(true));
            taken.aggregate(routes.constant(1), new GroupedBodyAggregationStrategy())
                    .completionSize(2)
                    .throwException(new IllegalStateException("failed"));
        });

        context.createProducerTemplate().sendBody("direct:a", "");
        context.createProducerTemplate().sendBody("direct:a", "");

        await().until(() -> reports.of("a").stream().anyMatch(SentReports.SentReport::isFailure));
    }

    @Test
    void routeThatSendsToItselfDoesNotRetainEarlierExchanges() throws Exception {
        CountDownLatch rounds = new CountDownLatch(3_000);
        List<java.lang.ref.WeakReference<Object>> early = new java.util.concurrent.CopyOnWriteArrayList<>();
        addRoutes(routes -> routes.from("seda:again?pollTimeout=10")
                .process(exchange -> {
                    if (early.size() < 5) {
                        early.add(new java.lang.ref.WeakReference<>(exchange));
                    }
                    rounds.countDown();
                })
                .filter(exchange -> rounds.getCount() > 0)
                .multicast()
                .to("seda:again"));

        context.createProducerTemplate().sendBody("seda:again", "");

        assertThat(rounds.await(20, TimeUnit.SECONDS)).isTrue();
        await().until(() -> {
            System.gc();
            return early.stream().allMatch(each -> each.get() == null);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void wireTapInOnCompletionReportsFailureAfterMulticast(boolean rollback) throws Exception {
        addRoutes(routes -> {
            RouteDefinition route = routes.from("direct:a");
            var completion = route.onCompletion().modeBeforeConsumer();
            completion.wireTap("pushgateway:tapped?operation=report");
            completion.end();
            route.multicast().to("log:part?level=OFF").end();
            if (rollback) {
                route.markRollbackOnly();
            } else {
                route.throwException(new IllegalStateException("failed"));
            }
        });

        context.createProducerTemplate().request("direct:a", exchange -> {});

        assertThat(reports.await("tapped", 1)).hasSize(1).allMatch(SentReports.SentReport::isFailure);
    }

    @Test
    void circuitBreakerFallbackIsSuccess() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("*"));
        addRoutes(routes -> routes.from("direct:a")
                .routeId("a")
                .circuitBreaker()
                .throwException(new IllegalStateException("failed"))
                .onFallback()
                .to("pushgateway:fallback?operation=report")
                .end());

        context.createProducerTemplate().request("direct:a", exchange -> {});

        assertThat(reports.await("fallback", 1)).hasSize(1).allMatch(SentReports.SentReport::isSuccess);
        assertThat(reports.await("a", 1)).hasSize(1).allMatch(SentReports.SentReport::isSuccess);
    }

    @Test
    void reportInDoFinallyOfInterceptIsFailure() throws Exception {
        addRoutes(routes -> {
            routes.intercept()
                    .doTry()
                    .throwException(new IllegalStateException("failed"))
                    .doFinally()
                    .to("pushgateway:intercepted?operation=report")
                    .end();
            routes.from("direct:a").to("log:a?level=OFF");
        });

        context.createProducerTemplate().request("direct:a", exchange -> {});

        assertThat(reports.await("intercepted", 1)).allMatch(SentReports.SentReport::isFailure);
    }
}
