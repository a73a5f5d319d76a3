package io.github.camelpushgateway.examples;

import org.apache.camel.builder.RouteBuilder;

/** Deletes the group of one region, and all groups of a job. */
public class DeleteRoute extends RouteBuilder {

    @Override
    public void configure() {
        // deletes the group of one region; the body is the name of the region
        from("direct:delete-region")
                .routeId("delete-region")
                .to("pushgateway:nightly-load?operation=delete&groupingKey.region=${body}")
                .log("the gateway responded with ${header.CamelPushgatewayResponseCode} to the deletion of ${body}");

        // deletes all groups of the job, regardless of their other labels
        from("direct:delete-job")
                .routeId("delete-job")
                .to("pushgateway:nightly-load?operation=sweep")
                .log("deleted ${body.size} groups: ${body}");
    }
}
