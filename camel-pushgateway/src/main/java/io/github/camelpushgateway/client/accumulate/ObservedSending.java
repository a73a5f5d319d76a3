package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.client.http.Sending;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request without increments to a group that has totals. It changes them when it starts, and before its outcome
 * completes.
 */
public final class ObservedSending implements Sending {

    private final TotalsRegistry.Hold hold;
    private final PushRequest request;
    private final RequestPeriod period;
    private final CompletableFuture<PushResponse> outcome = new CompletableFuture<>();

    @Nullable
    private volatile Sending sending;

    /** Whether an earlier request had no response. */
    private volatile boolean earlierLacksResponse;

    /**
     * Records that a request starts. Either {@link #start} or {@link #cancel} must follow.
     *
     * @param access what the client sends with each request, besides the URL
     * @param client identifies the client
     */
    public ObservedSending(TotalsRegistry.Hold hold, PushRequest request, Object access, Object client) {
        this.hold = hold;
        this.request = request;
        period = hold.totals().begin(access, client, request);
    }

    /** Observes the outcome of the request. */
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    public Sending start(Sending started) {
        sending = started;
        started.outcome().whenComplete((response, failure) -> {
            try {
                GroupTotals totals = hold.totals();
                if (failure == null) {
                    earlierLacksResponse = totals.takeUnanswered();
                } else if (started.lacksResponse()) {
                    totals.markUnanswered();
                }
                end(response);
            } finally {
                if (failure == null) {
                    outcome.complete(response);
                } else {
                    outcome.completeExceptionally(failure);
                }
            }
        });
        return this;
    }

    /** Records that the request could not be started. */
    public void cancel() {
        end(null);
    }

    /**
     * Records that the request has ended.
     *
     * @param response the response, or null if the request has failed
     */
    public void end(@Nullable PushResponse response) {
        hold.totals().end(period, request, ExecutionTime.of(response));
        hold.release();
    }

    @Override
    public CompletableFuture<PushResponse> outcome() {
        return outcome;
    }

    @Override
    public boolean lacksResponse() {
        Sending started = sending;
        return earlierLacksResponse || (started != null && started.lacksResponse());
    }

    @Override
    public boolean takeThread() {
        Sending started = sending;
        return started != null && started.takeThread();
    }
}
