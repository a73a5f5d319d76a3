package io.github.camelpushgateway;

import io.github.camelpushgateway.client.PushStatistics;
import java.time.Instant;
import java.util.Date;
import org.apache.camel.Component;
import org.apache.camel.api.management.ManagedAttribute;
import org.jspecify.annotations.Nullable;

/**
 * Endpoint that exposes the statistics of its pushes in JMX. The numbers count from the creation of the endpoint.
 * Deletes and reports count as pushes.
 */
abstract class CountingEndpoint extends PollingEndpoint {

    private final PushStatistics statistics = new PushStatistics();

    CountingEndpoint(String uri, Component component) {
        super(uri, component);
    }

    PushStatistics statistics() {
        return statistics;
    }

    @ManagedAttribute(description = "Number of pushes requested")
    public long getPushesRequested() {
        return statistics.requested();
    }

    @ManagedAttribute(description = "Number of attempts to send an HTTP request with pushes of this endpoint")
    public long getRequestsSent() {
        return statistics.requests();
    }

    @ManagedAttribute(description = "Number of pushes that shared an HTTP request with other pushes to the same group")
    public long getPushesCoalesced() {
        return statistics.pushesCoalesced();
    }

    @ManagedAttribute(description = "Number of pushes rejected before anything was sent")
    public long getPushesRejected() {
        return statistics.rejected();
    }

    @ManagedAttribute(description = "Number of HTTP requests sent as retries")
    public long getRequestsRetried() {
        return statistics.requestsRetried();
    }

    @ManagedAttribute(
            description = "Number of pushes that were not rejected but failed, such as a push that the gateway refused")
    public long getPushesFailed() {
        return statistics.failed();
    }

    @ManagedAttribute(description = "Number of requested pushes that have no outcome yet")
    public long getInFlight() {
        return statistics.inFlight();
    }

    @ManagedAttribute(
            description = "Number of body bytes, after compression, of the HTTP requests that received a response")
    public long getBytesSent() {
        return statistics.bytes();
    }

    @ManagedAttribute(description = "Error message of the last rejected or failed push")
    public @Nullable String getLastError() {
        PushStatistics.LastError error = statistics.lastError();
        return error == null ? null : error.sentence();
    }

    @ManagedAttribute(description = "Time of the last rejected or failed push")
    public @Nullable Date getLastErrorTime() {
        PushStatistics.LastError error = statistics.lastError();
        return error == null ? null : Date.from(error.time());
    }

    @ManagedAttribute(description = "Time of the last successful push")
    public @Nullable Date getLastSuccessTime() {
        Instant success = statistics.lastSuccess();
        return success == null ? null : Date.from(success);
    }
}
