package io.github.camelpushgateway.report;

import java.time.Instant;
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

    /** A start of a run that is reported, now or later. */
    interface ReportedStart {

        /** A start that is not reported. */
        ReportedStart NONE = () -> {};

        /** Cancels the report of the start, even if it is in flight. */
        void cancel();
    }

    /** Reporter of runs to a gateway. It also determines the outcome of exchanges. */
    interface RunReporter extends Service {

        /** Returns the endpoint of this reporter. */
        ReportEndpoint getEndpoint();

        /**
         * Reports the start of a run, if this is configured and the run lasts for a while. Returns at once and never throws
         * an exception.
         *
         * @param started the start of the run
         * @param exchange the first exchange of the run, which is only read before this method returns
         * @return the start, which must be cancelled at the end of the run, before the report
         */
        ReportedStart start(Instant started, Exchange exchange);

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
