package io.github.camelpushgateway.report;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Service;
import org.apache.camel.spi.EndpointServiceLocation;

/** An endpoint through which runs are reported. Its service URL is the URL of the gateway. */
public interface ReportEndpoint extends Endpoint, EndpointServiceLocation {

    /** Creates a reporter with the options of this endpoint. The caller starts, stops and releases it. */
    RunReporter createReporter();

    /**
     * Releases a stopped reporter.
     *
     * @return whether this endpoint is no longer used by a reporter or a route, so that it can be removed from the context
     */
    boolean release(RunReporter reporter);

    /** Reporter of runs to a gateway. It also determines the outcome of exchanges. */
    interface RunReporter extends Service {

        /** Returns the endpoint of this reporter. */
        ReportEndpoint getEndpoint();

        /** Returns the outcome of an exchange. */
        RunOutcome outcome(Exchange exchange);

        /**
         * Reports a run and waits until the report is complete. A failed report is logged and never thrown.
         *
         * @param exchange the last exchange of the run, for the parts of the report that depend on an exchange
         */
        void report(RunOutcome outcome, Exchange exchange);
    }
}
