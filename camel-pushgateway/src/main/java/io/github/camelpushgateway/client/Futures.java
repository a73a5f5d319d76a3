package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.PushgatewayException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Waits for what comes of a request. */
public final class Futures {

    private Futures() {}

    /**
     * Waits on the calling thread.
     *
     * @throws PushgatewayException if that is what the stage completes with
     * @throws InterruptedException if the thread is interrupted meanwhile; the request goes on
     */
    public static <T> T await(CompletionStage<T> outcome) throws PushgatewayException, InterruptedException {
        try {
            return outcome.toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PushgatewayException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
