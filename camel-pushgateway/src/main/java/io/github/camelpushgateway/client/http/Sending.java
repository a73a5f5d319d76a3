package io.github.camelpushgateway.client.http;

import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import java.util.concurrent.CompletableFuture;

/** A request in flight. */
public interface Sending {

    /** Returns the outcome: the response of a success, or a {@link PushgatewayException} and no other exception. */
    CompletableFuture<PushResponse> outcome();

    /**
     * Returns whether an attempt was sent and has no response, so that the gateway may still execute it. Call this only
     * after completion.
     */
    boolean lacksResponse();

    /**
     * Takes the thread that reports the outcome for the continuation. Returns false if the continuation must run on
     * another thread.
     */
    boolean takeThread();
}
