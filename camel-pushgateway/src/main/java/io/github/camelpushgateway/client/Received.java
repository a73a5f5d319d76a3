package io.github.camelpushgateway.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps what was read of the last answer that could be read as a whole. */
final class Received<T> {

    private final AnswerReader<T> reader;

    @Nullable
    private volatile T read;

    Received(AnswerReader<T> reader) {
        this.reader = reader;
    }

    void receive(GatewayResponse head, InputStream body) throws IOException {
        read = reader.read(head, body);
    }

    /** Completes with what was read when the request has its outcome, and as that if it failed. */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows an outcome has none of its own
    CompletableFuture<T> after(CompletableFuture<PushResponse> outcome, RequestDescription description) {
        CompletableFuture<T> result = new CompletableFuture<>();
        outcome.whenComplete((response, failure) -> {
            T complete = read;
            if (failure != null) {
                result.completeExceptionally(failure);
            } else if (complete != null) {
                result.complete(complete);
            } else {
                result.completeExceptionally(FailureMessages.withoutResponse(
                        description,
                        1,
                        new UnreadableAnswerException(
                                "the option handler has answered itself, so there was nothing to read", null)));
            }
        });
        // not the stage that whenComplete gives: it would wrap the exception
        return result;
    }
}
