package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.PushResponse;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A push in the queue of one gateway.
 *
 * @param push the push
 * @param outcome completes with the outcome of the request
 */
record QueuedPush(CountedPush push, CompletableFuture<PushResponse> outcome) {

    /** Completes the outcome. */
    void complete(@Nullable PushResponse response, @Nullable Throwable failure) {
        if (failure == null) {
            outcome.complete(response);
        } else {
            outcome.completeExceptionally(failure);
        }
    }
}
