package io.github.camelpushgateway.client.http;

import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The execution of a request: all attempts up to the outcome. */
public final class RequestExecution implements Sending {

    /** The only response of a Pushgateway to a request that deletes groups. */
    private static final int ACCEPTED = 202;

    private final RequestDescription description;
    private final RequestListener listener;
    private final Attempts attempts;
    private final CompletableFuture<PushResponse> outcome = new CompletableFuture<>();
    private final AtomicInteger count = new AtomicInteger();

    @Nullable
    private volatile Attempt current;

    /** Whether an earlier attempt was sent and had no response. */
    private volatile boolean earlierLacksResponse;

    /** Whether the gateway may have received an earlier attempt. */
    private volatile boolean earlierMayHaveArrived;

    @Nullable
    private volatile IOException cancelled;

    /** Prepares and starts the attempts of an execution. */
    interface Attempts {

        /**
         * Prepares an attempt.
         *
         * @param requests counts the start of the attempt, and each HTTP request after the first one
         */
        Attempt prepare(AtomicInteger requests);

        /** Starts an attempt as soon as a slot is free. */
        void begin(Attempt attempt);

        /** Called before the outcome completes if the gateway executes the request later. */
        void accepted();

        /** Returns the retries of a request whose first attempt failed, or null if it is not retried. */
        @Nullable
        Retries retries();
    }

    /**
     * Prepares an execution.
     *
     * @param description describes the request, for the exception
     * @param listener notified of the progress
     * @param attempts prepares and starts the attempts
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
    public boolean lacksResponse() {
        Attempt last = current;
        return earlierLacksResponse || (last != null && last.lacksResponse());
    }

    /** Returns whether the gateway may have received an attempt. Call this only after completion. */
    public boolean mayHaveArrived() {
        Attempt last = current;
        return earlierMayHaveArrived || (last != null && last.mayHaveArrived());
    }

    /** Starts the first attempt. */
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    RequestExecution start() {
        try {
            CompletableFuture<GatewayResponse> first = attempt();
            first.whenComplete((response, failure) -> settleOrRetry(first, response, failure));
        } catch (Throwable e) { // for example an OutOfMemoryError
            settle(null, e);
        }
        return this;
    }

    /**
     * Completes the execution, or retries. Retries load many classes, so a request that succeeds immediately avoids
     * them.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    private void settleOrRetry(
            CompletableFuture<GatewayResponse> first, @Nullable GatewayResponse response, @Nullable Throwable failure) {
        try {
            Retries retries = isSuccess(response) ? null : attempts.retries();
            if (retries == null) {
                settle(response, failure);
            } else {
                retries.retry(first, this::attempt).whenComplete(this::settle);
            }
        } catch (Throwable e) { // for example an OutOfMemoryError
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
        earlierLacksResponse = lacksResponse();
        earlierMayHaveArrived = mayHaveArrived();
        Attempt attempt = attempts.prepare(count);
        current = attempt;
        reason = cancelled;
        if (reason == null) {
            attempts.begin(attempt);
        } else {
            // cancel() may have run before this attempt was visible
            attempt.cancel(reason);
        }
        return attempt.outcome();
    }

    private void settle(@Nullable GatewayResponse response, @Nullable Throwable failure) {
        RequestDescription sent = sentDescription();
        if (response != null && PushResponse.isSuccess(response.statusCode())) {
            if (sent.isDeletion() && response.statusCode() != ACCEPTED) {
                outcome.completeExceptionally(FailureMessages.notDeleted(sent, count.get(), response));
            } else {
                if (response.statusCode() == ACCEPTED) {
                    attempts.accepted();
                }
                outcome.complete(new PushResponse(response.statusCode()));
            }
        } else if (response != null) {
            outcome.completeExceptionally(FailureMessages.refused(sent, count.get(), response));
        } else if (failure instanceof IOException io) {
            outcome.completeExceptionally(FailureMessages.withoutResponse(sent, count.get(), io));
        } else if (failure != null && mayHaveArrived()) {
            outcome.completeExceptionally(FailureMessages.afterSending(sent, count.get(), failure));
        } else if (failure instanceof IllegalArgumentException illegal) {
            outcome.completeExceptionally(
                    PushgatewayException.rejected(description.operation(), description.group(), illegal));
        } else if (failure instanceof OutOfMemoryError) {
            outcome.completeExceptionally(
                    PushgatewayException.unreadable(description.operation(), description.group(), failure));
        } else {
            outcome.completeExceptionally(FailureMessages.withoutResponse(
                    sent, count.get(), new IOException(String.valueOf(failure), failure)));
        }
    }

    /** Returns the description with the proxy of the last attempt. */
    private RequestDescription sentDescription() {
        Attempt last = current;
        return last == null ? description : description.through(last.proxy());
    }

    /** Cancels the execution from another thread. No further attempt is started. */
    public void cancel(IOException reason) {
        cancelled = reason;
        Attempt attempt = current;
        if (attempt != null) {
            attempt.cancel(reason);
        }
        outcome.completeExceptionally(FailureMessages.withoutResponse(description, count.get(), reason));
    }
}
