package io.github.camelpushgateway;

import io.github.camelpushgateway.client.PushCounters;
import java.time.Instant;
import java.util.Date;
import org.apache.camel.Component;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.jspecify.annotations.Nullable;

/** Shows in JMX what happened to the pushes of an endpoint since it was made; deletes and reports are pushes here. */
abstract class CountingEndpoint extends ScheduledPollEndpoint {

    private final PushCounters counters = new PushCounters();

    CountingEndpoint(String uri, Component component) {
        super(uri, component);
    }

    PushCounters counters() {
        return counters;
    }

    @ManagedAttribute(description = "Pushes that exchanges asked for")
    public long getPushesAsked() {
        return counters.asked();
    }

    @ManagedAttribute(description = "HTTP requests begun that carried a push of this endpoint, each try by itself")
    public long getRequestsSent() {
        return counters.requests();
    }

    @ManagedAttribute(description = "Pushes that shared an HTTP request with others to the same group")
    public long getPushesFolded() {
        return counters.folded();
    }

    @ManagedAttribute(description = "Pushes that were refused before anything of them was sent")
    public long getPushesRefused() {
        return counters.refused();
    }

    @ManagedAttribute(description = "HTTP requests that were tries after a first one")
    public long getRetries() {
        return counters.retries();
    }

    @ManagedAttribute(description = "Pushes that failed: the gateway refused them, or gave no answer")
    public long getPushesFailed() {
        return counters.failed();
    }

    @ManagedAttribute(description = "Pushes that were asked for and have no outcome yet")
    public long getInFlight() {
        return counters.inFlight();
    }

    @ManagedAttribute(
            description = "Bytes of the bodies of those HTTP requests that were answered, compressed as they were sent")
    public long getBytesSent() {
        return counters.bytes();
    }

    @ManagedAttribute(description = "What the last push that was refused or failed said")
    public @Nullable String getLastError() {
        PushCounters.LastError error = counters.lastError();
        return error == null ? null : error.sentence();
    }

    @ManagedAttribute(description = "When a push was last refused or failed")
    public @Nullable Date getLastErrorTime() {
        PushCounters.LastError error = counters.lastError();
        return error == null ? null : Date.from(error.time());
    }

    @ManagedAttribute(description = "When a push last succeeded")
    public @Nullable Date getLastSuccessTime() {
        Instant success = counters.lastSuccess();
        return success == null ? null : Date.from(success);
    }
}
