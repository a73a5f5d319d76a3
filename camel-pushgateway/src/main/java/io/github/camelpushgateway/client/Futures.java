package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.PushgatewayException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Waiting for the outcome of a request. */
public final class Futures {

    private Futures() {}

    /**
     * Waits for the outcome on the calling thread.
     *
     * @return the result of the stage
     * @throws PushgatewayException if the stage completes with this exception
     * @throws InterruptedException if the thread is interrupted while waiting; the request continues
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
