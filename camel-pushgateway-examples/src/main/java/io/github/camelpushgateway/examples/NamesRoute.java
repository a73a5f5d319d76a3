package io.github.camelpushgateway.examples;

import org.apache.camel.builder.RouteBuilder;

/** Sends a metric and labels with the names of OpenTelemetry. The property names.escaping selects their form. */
public class NamesRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:measured")
                .routeId("send-duration")
                .to("pushgateway:shop?escaping={{names.escaping}}&groupingKey.service.name=checkout"
                        + "&metricName=http.server.duration&labels.http.route=/pay");
    }
}
