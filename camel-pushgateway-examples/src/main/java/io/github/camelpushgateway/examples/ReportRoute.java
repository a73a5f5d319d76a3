package io.github.camelpushgateway.examples;

import io.github.camelpushgateway.report.PushgatewayRoutePolicy;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;

/** Loads files with one record per line, and reports each run. */
public class ReportRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("file:{{nightly.inbox}}?moveFailed=.failed")
                .routeId("nightly-load")
                .routePolicy(new PushgatewayRoutePolicy("pushgateway:${routeId}?records=${exchangeProperty.rows}"))
                .setProperty("rows", constant(0))
                .split(body().tokenize("\n"), new GroupedBodyAggregationStrategy())
                .stopOnException()
                // load a record here; an invalid record fails the file
                .validate(body().regex("[^;]+;[0-9]+"))
                .end()
                .setProperty("rows", simple("${body.size}"))
                .log("loaded ${exchangeProperty.rows} records");
    }
}
