package io.github.camelpushgateway.testing;

import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.client.transport.RequestProgress;
import org.jspecify.annotations.Nullable;

/** A listener that ignores the progress of a request. */
public final class IgnoredProgress implements RequestProgress {

    @Override
    public void beforeSend() {
        // ignored
    }

    @Override
    public void onProxy(@Nullable String proxy) {
        // ignored
    }

    @Override
    public void onSent() {
        // ignored
    }

    @Override
    public void onResponse() {
        // ignored
    }

    @Override
    public void onRefusal(GatewayResponse withoutText) {
        // ignored
    }
}
