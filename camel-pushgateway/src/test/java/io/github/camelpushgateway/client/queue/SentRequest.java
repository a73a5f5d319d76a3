package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.client.http.Sending;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** A request whose outcome a test decides. */
record SentRequest(CompletableFuture<PushResponse> outcome, BooleanSupplier unanswered) implements Sending {

    @Override
    public boolean isUnanswered() {
        return unanswered.getAsBoolean();
    }

    @Override
    public boolean takeThread() {
        return false;
    }
}
