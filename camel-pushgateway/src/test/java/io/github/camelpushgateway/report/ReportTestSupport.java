package io.github.camelpushgateway.report;

import io.github.camelpushgateway.testing.ContextTestSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;

/** Base class of tests that read the reports of routes from a handler, without a gateway. */
abstract class ReportTestSupport extends ContextTestSupport {

    final SentReports reports = new SentReports();

    /** Adds routes to a builder. */
    interface Configuration {
        void configure(RouteBuilder routes) throws Exception;
    }

    @Override
    protected void prepare(CamelContext context) throws Exception {
        gatewayOptions(context).setHandler(reports);
    }

    void addRoutes(Configuration configuration) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                configuration.configure(this);
            }
        });
    }
}
