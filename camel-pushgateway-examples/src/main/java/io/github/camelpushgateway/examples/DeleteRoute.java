package io.github.camelpushgateway.examples;

import org.apache.camel.builder.RouteBuilder;

/** Deletes one group of a job, all groups of a job, and the group that a message names. */
public class DeleteRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::group[]
        // deletes the group of one region; the body is the name of the region
        from("direct:delete-region")
                .routeId("delete-region")
                .to("pushgateway:nightly-load?operation=delete&groupingKey.region=${body}")
                .log("the gateway responded with ${header.CamelPushgatewayResponseCode} to the deletion of ${body}");
        // end::group[]
        // tag::job[]
        // deletes all groups of the job, whatever their other labels are
        from("direct:delete-job")
                .routeId("delete-job")
                .to("pushgateway:nightly-load?operation=sweep")
                .log("deleted ${body.size} groups: ${body}");
        // end::job[]
        // deletes the group that a message names; the body is a map with the keys job and region
        from("direct:delete-named")
                .routeId("delete-named")
                .setHeader("CamelPushgatewayJob", simple("${body[job]}"))
                .setHeader("CamelPushgatewayGroupingKey", simple("region=${body[region]}"))
                .to("pushgateway:any?operation=delete")
                .removeHeaders("CamelPushgateway*");
    }
}
