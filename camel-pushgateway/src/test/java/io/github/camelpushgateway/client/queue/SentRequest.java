package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.client.http.Sending;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** A request whose outcome a test decides. */
record SentRequest(CompletableFuture<PushResponse> outcome, BooleanSupplier noResponse) implements Sending {

    @Override
    public boolean lacksResponse() {
        return noResponse.getAsBoolean();
    }

    @Override
    public boolean takeThread() {
        return false;
    }
}
