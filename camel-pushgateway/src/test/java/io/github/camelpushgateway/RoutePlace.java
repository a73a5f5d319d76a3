package io.github.camelpushgateway;

import static org.apache.camel.builder.Builder.body;
import static org.apache.camel.builder.Builder.constant;
import static org.apache.camel.builder.Builder.simple;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.processor.aggregate.UseLatestAggregationStrategy;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.jspecify.annotations.Nullable;

/**
 * A place in a route that can hold an endpoint.
 *
 * @param templates adds the templates that the route needs
 * @param around adds the definitions outside the route
 * @param inside adds the steps of the route
 */
record RoutePlace(String name, Definition templates, Definition around, Steps inside) {

    private static final String NOTHING = "log:nothing?level=OFF";
    private static final String FAILING = "direct:nobody?block=false";
    private static final Steps SUCCEEDS = (at, uri) -> at.to(NOTHING);
    private static final Steps FAILS = (at, uri) -> at.process(RoutePlace::fail);

    private interface Definition {
        void addTo(RouteBuilder routes, String uri);
    }

    private interface Steps {
        void add(ProcessorDefinition<?> at, String uri);
    }

    private static final Definition NONE = (routes, uri) -> {};

    /** Returns every place in Camel's core, and combinations of places whose children Camel starts early. */
    static List<RoutePlace> all() {
        List<RoutePlace> all = new ArrayList<>(steps());
        all.addAll(branches());
        all.addAll(loadBalancers());
        all.addAll(templated());
        all.addAll(outsideTheRoute());
        return all;
    }

    private static List<RoutePlace> steps() {
        return List.of(
                step("to", (at, uri) -> at.to(uri)),
                step("step", (at, uri) -> at.step("s").to(uri).end()),
                step("pipeline", (at, uri) -> at.pipeline().to(uri).end()),
                step("toD", (at, uri) -> at.toD(uri)),
                step("recipientList", (at, uri) -> at.recipientList(constant(uri), "|")),
                step(
                        "recipientList parallel",
                        (at, uri) -> at.recipientList(constant(uri), "|").parallelProcessing()),
                step("routingSlip", (at, uri) -> at.routingSlip(constant(uri), "|")),
                step("dynamicRouter", (at, uri) -> at.dynamicRouter(once(uri))),
                step("wireTap", (at, uri) -> at.wireTap(uri)),
                step("wireTap static", (at, uri) -> at.wireTap(uri).dynamicUri(false)),
                step("enrich", (at, uri) -> at.enrich(uri)),
                step("loop", (at, uri) -> at.loop(1).to(uri)),
                step("loop copy", (at, uri) -> at.loop(1).copy().to(uri)),
                step("threads", (at, uri) -> at.threads(1).to(uri)),
                step("delay", (at, uri) -> at.delay(1).to(uri)),
                step("throttle", (at, uri) -> at.throttle(1000).to(uri)),
                step("saga", (at, uri) -> at.saga().to(uri)),
                step("circuitBreaker", (at, uri) -> at.circuitBreaker().to(uri).end()),
                step(
                        "onFallback",
                        (at, uri) -> at.circuitBreaker()
                                .throwException(new IllegalStateException("failed"))
                                .onFallback()
                                .to(uri)
                                .end()),
                step(
                        "resequence",
                        (at, uri) -> at.resequence(body()).batch().size(1).to(uri)),
                step(
                        "idempotentConsumer",
                        (at, uri) -> at.idempotentConsumer(
                                        simple("${exchangeId}"),
                                        MemoryIdempotentRepository.memoryIdempotentRepository())
                                .to(uri)),
                step(
                        "aggregate",
                        (at, uri) -> at.aggregate(constant(1), new GroupedBodyAggregationStrategy())
                                .completionSize(1)
                                .to(uri)),
                step(
                        "aggregate parallel",
                        (at, uri) -> at.aggregate(constant(1), new GroupedBodyAggregationStrategy())
                                .completionSize(1)
                                .parallelProcessing()
                                .to(uri)));
    }

