package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.client.http.Sending;
import java.util.concurrent.CompletableFuture;

/** A request whose success is recorded before its outcome completes, and so before the next request to its group. */
public final class ObservedSending implements Sending {

    private final Sending sending;
    private final CompletableFuture<PushResponse> outcome = new CompletableFuture<>();

    /**
     * Observes a request.
     *
     * @param onSuccess is called before a successful outcome completes
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    public ObservedSending(Sending sending, Runnable onSuccess) {
        this.sending = sending;
        sending.outcome().whenComplete((response, failure) -> {
            if (failure != null) {
                outcome.completeExceptionally(failure);
                return;
            }
            try {
                onSuccess.run();
            } finally {
                outcome.complete(response);
            }
        });
    }

    @Override
    public CompletableFuture<PushResponse> outcome() {
        return outcome;
    }

    @Override
    public boolean lacksResponse() {
        return sending.lacksResponse();
    }

    @Override
    public boolean takeThread() {
        return sending.takeThread();
    }
}
