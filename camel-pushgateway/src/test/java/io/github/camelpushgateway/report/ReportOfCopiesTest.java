package io.github.camelpushgateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.camelpushgateway.PushgatewayComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.processor.aggregate.GroupedExchangeAggregationStrategy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * {@code operation=report} with a copy of the exchange, or with an exchange whose properties were removed, in every
 * place that handles a failure or a completion, with every EIP that creates a copy, and with every removal of
 * properties.
 */
class ReportOfCopiesTest {

    private static final AtomicInteger CASES = new AtomicInteger();
    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();
    private static final SentReports REPORTS = new SentReports();

    /** Place of the report, and whether a successful run also reaches it. */
    enum Place {
        ON_EXCEPTION(false),
        ON_EXCEPTION_HANDLED(false),
        DO_CATCH(false),
        DO_CATCH_OF_CALLED_ROUTE(false),
        DO_FINALLY(true),
        DO_FINALLY_IN_ON_EXCEPTION(false),
        DO_FINALLY_OF_CALLED_ROUTE(true),
        DEAD_LETTER(false),
        DEAD_LETTER_OF_CALLED_ROUTE(false),
        ON_COMPLETION(true),
        ON_COMPLETION_BEFORE_CONSUMER(true),
        ON_COMPLETION_PARALLEL(true),
        ON_COMPLETION_BEFORE_CONSUMER_PARALLEL(true),
        ON_COMPLETION_AFTER_HANDLED(false),
        LAST_STEP_AFTER_RETRY(true),
        LAST_STEP_AFTER_CONTINUED(true),
        LAST_STEP_AFTER_DO_CATCH(true);

        private final boolean seesSuccess;

        Place(boolean seesSuccess) {
            this.seesSuccess = seesSuccess;
        }

        boolean seesFailure() {
            return !name().startsWith("LAST_STEP");
        }
    }

    enum Copy {
        NONE,
        DIRECT,
        MULTICAST,
        MULTICAST_PARALLEL,
        MULTICAST_SHARED_UNIT_OF_WORK,
        MULTICAST_TWICE,
        SPLIT,
        SPLIT_SHARED_UNIT_OF_WORK,
        SPLIT_THEN_MULTICAST,
        RECIPIENT_LIST,
        WIRE_TAP,
        WIRE_TAP_OF_ROUTE,
        ENRICH,
        ENRICH_SHARED_UNIT_OF_WORK,
        ENRICH_OF_ROUTE,
        POLL_ENRICH,
        POLL_ENRICH_THEN_MULTICAST,
        SEDA,
        SEDA_IN_OUT,
        KAMELET,
        KAMELET_OF_ROUTE,
        TO_D,
        ROUTING_SLIP,
        DYNAMIC_ROUTER,
        LOOP_OF_COPIES,
        AGGREGATE_BODIES,
        AGGREGATE_EXCHANGES,
        RESEQUENCE_BATCH,
        RESEQUENCE_STREAM,
        THREADS,
        FAILOVER,
        DELAY,
        SAVED_COPY
    }

    enum CleanUp {
        NONE,
        ALL_PROPERTIES,
        CAUGHT_EXCEPTION,
        CAMEL_PROPERTIES
    }

    /** Camel logs each failure with its stack trace. */
    private static final Logger ERROR_LOG = (Logger) LoggerFactory.getLogger("org.apache.camel");

    @BeforeAll
    static void start() {
        ERROR_LOG.setLevel(Level.OFF);
        // MBeans of hundreds of routes take most of the time
        CONTEXT.disableJMX();
        CONTEXT.getComponent("pushgateway", PushgatewayComponent.class)
                .getConfiguration()
                .setHandler(REPORTS);
        CONTEXT.start();
    }

    @AfterAll
    static void stop() throws Exception {
        CONTEXT.close();
        ERROR_LOG.setLevel(null);
    }

