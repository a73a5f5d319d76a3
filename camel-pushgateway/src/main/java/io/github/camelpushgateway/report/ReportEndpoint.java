package io.github.camelpushgateway.report;

import org.apache.camel.Endpoint;

/** An endpoint through which runs can be reported. */
public interface ReportEndpoint extends Endpoint {

    /** Returns a reporter that reports as this endpoint is told to; to be started and stopped by who asks. */
    RunReporter createReporter();
}
