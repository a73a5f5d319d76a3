package io.github.camelpushgateway.client.http;

import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import java.util.concurrent.CompletableFuture;

/** A request that is being sent. */
public interface Sending {

    /** Completes with the response of a success, or with a {@link PushgatewayException} and no other exception. */
    CompletableFuture<PushResponse> outcome();

    /** Returns whether the gateway may still carry out an attempt to which it has not responded. To be called when there is an outcome. */
    boolean isUnanswered();

    /** Takes the thread that reports the outcome, for its continuation. Returns false if the continuation must run on another thread. */
    boolean takeThread();
}