    private static List<RoutePlace> branches() {
        return List.of(
                step("filter", (at, uri) -> at.filter(body()).to(uri)),
                step("choice when", (at, uri) -> at.choice().when(body()).to(uri)),
                step(
                        "choice otherwise",
                        (at, uri) -> at.choice()
                                .when(exchange -> false)
                                .to(NOTHING)
                                .otherwise()
                                .to(uri)),
                step("doTry", (at, uri) -> at.doTry().to(uri).doFinally().to(NOTHING)),
                step(
                        "doCatch",
                        (at, uri) -> at.doTry()
                                .process(RoutePlace::fail)
                                .doCatch(Exception.class)
                                .to(uri)),
                step(
                        "doFinally",
                        (at, uri) -> at.doTry().to(NOTHING).doFinally().to(uri)),
                step(
                        "split in doCatch",
                        (at, uri) -> at.doTry()
                                .process(RoutePlace::fail)
                                .doCatch(Exception.class)
                                .split(body())
                                .to(uri)),
                step("split", (at, uri) -> at.split(body()).to(uri)),
                step(
                        "split with strategy",
                        (at, uri) -> at.split(body(), new UseLatestAggregationStrategy())
                                .to(uri)),
                step(
                        "split parallel",
                        (at, uri) -> at.split(body())
                                .streaming()
                                .parallelProcessing()
                                .to(uri)),
                step(
                        "split with shared unit of work",
                        (at, uri) -> at.split(body()).shareUnitOfWork().to(uri)),
                step(
                        "choice in split",
                        (at, uri) -> at.split(body()).choice().when(body()).to(uri)),
                step("wireTap in split", (at, uri) -> at.split(body()).wireTap(uri)),
                step("multicast", (at, uri) -> at.multicast().to(uri)),
                step(
                        "multicast parallel",
                        (at, uri) -> at.multicast().parallelProcessing().to(uri)),
                step(
                        "pipeline in multicast",
                        (at, uri) -> at.multicast().pipeline().to(NOTHING).to(uri)),
                step(
                        "split in multicast",
                        (at, uri) -> at.multicast().split(body()).to(uri)));
    }

    private static List<RoutePlace> loadBalancers() {
        return List.of(
                step("roundRobin", (at, uri) -> at.loadBalance().roundRobin().to(uri)),
                step("random", (at, uri) -> at.loadBalance().random().to(uri)),
                step("topic", (at, uri) -> at.loadBalance().topic().to(uri)),
                step("sticky", (at, uri) -> at.loadBalance().sticky(body()).to(uri)),
                step(
                        "weighted",
                        (at, uri) -> at.loadBalance().weighted(true, "1").to(uri)),
                step(
                        "failover",
                        (at, uri) -> at.loadBalance().failover().to(FAILING).to(uri)));
    }

    private static List<RoutePlace> templated() {
        return List.of(
                templated("kamelet", "kamelet:source", (at, uri) -> at.to(uri), (at, id) -> at.to("kamelet:" + id)),
                templated("kamelet step", "kamelet:source", (at, uri) -> at.to(uri), (at, id) -> at.kamelet(id)),
                templated(
                        "kamelet in split",
                        "kamelet:source",
                        (at, uri) -> at.to(uri),
                        (at, id) -> at.split(body()).to("kamelet:" + id)),
                templated(
                        "split in kamelet",
                        "kamelet:source",
                        (at, uri) -> at.split(body()).to(uri),
                        (at, id) -> at.to("kamelet:" + id)),
                new RoutePlace(
                        "split in route template",
                        (routes, uri) -> routes.routeTemplate("template")
                                .from("direct:template")
                                .split(body())
                                .to(uri),
                        (routes, uri) -> TemplatedRouteBuilder.builder(routes.getContext(), "template")
                                .routeId("templated")
                                .add(),
                        (at, uri) -> at.to("direct:template")));
    }

