package io.github.camelpushgateway.examples;

import io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory;
import org.apache.camel.builder.RouteBuilder;

/** Reports each run in protobuf. The report of a failed run that was traced has an exemplar with its trace. */
public class TracedRoute extends RouteBuilder {

    @Override
    public void configure() {
        PushgatewayRoutePolicyFactory report =
                new PushgatewayRoutePolicyFactory("nightly-*", "pushgateway:${routeId}?format=protobuf");
        report.setReportCounters(true);
        getContext().addRoutePolicyFactory(report);

        from("file:{{nightly.inbox}}?moveFailed=.failed")
                .routeId("nightly-import")
                .to("{{nightly.work}}");
    }
}
