package io.github.camelpushgateway.examples;

import org.apache.camel.builder.RouteBuilder;

/** Reports stale groups of a gateway, and deletes stale groups of temporary jobs. */
public class StaleRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::alert[]
        // sends one alert for each group of a nightly job that has become stale
        from("pushgateway:nightly-*?staleAfter={{stale.after}}&newlyStaleOnly=true&delay={{stale.period}}")
                .routeId("alert")
                .setBody(simple("${body.job} has not reported for ${body.age} seconds"))
                .to("{{stale.alerts}}");
        // end::alert[]
        // tag::dry-run[]
        // lists the groups that the sweep below would delete, without deleting them
        from("timer:dry-run?period={{stale.period}}")
                .routeId("dry-run")
                .to("pushgateway:tmp-*?operation=sweep&staleAfter={{stale.after}}&dryRun=true")
                .split(body())
                .setBody(simple("would delete ${body}, which is ${body.age} seconds old"))
                .to("{{stale.candidates}}");
        // end::dry-run[]
        // tag::sweep[]
        // deletes stale groups of temporary jobs; runs only if the property stale.sweep is true
        from("timer:sweep?period={{stale.period}}")
                .routeId("sweep")
                .autoStartup("{{stale.sweep}}")
                .to("pushgateway:tmp-*?operation=sweep&staleAfter={{stale.after}}")
                .log("deleted ${body.size} groups: ${body}");
        // end::sweep[]
    }
}
