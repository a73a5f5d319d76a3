package io.github.camelpushgateway.report;

import org.apache.camel.Exchange;
import org.apache.camel.Service;

/** Judges exchanges, and reports runs to a gateway. */
public interface RunReporter extends Service {

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
