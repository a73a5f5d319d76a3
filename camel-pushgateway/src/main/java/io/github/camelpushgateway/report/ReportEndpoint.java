package io.github.camelpushgateway.report;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Service;
import org.apache.camel.spi.EndpointServiceLocation;

/** An endpoint through which runs can be reported. Its service URL is that of the gateway. */
public interface ReportEndpoint extends Endpoint, EndpointServiceLocation {

    /** Returns a reporter that reports as this endpoint is told to; to be started, stopped and released by the caller. */
    RunReporter createReporter();

    /**
     * Takes back a reporter that has stopped.
     *
     * @return whether neither another reporter nor a route uses this endpoint, which can then be removed from the context
     */
    boolean release(RunReporter reporter);

    /** Determines the outcome of exchanges, and reports runs to a gateway. */
    interface RunReporter extends Service {

        /** Returns the endpoint through which it reports. */
        ReportEndpoint getEndpoint();

        /** Returns how it went with that exchange. */
        RunOutcome outcome(Exchange exchange);

        /**
         * Reports a run, and comes back when it is done. A failure to report is logged, and thrown by no means.
         *
         * @param exchange the last one of the run, for what of the report depends on an exchange
         */
        void report(RunOutcome outcome, Exchange exchange);
    }
}
