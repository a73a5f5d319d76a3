package io.github.camelpushgateway.client.http;

import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A request from the first attempt to its outcome: the answer that counts, or why there is none. */
public final class RequestExecution implements Sending {

    private final RequestDescription description;
    private final RequestListener listener;
    private final Attempts attempts;
    private final CompletableFuture<PushResponse> outcome = new CompletableFuture<>();
    private final AtomicInteger count = new AtomicInteger();

    @Nullable
    private volatile Attempt current;

    private volatile boolean unanswered;

    /** Whether the gateway may have received an attempt before the current one. */
    private volatile boolean arrived;

    @Nullable
    private volatile IOException cancelled;

    /** Begins the attempts of a delivery. */
    interface Attempts {

        /**
         * Prepares an attempt.
         *
         * @param begins is notified when it begins, and of each HTTP request after the first one
         */
        Attempt prepare(Runnable begins);

        /** Begins an attempt, as soon as one of the slots is free. */
        void begin(Attempt attempt);

        /** Returns what tries a request again whose first attempt has failed, or null if nothing does. */
        @Nullable
        Retries retries();
    }

    /**
     * Prepares a delivery.
     *
     * @param description what it is, for the exception
     * @param listener is notified of the progress
     * @param attempts begins its attempts
     */
    RequestExecution(RequestDescription description, RequestListener listener, Attempts attempts) {
        this.description = description;
        this.listener = listener;
        this.attempts = attempts;
    }

    @Override
    public CompletableFuture<PushResponse> outcome() {
        return outcome;
    }

    @Override
    public boolean takeThread() {
        Attempt last = current;
        return last != null && last.takeThread();
    }

    @Override
    public boolean isUnanswered() {
        Attempt last = current;
        return unanswered || (last != null && last.isUnanswered());
    }

    /** Returns whether the gateway may have received an attempt. */
    private boolean mayHaveArrived() {
        Attempt last = current;
        return arrived || (last != null && last.mayHaveArrived());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what follows an outcome has none of its own
    RequestExecution start() {
        try {
            CompletableFuture<GatewayResponse> first = attempt();
            first.whenComplete((response, failure) -> settleOrTryAgain(first, response, failure));
        } catch (Throwable e) { // there may be no more memory
            settle(null, e);
        }
        return this;
    }

    /** A request that succeeds at once does not need what retries need, which is many classes at the start of a JVM. */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows an outcome has none of its own
    private void settleOrTryAgain(
            CompletableFuture<GatewayResponse> first, @Nullable GatewayResponse response, @Nullable Throwable failure) {
        try {
            Retries retries = isSuccess(response) ? null : attempts.retries();
            if (retries == null) {
                settle(response, failure);
            } else {
                retries.tryAgain(first, this::attempt).whenComplete(this::settle);
            }
        } catch (Throwable e) { // there may be no more memory
            settle(null, e);
        }
    }

    private static boolean isSuccess(@Nullable GatewayResponse response) {
        return response != null && PushResponse.isSuccess(response.statusCode());
    }

    private CompletableFuture<GatewayResponse> attempt() {
        IOException reason = cancelled;
        if (reason != null) {
            return CompletableFuture.failedFuture(reason);
        }
        if (current != null) {
            listener.retried();
        }
        unanswered = isUnanswered();
        arrived = mayHaveArrived();
        Attempt attempt = attempts.prepare(count::incrementAndGet);
        current = attempt;
        reason = cancelled;
        if (reason == null) {
            attempts.begin(attempt);
        } else {
            // cancel() may have looked before this one was there
            attempt.cancel(reason);
        }
        return attempt.outcome();
    }

    private void settle(@Nullable GatewayResponse response, @Nullable Throwable failure) {
        if (response != null && PushResponse.isSuccess(response.statusCode())) {
            outcome.complete(new PushResponse(response.statusCode()));
        } else if (response != null) {
            outcome.completeExceptionally(FailureMessages.refused(description, count.get(), response));
        } else if (failure instanceof IOException io) {
            outcome.completeExceptionally(FailureMessages.withoutResponse(description, count.get(), io));
        } else if (failure != null && mayHaveArrived()) {
            outcome.completeExceptionally(FailureMessages.withoutResponse(
                    description, count.get(), new FailedAfterSendingException(failure)));
        } else if (failure instanceof IllegalArgumentException illegal) {
            outcome.completeExceptionally(
                    PushgatewayException.refused(description.operation(), description.group(), illegal));
        } else if (failure instanceof OutOfMemoryError) {
            outcome.completeExceptionally(
                    PushgatewayException.unreadable(description.operation(), description.group(), failure));
        } else {
            outcome.completeExceptionally(FailureMessages.withoutResponse(
                    description, count.get(), new IOException(String.valueOf(failure), failure)));
        }
    }

    /** Ends the delivery from outside: nothing is tried any more. */
    void cancel(IOException reason) {
        cancelled = reason;
        Attempt attempt = current;
        if (attempt != null) {
            attempt.cancel(reason);
        }
        outcome.completeExceptionally(FailureMessages.withoutResponse(description, count.get(), reason));
    }
}