    private static RoutePlace templated(String name, String from, Steps template, Steps caller) {
        String id = "template-of-" + name.replace(' ', '-');
        return new RoutePlace(
                name,
                (routes, uri) -> template.add(routes.routeTemplate(id).from(from), uri),
                NONE,
                (at, uri) -> caller.add(at, id));
    }

    private static List<RoutePlace> outsideTheRoute() {
        return List.of(
                outside("intercept", (routes, uri) -> routes.intercept().to(uri), SUCCEEDS),
                outside(
                        "split in intercept",
                        (routes, uri) -> routes.intercept().split(body()).to(uri),
                        SUCCEEDS),
                outside("interceptFrom", (routes, uri) -> routes.interceptFrom().to(uri), SUCCEEDS),
                outside(
                        "split in interceptFrom",
                        (routes, uri) -> routes.interceptFrom().split(body()).to(uri),
                        SUCCEEDS),
                outside(
                        "interceptSendToEndpoint",
                        (routes, uri) -> routes.interceptSendToEndpoint("log:intercepted")
                                .to(uri),
                        (at, uri) -> at.to("log:intercepted")),
                outside(
                        "onException",
                        (routes, uri) -> routes.onException(Exception.class)
                                .handled(true)
                                .to(uri),
                        FAILS),
                outside(
                        "split in onException",
                        (routes, uri) -> routes.onException(Exception.class)
                                .handled(true)
                                .split(body())
                                .to(uri),
                        FAILS),
                outside(
                        "multicast in onException",
                        (routes, uri) -> routes.onException(Exception.class)
                                .handled(true)
                                .multicast()
                                .to(uri),
                        FAILS),
                outside(
                        "dead letter channel",
                        (routes, uri) -> routes.errorHandler(routes.deadLetterChannel(uri)),
                        FAILS),
                outside("onCompletion", (routes, uri) -> routes.onCompletion().to(uri), SUCCEEDS),
                outside(
                        "onCompletion parallel",
                        (routes, uri) ->
                                routes.onCompletion().parallelProcessing().to(uri),
                        SUCCEEDS),
                outside(
                        "split in onCompletion",
                        (routes, uri) -> routes.onCompletion().split(body()).to(uri),
                        SUCCEEDS),
                outside(
                        "multicast in onCompletion",
                        (routes, uri) -> routes.onCompletion().multicast().to(uri),
                        SUCCEEDS));
    }

    private static RoutePlace step(String name, Steps inside) {
        return new RoutePlace(name, NONE, NONE, inside);
    }

    private static RoutePlace outside(String name, Definition around, Steps inside) {
        return new RoutePlace(name, NONE, around, inside);
    }

    private static void fail(Exchange exchange) {
        throw new IllegalStateException("expected failure");
    }

    private static Expression once(String uri) {
        return new ExpressionAdapter() {
            @Override
            public @Nullable Object evaluate(Exchange exchange) {
                return exchange.getProperty(Exchange.SLIP_ENDPOINT) == null ? uri : null;
            }
        };
    }

    /** Returns the templates, which remain when a route is removed. */
    RouteBuilder templates(String uri) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                templates.addTo(this, uri);
            }
        };
    }

    /** Returns a route with the id {@link #id} that consumes from {@link #start} and has the endpoint in this place. */
    RouteBuilder route(String uri, boolean autoStartup) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                around.addTo(this, uri);
                inside.add(from(start()).routeId(id()).autoStartup(autoStartup), uri);
            }
        };
    }

    String id() {
        return name.replace(' ', '-');
    }

    String start() {
        return "direct:" + id();
    }

    /**
     * Returns whether a restart of the context removes the place: Camel removes an intercept from the definition of the
     * route.
     */
    boolean isLostInARestart() {
        return name.endsWith("intercept");
    }

    /** Returns whether Camel creates the endpoint only when an exchange names it. */
    boolean isNamedByMessage() {
        return name.startsWith("recipientList") || name.equals("routingSlip") || name.equals("dynamicRouter");
    }

    @Override
    public String toString() {
        return name;
    }
}
