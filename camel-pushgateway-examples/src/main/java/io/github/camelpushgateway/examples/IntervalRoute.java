package io.github.camelpushgateway.examples;

import io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory;
import org.apache.camel.builder.RouteBuilder;

/** Reports the start, the interval and counters of a nightly job, and detects jobs that are late. */
public class IntervalRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::report[]
        // reports the start of each run, the interval of the job, and counters of all runs
        PushgatewayRoutePolicyFactory report = new PushgatewayRoutePolicyFactory("nightly-*");
        report.setReportStart(true);
        report.setReportInterval("{{nightly.interval}}");
        report.setReportCounters(true);
        getContext().addRoutePolicyFactory(report);

        from("file:{{nightly.inbox}}?moveFailed=.failed")
                .routeId("nightly-import")
                .to("{{nightly.work}}");
        // end::report[]
        // tag::late[]
        // sends one alert for each job that has not reported for twice its interval
        from("pushgateway:*?staleAfter=2x&newlyStaleOnly=true&delay={{late.period}}")
                .routeId("late")
                .setBody(simple("${body.job} is late: it has not reported for ${body.age} seconds"))
                .to("{{late.alerts}}");
        // end::late[]
    }
}
