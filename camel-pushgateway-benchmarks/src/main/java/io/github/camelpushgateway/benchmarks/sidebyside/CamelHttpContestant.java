package io.github.camelpushgateway.benchmarks.sidebyside;

import java.net.URI;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Contestant that uses Camel's component {@code http} and hand-written text. */
final class CamelHttpContestant extends CamelContestant {

    private final URI gateway;

    CamelHttpContestant(URI gateway) {
        this.gateway = gateway;
    }

    @Override
    public Push one(String job) throws Exception {
        RouteBuilder route = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + job)
                        .process(exchange -> exchange.getMessage()
                                .setBody(Exposition.one(exchange.getMessage().getBody(Double.class))))
                        .setHeader(Exchange.HTTP_METHOD, constant("POST"))
                        .setHeader(Exchange.CONTENT_TYPE, constant(Exposition.CONTENT_TYPE))
                        // one connection for each caller: the default is 20 connections to one host
                        .to(gateway.resolve("/metrics/job/" + job)
                                + "?connectionsPerRoute=256&maxTotalConnections=256");
            }
        };
        return route(job, route, value -> value);
    }
}
