package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.PushResponse;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a request to one gateway.
 *
 * @param push what was asked for
 * @param outcome completes with the request's
 */
record QueuedPush(CountedPush push, CompletableFuture<PushResponse> outcome) {

    /** Tells what became of it. */
    void complete(@Nullable PushResponse response, @Nullable Throwable failure) {
        if (failure == null) {
            outcome.complete(response);
        } else {
            outcome.completeExceptionally(failure);
        }
    }
}