    /**
     * Returns each place with each copy and one removal of properties; with all removals if there is no copy, or with
     * reports.all.
     */
    static Stream<Arguments> places() {
        boolean all = Boolean.getBoolean("reports.all");
        List<Arguments> cases = new ArrayList<>();
        List<CleanUp> cleanUps = List.of(CleanUp.values());
        int pairs = 0;
        for (Place place : Place.values()) {
            for (Copy copy : Copy.values()) {
                boolean every = all || copy == Copy.NONE;
                for (CleanUp cleanUp : every ? cleanUps : List.of(cleanUps.get(pairs++ % cleanUps.size()))) {
                    cases.add(Arguments.of(place, copy, cleanUp));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("places")
    void failureIsNeverReportedAsSuccess(Place place, Copy copy, CleanUp cleanUp) throws Exception {
        String id = "copies-" + CASES.incrementAndGet();
        CONTEXT.addRoutes(new Routes(id, place, copy, cleanUp));

        if (place.seesFailure()) {
            run(id, "fail");

            assertThat(REPORTS.await(id + "-fail", 1)).hasSize(1).allMatch(SentReports.SentReport::isFailure);
        }
        if (place.seesSuccess) {
            run(id, "succeed");

            assertThat(REPORTS.await(id + "-succeed", 1)).hasSize(1).allMatch(SentReports.SentReport::isSuccess);
        }
        for (String suffix : new String[] {"", "-called", "-dead", "-copy", "-queue"}) {
            if (CONTEXT.getRoute(id + suffix) != null) {
                CONTEXT.getRouteController().stopRoute(id + suffix);
                CONTEXT.removeRoute(id + suffix);
            }
        }
    }

    private static void run(String id, String outcome) {
        CONTEXT.createProducerTemplate().request("direct:" + id, exchange -> {
            exchange.getMessage().setBody(outcome);
            exchange.getMessage().setHeader("outcome", outcome);
        });
    }

    private static final class Routes extends RouteBuilder {

        private final String id;
        private final Place place;
        private final Copy copy;
        private final CleanUp cleanUp;

        Routes(String id, Place place, Copy copy, CleanUp cleanUp) {
            this.id = id;
            this.place = place;
            this.copy = copy;
            this.cleanUp = cleanUp;
        }

        /**
         * Returns the endpoint of a report. The job is set by a header that depends on the outcome, so reports cannot
         * be confused.
         */
        private String report() {
            return "pushgateway:" + id + "-none?operation=report";
        }

        private static void work(Exchange exchange) {
            if ("fail".equals(exchange.getMessage().getHeader("outcome"))) {
                throw new IllegalStateException("failed");
            }
        }

        private void workAtSecondTry(Exchange exchange) {
            if (exchange.getMessage().getHeader(Exchange.REDELIVERED) == null) {
                throw new IllegalStateException("failed at first");
            }
        }

        @Override
        public void configure() {
            RouteDefinition route = from("direct:" + id).routeId(id);
            route.setHeader("CamelPushgatewayJob", simple(id + "-${header.outcome}"));
            switch (place) {
                case ON_EXCEPTION, ON_EXCEPTION_HANDLED -> {
                    end(route.onException(IllegalStateException.class).handled(place == Place.ON_EXCEPTION_HANDLED));
                    route.process(Routes::work);
                }
                case DO_CATCH -> end(route.doTry().process(Routes::work).doCatch(IllegalStateException.class));
                case DO_CATCH_OF_CALLED_ROUTE ->
                    end(route.doTry().to("direct:" + id + "-called").doCatch(IllegalStateException.class));
                case DO_FINALLY -> end(route.doTry().process(Routes::work).doFinally());
                case DO_FINALLY_IN_ON_EXCEPTION -> {
                    end(route.onException(IllegalStateException.class)
                            .handled(true)
                            .doTry()
                            .to("log:tried?level=OFF")
                            .doFinally());
                    route.process(Routes::work);
                }
                case DO_FINALLY_OF_CALLED_ROUTE ->
                    end(route.doTry().to("direct:" + id + "-called").doFinally());
                case DEAD_LETTER ->
                    route.errorHandler(deadLetterChannel("direct:" + id + "-dead"))
                            .process(Routes::work);
                case DEAD_LETTER_OF_CALLED_ROUTE ->
                    route.errorHandler(deadLetterChannel("direct:" + id + "-dead"))
                            .to("direct:" + id + "-called");
                case ON_COMPLETION -> {
                    end(route.onCompletion()).end();
                    route.process(Routes::work);
                }
                case ON_COMPLETION_BEFORE_CONSUMER -> {
                    end(route.onCompletion().modeBeforeConsumer()).end();
                    route.process(Routes::work);
                }
                case ON_COMPLETION_PARALLEL -> {
                    end(route.onCompletion().parallelProcessing()).end();
                    route.process(Routes::work);
                }
                case ON_COMPLETION_BEFORE_CONSUMER_PARALLEL -> {
                    end(route.onCompletion().modeBeforeConsumer().parallelProcessing())
                            .end();
                    route.process(Routes::work);
                }
                case ON_COMPLETION_AFTER_HANDLED -> {
                    cleanUp(route.onException(IllegalStateException.class).handled(true));
                    end(route.onCompletion()).end();
                    route.process(Routes::work);
                }
                case LAST_STEP_AFTER_RETRY ->
                    end(route.errorHandler(
                                    defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(0))
                            .process(this::workAtSecondTry));
                case LAST_STEP_AFTER_CONTINUED -> {
                    cleanUp(route.onException(IllegalStateException.class).continued(true));
                    end(route.process(exchange -> {
                        throw new IllegalStateException("failed");
                    }));
                }
                case LAST_STEP_AFTER_DO_CATCH ->
                    end(cleanUp(route.doTry()
                                    .process(exchange -> {
                                        throw new IllegalStateException("failed");
                                    })
                                    .doCatch(IllegalStateException.class))
                            .end());
            }
            if (place.name().endsWith("CALLED_ROUTE")) {
                from("direct:" + id + "-called")
                        .routeId(id + "-called")
                        .errorHandler(noErrorHandler())
                        .process(Routes::work);
            }
            if (place.name().startsWith("DEAD_LETTER")) {
                end(from("direct:" + id + "-dead").routeId(id + "-dead"));
            }
            if (copy.name().startsWith("SEDA")) {
                from("seda:" + id + "?pollTimeout=10").routeId(id + "-queue").to(report());
            } else if (copy == Copy.KAMELET) {
                routeTemplate(id + "-kamelet").from("kamelet:source").to(report());
            } else {
                cleanUp(from("direct:" + id + "-copy").routeId(id + "-copy")).to(report());
            }
            if (copy == Copy.KAMELET_OF_ROUTE) {
                routeTemplate(id + "-kamelet-of-route").from("kamelet:source").to("direct:" + id + "-copy");
            }
        }

        private <T extends ProcessorDefinition<?>> ProcessorDefinition<?> cleanUp(T steps) {
            return switch (cleanUp) {
                case NONE -> steps;
                case ALL_PROPERTIES -> steps.removeProperties("*");
                case CAUGHT_EXCEPTION -> steps.removeProperty(Exchange.EXCEPTION_CAUGHT);
                case CAMEL_PROPERTIES -> steps.removeProperties("Camel*");
            };
        }

        /** Adds the report at the end of the steps of a place, and returns the place. */
        private ProcessorDefinition<?> end(ProcessorDefinition<?> steps) {
            copy(cleanUp(steps));
            return steps;
        }

        private void copy(ProcessorDefinition<?> steps) {
            String direct = "direct:" + id + "-copy";
            switch (copy) {
                case NONE -> steps.to(report());
                case DIRECT -> steps.to(direct);
                case MULTICAST -> steps.multicast().to(report());
                case MULTICAST_PARALLEL ->
                    steps.multicast().parallelProcessing().to(direct);
                case MULTICAST_SHARED_UNIT_OF_WORK ->
                    steps.multicast().shareUnitOfWork().to(report());
                case MULTICAST_TWICE -> steps.multicast().multicast().to(direct);
                case SPLIT -> steps.split(body()).to(report());
                case SPLIT_SHARED_UNIT_OF_WORK ->
                    steps.split(body()).shareUnitOfWork().to(report());
                case SPLIT_THEN_MULTICAST ->
                    steps.split(body(), new GroupedBodyAggregationStrategy())
                            .to("log:part?level=OFF")
                            .end()
                            .multicast()
                            .to(direct);
                case RECIPIENT_LIST -> steps.recipientList(constant(direct));
                case WIRE_TAP -> steps.wireTap(report());
                case WIRE_TAP_OF_ROUTE -> steps.wireTap(direct);
                case ENRICH -> steps.enrich(report());
                case ENRICH_SHARED_UNIT_OF_WORK ->
                    steps.enrich().constant(report()).shareUnitOfWork();
                case ENRICH_OF_ROUTE -> steps.enrich(direct);
                case POLL_ENRICH -> pollEnrich(steps).to(report());
                case POLL_ENRICH_THEN_MULTICAST -> pollEnrich(steps).multicast().to(direct);
                case SEDA -> steps.to("seda:" + id);
                case SEDA_IN_OUT -> steps.toF("seda:%s?waitForTaskToComplete=Always", id);
                case KAMELET -> steps.to("kamelet:" + id + "-kamelet");
                case KAMELET_OF_ROUTE -> steps.to("kamelet:" + id + "-kamelet-of-route");
                case TO_D -> steps.toD(report());
                case ROUTING_SLIP -> steps.routingSlip(constant(direct));
                case DYNAMIC_ROUTER -> steps.dynamicRouter(method(new Once(direct)));
                case LOOP_OF_COPIES -> steps.loop(1).copy().to(direct);
                case AGGREGATE_BODIES ->
                    steps.aggregate(constant(true), new GroupedBodyAggregationStrategy())
                            .completionSize(1)
                            .to(report());
                case AGGREGATE_EXCHANGES ->
                    steps.aggregate(constant(true), new GroupedExchangeAggregationStrategy())
                            .completionSize(1)
                            .process(exchange -> exchange.getMessage()
                                    .setHeader(
                                            "CamelPushgatewayJob",
                                            ((Exchange) exchange.getMessage()
                                                            .getBody(List.class)
                                                            .get(0))
                                                    .getMessage()
                                                    .getHeader("CamelPushgatewayJob")))
                            .to(report());
                case RESEQUENCE_BATCH ->
                    steps.resequence(body()).batch().size(1).timeout(10).to(report());
                case RESEQUENCE_STREAM ->
                    steps.resequence(constant(1L)).stream()
                            .timeout(10)
                            .deliveryAttemptInterval(5)
                            .to(report());
                case THREADS -> steps.threads().to(report());
                case FAILOVER -> steps.loadBalance().failover().to("direct:" + id + "-none?block=false", direct);
                case DELAY -> steps.delay(1).asyncDelayed().to(report());
                case SAVED_COPY ->
                    steps.process(exchange -> {
                        Exchange saved = exchange.copy();
                        saved.getExchangeExtension().setUnitOfWork(null);
                        exchange.getContext().createProducerTemplate().send(direct, saved);
                    });
            }
        }

        /** Adds a pollEnrich. The polled exchange has its own failure state. */
        private ProcessorDefinition<?> pollEnrich(ProcessorDefinition<?> steps) {
            return steps.process(exchange -> exchange.getContext()
                            .createProducerTemplate()
                            .sendBodyAndHeaders(
                                    "seda:" + id + "-polled",
                                    "polled",
                                    exchange.getMessage().getHeaders()))
                    .pollEnrich("seda:" + id + "-polled");
        }
    }

    /** Dynamic router that routes once per run to an endpoint. */
    public static final class Once {

        private final String uri;
        private final Set<Object> routed = new HashSet<>();

        Once(String uri) {
            this.uri = uri;
        }

        /** Returns the endpoint once per run. The route may remove the property that Camel sets for a router. */
        public @Nullable String next(Exchange exchange) {
            return routed.add(exchange.getMessage().getHeader("outcome")) ? uri : null;
        }
    }
}
