package io.github.camelpushgateway.examples;

import org.apache.camel.builder.RouteBuilder;

/** The job of the pod. It runs once, when the pod starts. */
public class JobRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("timer:start?repeatCount=1&delay=0")
                .routeId("nightly-load")
                .setProperty("rows", constant(42))
                .log("loaded ${exchangeProperty.rows} rows");
    }
}
