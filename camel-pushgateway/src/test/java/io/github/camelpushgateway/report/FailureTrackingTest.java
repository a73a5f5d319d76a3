package io.github.camelpushgateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.report.SentReports.SentReport;
import io.github.camelpushgateway.report.TrackedExchange.Tracking;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Expression;
import org.apache.camel.model.OnCompletionDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.ExpressionAdapter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures that Camel itself no longer shows, and failures that a route has recovered from. */
class FailureTrackingTest extends ReportTestSupport {

    private static final String QUIET = "log:quiet?level=OFF";

    @Override
    protected void prepare(CamelContext context) throws Exception {
        super.prepare(context);
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("whole"));
    }

    private void run() {
        context.createProducerTemplate().send("direct:whole", ExchangePattern.InOnly, exchange -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"multicast", "split", "recipientList", "enrich"})
    void queuedReportHasOutcomeAtTimeOfSending(String before) throws Exception {
        addRoutes(routes -> {
            routes.from("direct:quiet").to(QUIET);
            routes.from("seda:caught?pollTimeout=10")
                    .routeId("caught")
                    .autoStartup(false)
                    .to("pushgateway:caught?operation=report");
            routes.from("seda:after?pollTimeout=10").to("pushgateway:after?operation=report");
            var caught = routes.from("direct:whole")
                    .routeId("whole")
                    .doTry()
                    .throwException(new IllegalStateException("failed"))
                    .doCatch(IllegalStateException.class);
            copy(caught, before, routes.constant("direct:quiet"));
            caught.to(ExchangePattern.InOnly, "seda:caught")
                    .end()
                    .process(exchange -> context.getRouteController().startRoute("caught"))
                    .process(exchange -> reports.await("caught", 1))
                    .to(ExchangePattern.InOnly, "seda:after");
        });

        run();

        assertThat(reports.of("caught")).hasSize(1).allMatch(SentReport::isFailure);
        assertThat(reports.await("after", 1)).allMatch(SentReport::isSuccess);
        assertThat(reports.of("whole")).hasSize(1).allMatch(SentReport::isSuccess);
    }

    private static void copy(ProcessorDefinition<?> place, String eip, Expression direct) {
        switch (eip) {
            case "multicast" -> place.multicast().to("direct:quiet").end();
            case "split" -> place.split(direct).to("direct:quiet").end();
            case "recipientList" -> place.recipientList(direct).end();
            default -> place.enrich("direct:quiet");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "routingSlip, handled",
        "routingSlip, continued",
        "routingSlip, dead letter",
        "dynamicRouter, handled",
        "dynamicRouter, continued",
        "dynamicRouter, dead letter"
    })
    void exceptionLostBySecondErrorHandlerFailsRun(String router, String handler) throws Exception {
        addRoutes(routes -> {
            RouteDefinition route = routes.from("direct:whole").routeId("whole");
            if (handler.equals("dead letter")) {
                route.errorHandler(routes.deadLetterChannel("direct:dead"));
                routes.from("direct:dead").removeProperty(Exchange.EXCEPTION_CAUGHT);
            } else {
                OnExceptionDefinition clause = route.onException(IllegalStateException.class);
                clause.removeProperty(Exchange.EXCEPTION_CAUGHT);
                (handler.equals("handled") ? clause.handled(true) : clause.continued(true)).end();
            }
            if (router.equals("routingSlip")) {
                route.routingSlip(routes.constant("direct:routed"));
            } else {
                route.dynamicRouter(once("direct:routed"));
            }
            route.to("pushgateway:last?operation=report");
            // the error handler of the inner route runs first; the copy that the router creates restores the exception
            routes.from("direct:routed").to("direct:failing");
            routes.from("direct:failing").throwException(new IllegalStateException("failed"));
        });

        run();

        assertThat(reports.of("whole")).hasSize(1).allMatch(SentReport::isFailure);
        assertThat(reports.of("last")).noneMatch(SentReport::claimsSuccess);
    }

    private static Expression once(String uri) {
        AtomicInteger calls = new AtomicInteger();
        return new ExpressionAdapter() {
            @Override
            public @Nullable Object evaluate(Exchange exchange) {
                return calls.getAndIncrement() == 0 ? uri : null;
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"*, false", "Camel*, false", "CamelAggregationStrategy, false", "*, true", "Camel*, true"})
    void partThatRemovesAggregationStrategyOfItsSplitFailsRun(String pattern, boolean nested) throws Exception {
        addRoutes(routes -> {
            RouteDefinition route = routes.from("direct:whole").routeId("whole");
            route.split(routes.constant("part")).to("direct:part").end().to("pushgateway:last?operation=report");
            if (nested) {
                routes.from("direct:part").split(routes.constant("part")).to("direct:failing");
            } else {
                routes.from("direct:part").to("direct:failing");
            }
            routes.from("direct:failing").removeProperties(pattern).throwException(new IllegalStateException("failed"));
        });

        run();

        assertThat(reports.of("whole")).hasSize(1).allMatch(SentReport::isFailure);
        assertThat(reports.of("last")).noneMatch(SentReport::claimsSuccess);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multicast", "recipientList", "enrich"})
    void caughtFailureOfCopyThatRemovesPropertiesInSplitIsSuccess(String eip) throws Exception {
        addRoutes(routes -> {
            routes.from("direct:whole")
                    .routeId("whole")
                    .split(routes.constant("part"))
                    .to("direct:part")
                    .end()
                    .to("pushgateway:last?operation=report");
            var block = routes.from("direct:part").doTry();
            switch (eip) {
                case "multicast" -> block.multicast().to("direct:failing");
                case "recipientList" -> block.recipientList(routes.constant("direct:failing"));
                default -> block.enrich("direct:failing");
            }
            block.doCatch(IllegalStateException.class).to(QUIET).end();
            routes.from("direct:failing")
                    .removeProperties("Camel*")
                    .throwException(new IllegalStateException("failed"));
        });

        run();

        assertThat(List.of(reports.of("whole"), reports.of("last")))
                .allSatisfy(sent -> assertThat(sent).hasSize(1).allMatch(SentReport::isSuccess));
    }

    @Test
    void failureCaughtWithinDoCatchIsSuccess() throws Exception {
        addRoutes(routes -> {
            routes.from("direct:whole")
                    .routeId("whole")
                    .doTry()
                    .throwException(new IllegalStateException("failed"))
                    .doCatch(IllegalStateException.class)
                    .to("direct:recovering")
                    .end()
                    .to("pushgateway:last?operation=report");
            routes.from("direct:recovering")
                    .doTry()
                    .to("direct:failing")
                    .doCatch(IllegalStateException.class)
                    .to(QUIET)
                    .end();
            routes.from("direct:failing")
                    .onException(IllegalStateException.class)
                    .to(QUIET)
                    .end()
                    .throwException(new IllegalStateException("failed again"));
        });

        run();

        assertThat(List.of(reports.of("whole"), reports.of("last")))
                .allSatisfy(sent -> assertThat(sent).hasSize(1).allMatch(SentReport::isSuccess));
    }

    /** The results of a copy include the failure state from the creation of the copy. */
    @ParameterizedTest
    @CsvSource({
        "doFinally, multicast",
        "doFinally, split",
        "doFinally, recipientList",
        "doFinally, enrich",
        "onCompletion, multicast",
        "onCompletion, split",
        "onCompletion, recipientList",
        "onCompletion, enrich"
    })
    void successfulRetryIsSuccess(String place, String copy) throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        addRoutes(routes -> {
            routes.from("direct:quiet").to(QUIET);
            routes.from("direct:report").to("pushgateway:last?operation=report");
            RouteDefinition route = routes.from("direct:whole")
                    .routeId("whole")
                    .errorHandler(
                            routes.defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(0));
            if (place.equals("doFinally")) {
                var block = route.pipeline().doTry().to("direct:second").doFinally();
                copy(block, copy, routes.constant("direct:quiet"));
                block.end();
            } else {
                route.to("direct:completing");
                RouteDefinition completing = routes.from("direct:completing").errorHandler(routes.noErrorHandler());
                OnCompletionDefinition completion = completing.onCompletion().modeBeforeConsumer();
                copy(completion, copy, routes.constant("direct:quiet"));
                completion.end();
                completing.to("direct:second");
            }
            routes.from("direct:second")
                    .errorHandler(routes.noErrorHandler())
                    .enrich("direct:report")
                    .process(exchange -> {
                        if (attempts.getAndIncrement() == 0) {
                            throw new IllegalStateException("failed once");
                        }
                    });
        });

        run();

        assertThat(attempts).hasValue(2);
        assertThat(List.of(reports.of("whole"), reports.of("last")))
                .allSatisfy(sent -> assertThat(sent).isNotEmpty().allMatch(SentReport::isSuccess));
    }

    /** A polled exchange has the failure state of its own run. */
    @ParameterizedTest
    @CsvSource({
        "doCatch, seda",
        "doCatch, wireTap",
        "doFinally, seda",
        "doFinally, wireTap",
        "onException, seda",
        "onException, wireTap"
    })
    void reportSentAsynchronouslyAfterPollEnrichIsFailure(String place, String carrier) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<Boolean> waiting = thread.submit(() -> ended.await(20, TimeUnit.SECONDS));
        addRoutes(routes -> {
            routes.from("direct:report").to("pushgateway:late?operation=report");
            routes.from("seda:late?pollTimeout=10")
                    .routeId("late")
                    .autoStartup(false)
                    .to("direct:report");
            RouteDefinition route = routes.from("direct:whole").routeId("whole");
            ProcessorDefinition<?> handler = switch (place) {
                case "doCatch" -> route.doTry().to("direct:failing").doCatch(IllegalStateException.class);
                case "doFinally" -> route.doTry().to("direct:failing").doFinally();
                default -> route.onException(IllegalStateException.class).handled(true);
            };
            handler.pollEnrich("seda:polled");
            if (carrier.equals("seda")) {
                handler.to(ExchangePattern.InOnly, "seda:late");
            } else {
                handler.wireTap("direct:report").executorService(thread);
            }
            handler.end();
            route.to("direct:failing");
            routes.from("direct:failing")
                    .errorHandler(routes.noErrorHandler())
                    .throwException(new IllegalStateException("failed"));
        });
        context.createProducerTemplate().send("seda:polled", ExchangePattern.InOnly, exchange -> {});

        run();
        context.getRouteController().startRoute("late");
        ended.countDown();

        assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(reports.await("late", 1)).hasSize(1).allMatch(SentReport::isFailure);
        thread.shutdown();
    }

    @Test
    void exchangeDoesNotRetainEarlierExchangesOfItsRoute() {
        Tracking tracking = new Tracking();
        Exchange exchange = new DefaultExchange(context);
        TrackedExchange tracked = TrackedExchange.begin(tracking, exchange);
        List<WeakReference<TrackedExchange>> before = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Exchange next = ExchangeHelper.createCorrelatedCopy(exchange, false);
            TrackedExchange nextTracked = TrackedExchange.begin(tracking, next);
            before.add(new WeakReference<>(tracked));
            tracked.end(exchange);
            exchange = next;
            tracked = nextTracked;
        }

        await().until(() -> {
            System.gc();
            return before.subList(1, 9).stream().allMatch(each -> each.get() == null);
        });
        assertThat(TrackedExchange.isKnown(exchange)).isTrue();
        assertThat(tracking.live()).containsOnlyKeys(exchange.getExchangeId());
    }
}
