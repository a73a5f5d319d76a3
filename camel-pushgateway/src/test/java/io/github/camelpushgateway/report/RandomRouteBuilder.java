package io.github.camelpushgateway.report;

import io.github.camelpushgateway.report.RandomRoute.CleanUp;
import io.github.camelpushgateway.report.RandomRoute.Completion;
import io.github.camelpushgateway.report.RandomRoute.ErrorHandling;
import io.github.camelpushgateway.report.RandomRoute.Harmless;
import io.github.camelpushgateway.report.RandomRoute.HarmlessStep;
import io.github.camelpushgateway.report.RandomRoute.MayFail;
import io.github.camelpushgateway.report.RandomRoute.Nested;
import io.github.camelpushgateway.report.RandomRoute.Report;
import io.github.camelpushgateway.report.RandomRoute.Scope;
import io.github.camelpushgateway.report.RandomRoute.Step;
import io.github.camelpushgateway.report.RandomRoute.Try;
import io.github.camelpushgateway.report.RandomRoute.ValueForm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Expression;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.OnCompletionDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.jspecify.annotations.Nullable;

/** Builds the Camel routes of a random route. */
final class RandomRouteBuilder extends RouteBuilder {

    private static final String REPORT = "pushgateway:none?operation=report";
    private static final String QUIET = "log:quiet?level=OFF";
    private static final String COUNTS = "countsOfRetries";

    private final RandomRoute random;
    private final ExecutorService threads;
    private final IdempotentRepository repository = new MemoryIdempotentRepository();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger keys = new AtomicInteger();

    RandomRouteBuilder(RandomRoute random, ExecutorService threads) {
        this.random = random;
        this.threads = threads;
    }

    /** Routes that all random routes use. */
    static final class SharedRoutes extends RouteBuilder {

        @Override
        public void configure() {
            from("direct:report").routeId("shared-report").to(REPORT);
            from("seda:report?pollTimeout=10").routeId("shared-queue").to(REPORT);
            // Camel uses the error handler of a wrong route for some Kamelets, so the Kamelets of the test have none
            routeTemplate("reporting").from("kamelet:source").to(REPORT);
            routeTemplate("calling")
                    .templateParameter("to")
                    .from("kamelet:source")
                    .to("{{to}}");
            from("direct:retrying")
                    .routeId("shared-retrying")
                    .errorHandler(defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(0))
                    .process(SharedRoutes::beginCountOfRetries)
                    .process(exchange -> {
                        if (exchange.getMessage().getHeader(Exchange.REDELIVERED) == null) {
                            throw new IllegalStateException("failed at first");
                        }
                    })
                    .process(SharedRoutes::endCountOfRetries);
            from("direct:continuing")
                    .routeId("shared-continuing")
                    .onException(Exception.class)
                    .continued(true)
                    .end()
                    .throwException(new IllegalStateException("failed"))
                    .to(QUIET);
            from("direct:handling")
                    .routeId("shared-handling")
                    .onException(Exception.class)
                    .handled(true)
                    .end()
                    .throwException(new IllegalStateException("failed"));
            from("direct:failing").routeId("shared-failing").throwException(new IllegalStateException("failed"));
            from("seda:failing?pollTimeout=10")
                    .routeId("shared-failing-queue")
                    .throwException(new IllegalStateException("failed"));
            from("direct:quiet").routeId("shared-quiet").to(QUIET);
        }

        /**
         * Removes Camel's headers that count the retries of the message, since they include the retries of the calling
         * route.
         */
        private static void beginCountOfRetries(Exchange exchange) {
            Map<String, Object> counts = new HashMap<>(exchange.getMessage().getHeaders());
            counts.keySet().removeIf(name -> !name.startsWith("CamelRedeliver"));
            exchange.setProperty(COUNTS, counts);
            exchange.getMessage().removeHeaders("CamelRedeliver*");
        }

        private static void endCountOfRetries(Exchange exchange) {
            Map<?, ?> counts = exchange.getProperty(COUNTS, Map.class);
            exchange.getMessage().removeHeaders("CamelRedeliver*");
            counts.forEach((name, count) -> exchange.getMessage().setHeader(name.toString(), count));
            exchange.removeProperty(COUNTS);
        }
    }

