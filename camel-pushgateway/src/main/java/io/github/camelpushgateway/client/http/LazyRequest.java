package io.github.camelpushgateway.client.http;

import io.github.camelpushgateway.api.GatewayRequest;
import org.jspecify.annotations.Nullable;

/** A request that is created when its first attempt starts, on the thread of the attempt, and used for all attempts. */
final class LazyRequest {

    private final RequestSource source;

    @Nullable
    private GatewayRequest request;

    LazyRequest(RequestSource source) {
        this.source = source;
    }

    synchronized GatewayRequest get() {
        GatewayRequest created = request;
        if (created == null) {
            created = source.create();
            request = created;
        }
        return created;
    }
}
