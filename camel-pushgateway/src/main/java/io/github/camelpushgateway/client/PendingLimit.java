package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.PushgatewayException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The limit of the number of pending requests of a client. */
final class PendingLimit {

    private final int max;
    private final AtomicInteger pending = new AtomicInteger();

    PendingLimit(int max) {
        this.max = max;
    }

    /**
     * Starts a request unless the limit is reached.
     *
     * @param rejection creates the exception for a rejected request from the rest of a sentence
     * @return a stage that completes with the outcome of the request, after the request is no longer counted
     */
    <T> CompletionStage<T> begin(
            Supplier<CompletionStage<T>> request, Function<String, PushgatewayException> rejection) {
        String reason = begin();
        if (reason != null) {
            return CompletableFuture.failedFuture(rejection.apply(reason));
        }
        try {
            return end(request.get());
        } catch (Throwable e) { // including errors
            end();
            throw e;
        }
    }

    /** Counts a request. Returns why it must not be sent, or null if it may be; it is then counted until it ends. */
    @Nullable
    String begin() {
        if (pending.incrementAndGet() <= max) {
            return null;
        }
        pending.decrementAndGet();
        return "was not sent, because " + max
                + (max == 1 ? " request to the gateway is" : " requests to the gateway are")
                + " pending, the maximum of the option maxPending;"
                + " the gateway is slow or down: check it, or send less at a time";
    }

    /** Returns a stage that completes like the given one, after the request is no longer counted. */
    <T> CompletionStage<T> end(CompletionStage<T> outcome) {
        return Futures.after(outcome, (result, failure) -> end());
    }

    /** Ends the count of a request that was not started. */
    void end() {
        pending.decrementAndGet();
    }
}