    @Override
    public void configure() {
        RouteDefinition route = route(random.scope, "direct:" + random.scope.id());
        if (random.completion != Completion.NONE) {
            OnCompletionDefinition completion = route.onCompletion();
            switch (random.completion) {
                case BEFORE_CONSUMER -> completion.modeBeforeConsumer();
                case PARALLEL -> completion.executorService(threads);
                case FAILURE_ONLY -> completion.onFailureOnly();
                case COMPLETE_ONLY -> completion.onCompleteOnly();
                case NONE, AFTER_CONSUMER -> {}
            }
            steps(completion, random.onCompletion);
            completion.end();
        }
        steps(route, random.scope.steps());
    }

    private RouteDefinition route(Scope scope, String uri) {
        RouteDefinition route = from(uri).routeId(scope.id());
        ErrorHandling errors = scope.errors();
        String dead = "direct:" + scope.id() + "-dead";
        switch (errors) {
            case NONE -> route.errorHandler(noErrorHandler());
            case DEFAULT -> route.errorHandler(defaultErrorHandler());
            case RETRY ->
                route.errorHandler(defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(0));
            case DEAD_LETTER -> {
                route.errorHandler(deadLetterChannel(dead));
                steps(from(dead).routeId(scope.id() + "-dead"), scope.handler());
            }
            case NOT_HANDLED, HANDLED, RETRY_THEN_HANDLED, CONTINUED -> {
                OnExceptionDefinition handler = route.onException(IllegalStateException.class);
                if (errors == ErrorHandling.CONTINUED) {
                    handler.continued(true);
                } else {
                    handler.handled(errors != ErrorHandling.NOT_HANDLED);
                }
                if (errors == ErrorHandling.RETRY_THEN_HANDLED) {
                    handler.maximumRedeliveries(1).redeliveryDelay(0);
                }
                steps(handler, scope.handler());
            }
        }
        return route;
    }

    private void steps(ProcessorDefinition<?> place, List<Step> steps) {
        steps.forEach(step -> step(place, step));
    }

    private void step(ProcessorDefinition<?> place, Step step) {
        if (step instanceof MayFail) {
            place.process(this::mayFail);
        } else if (step instanceof CleanUp cleanUp) {
            place.removeProperties(cleanUp.pattern());
        } else if (step instanceof HarmlessStep harmless) {
            harmless(place, harmless.kind());
        } else if (step instanceof Report report) {
            place.setHeader("CamelPushgatewayJob", constant(report.job()));
            report(place, report.carrier());
        } else if (step instanceof Try tried) {
            doTry(place, tried);
        } else if (step instanceof Nested nested) {
            nested(place, nested);
        }
    }

    private void doTry(ProcessorDefinition<?> place, Try tried) {
        TryDefinition block = place.doTry();
        steps(block, tried.steps());
        if (tried.caught() != null) {
            block.doCatch(IllegalStateException.class);
            steps(block, tried.caught());
        }
        if (tried.last() != null) {
            block.doFinally();
            steps(block, tried.last());
        }
        block.end();
    }

    private void mayFail(Exchange exchange) {
        switch (random.failure) {
            case NONE -> {}
            case ALWAYS -> throw new IllegalStateException("failed");
            case ONCE -> {
                if (failures.getAndIncrement() == 0) {
                    throw new IllegalStateException("failed once");
                }
            }
            case ROLLBACK -> exchange.setRollbackOnly(true);
        }
    }

    private void nested(ProcessorDefinition<?> place, Nested nested) {
        Scope inner = nested.scope();
        String uri = "direct:" + inner.id();
        if (nested.eip().usesOtherRoute()) {
            boolean queue = nested.eip() == RandomRoute.Eip.SEDA;
            steps(route(inner, queue ? "seda:" + inner.id() + "?pollTimeout=10" : uri), inner.steps());
        }
        switch (nested.eip()) {
            case FILTER -> steps(place.filter(constant(true)), inner.steps());
            case CHOICE -> {
                ChoiceDefinition choice = place.choice();
                choice.when(constant(true));
                steps(choice, inner.steps());
                choice.otherwise().to(QUIET);
            }
            case PIPELINE -> steps(place.pipeline(), inner.steps());
            case STEP -> steps(place.step(random.scope.id() + "-step-" + keys.incrementAndGet()), inner.steps());
            case IDEMPOTENT_CONSUMER -> steps(place.idempotentConsumer(key(), repository), inner.steps());
            case LOOP -> steps(place.loop(2), inner.steps());
            case LOOP_OF_COPIES -> steps(place.loop(2).copy(), inner.steps());
            case MULTICAST -> steps(place.multicast().pipeline(), inner.steps());
            case MULTICAST_THEN_OTHER -> {
                var multicast = place.multicast();
                steps(multicast.pipeline(), inner.steps());
                multicast.to(QUIET);
            }
            case MULTICAST_PARALLEL ->
                steps(
                        place.multicast()
                                .parallelProcessing()
                                .executorService(threads)
                                .pipeline(),
                        inner.steps());
            case SPLIT -> steps(place.split(parts()), inner.steps());
            case SPLIT_PARALLEL ->
                steps(place.split(parts()).parallelProcessing().executorService(threads), inner.steps());
            case SPLIT_GROUPED -> steps(place.split(parts(), new GroupedBodyAggregationStrategy()), inner.steps());
            case DIRECT -> place.to(uri);
            case TO_D -> place.toD(uri);
            case ROUTING_SLIP -> place.routingSlip(constant(uri));
            case DYNAMIC_ROUTER -> place.removeHeader(routed(uri)).dynamicRouter(once(uri));
            case KAMELET -> place.to("kamelet:calling/" + inner.id() + "-kamelet?noErrorHandler=true&to=" + uri);
            case FAILOVER -> place.loadBalance().failover().to(uri, QUIET);
            case RECIPIENT_LIST -> place.recipientList(constant(uri));
            case ENRICH -> place.enrich(uri);
            case WIRE_TAP -> place.wireTap(uri).executorService(threads);
            case SEDA -> place.to(ExchangePattern.InOnly, "seda:" + inner.id());
        }
    }

