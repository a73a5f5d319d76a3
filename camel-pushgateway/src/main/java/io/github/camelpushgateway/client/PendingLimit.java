package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.PushgatewayException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** Bounds how many requests of a client have no outcome yet. */
final class PendingLimit {

    private final int max;
    private final AtomicInteger pending = new AtomicInteger();

    PendingLimit(int max) {
        this.max = max;
    }

    /**
     * Begins a request, unless as many are pending as there may be.
     *
     * @param refusal makes the failure of a request that is not begun, with the rest of a sentence
     * @return completes as the stage of the request, when that is not counted any more
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows an outcome has none of its own
    <T> CompletionStage<T> begin(Supplier<CompletionStage<T>> request, Function<String, PushgatewayException> refusal) {
        if (pending.incrementAndGet() > max) {
            pending.decrementAndGet();
            return CompletableFuture.failedFuture(refusal.apply("was not sent, since " + max
                    + (max == 1 ? " request to the gateway is" : " requests to the gateway are")
                    + " pending, the maximum of the option maxPending;"
                    + " the gateway is slow or down: check it, or send less at a time"));
        }
        CompletionStage<T> begun;
        try {
            begun = request.get();
        } catch (Throwable e) { // also an error
            pending.decrementAndGet();
            throw e;
        }
        CompletableFuture<T> outcome = new CompletableFuture<>();
        begun.whenComplete((result, failure) -> {
            pending.decrementAndGet();
            if (failure == null) {
                outcome.complete(result);
            } else {
                outcome.completeExceptionally(failure);
            }
        });
        // not the stage that whenComplete gives: it would wrap the exception
        return outcome;
    }
}
