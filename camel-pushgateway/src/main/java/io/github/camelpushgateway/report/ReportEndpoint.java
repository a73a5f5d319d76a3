package io.github.camelpushgateway.report;

import org.apache.camel.Endpoint;
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
}