    private Expression parts() {
        return constant(List.of("one", "two"));
    }

    private Expression key() {
        return new ExpressionAdapter() {
            @Override
            public Object evaluate(Exchange exchange) {
                return "key-" + keys.incrementAndGet();
            }
        };
    }

    /**
     * Returns the endpoint once per run. It uses a header, since the route may remove the property that Camel sets for
     * a router.
     */
    private static Expression once(String uri) {
        String header = routed(uri);
        AtomicInteger calls = new AtomicInteger();
        return new ExpressionAdapter() {
            @Override
            public @Nullable Object evaluate(Exchange exchange) {
                boolean routed = exchange.getMessage().removeHeader(header) != null;
                if (routed || calls.incrementAndGet() > 20) {
                    return null;
                }
                exchange.getMessage().setHeader(header, true);
                return uri;
            }
        };
    }

    private static String routed(String uri) {
        return "routed-" + uri.replace(':', '-');
    }

    private void report(ProcessorDefinition<?> place, ValueForm carrier) {
        switch (carrier) {
            case NONE -> place.to(REPORT);
            case DIRECT -> place.to("direct:report");
            case TO_D -> place.toD("direct:report");
            case MULTICAST -> place.multicast().to(REPORT);
            case MULTICAST_PARALLEL ->
                place.multicast().parallelProcessing().executorService(threads).to("direct:report", "direct:quiet");
            case MULTICAST_TWICE -> place.multicast().multicast().to("direct:report");
            case SPLIT -> place.split(constant("part")).to(REPORT);
            case RECIPIENT_LIST -> place.recipientList(constant("direct:report"));
            case ENRICH -> place.enrich("direct:report");
            case ROUTING_SLIP -> place.routingSlip(constant("direct:report"));
            case WIRE_TAP -> place.wireTap("direct:report").executorService(threads);
            case SEDA -> place.to(ExchangePattern.InOnly, "seda:report");
            case KAMELET -> place.to("kamelet:reporting/shared-reporting?noErrorHandler=true");
            case LOOP_OF_COPIES -> place.loop(1).copy().to(REPORT);
        }
    }

    private void harmless(ProcessorDefinition<?> place, Harmless kind) {
        switch (kind) {
            case LOG -> place.to(QUIET);
            case DELAY -> place.delay(1);
            case THREADS -> place.threads().executorService(threads);
            case FAILURE_IN_DO_CATCH -> {
                TryDefinition block = place.doTry();
                block.throwException(new IllegalStateException("failed"));
                block.doCatch(IllegalStateException.class);
                block.to(QUIET);
                block.end();
            }
            case FAILURE_RETRIED_IN_CALLED_ROUTE -> place.to("direct:retrying");
            case FAILURE_CONTINUED_IN_CALLED_ROUTE -> place.to("direct:continuing");
            case FAILURE_HANDLED_IN_PART_OF_SPLIT ->
                place.split(constant("part")).to("direct:handling");
            case FAILURE_IN_WIRE_TAP -> place.wireTap("direct:failing").executorService(threads);
            case FAILURE_IN_SEDA -> place.to(ExchangePattern.InOnly, "seda:failing");
        }
    }
}
