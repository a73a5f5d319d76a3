package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.queue.CountedPush;
import io.github.camelpushgateway.client.queue.PushListener;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happened to the pushes of one who asks for them, deletes and reports among them, since it was made. Each push that
 * was asked for is in the end one of three: it has succeeded, it was refused before it was sent, or it has failed; until
 * then it is in flight. Safe for use by several threads.
 */
public final class PushStatistics implements PushListener {

    private final LongAdder asked = new LongAdder();
    private final LongAdder settled = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder folded = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    @Nullable
    private volatile LastError lastError;

    @Nullable
    private volatile Instant lastSuccess;

    /**
     * The last push that came to nothing.
     *
     * @param sentence the message of its exception, with no secret in it
     */
    public record LastError(String sentence, Instant time) {}

    /**
     * Counts a push from the moment it is asked for to its outcome.
     *
     * @param sender sends it; may throw an {@code IllegalStateException} if there is nothing to send with
     * @return completes as the sender's stage, when it is counted, with a {@link PushgatewayException} and no other exception
     */
    public CompletionStage<PushResponse> follow(
            PushRequest request, Function<CountedPush, CompletionStage<PushResponse>> sender) {
        return follow(request, false, sender);
    }

    /**
     * Counts a push, as {@link #follow(PushRequest, Function)} does.
     *
     * @param callerWaits whether the calling thread will block until there is an outcome. It then sends the request itself if its group is
     *     idle and a connection is open, which saves waking two threads; the stage has its outcome when it is returned
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows an outcome has none of its own
    public CompletionStage<PushResponse> follow(
            PushRequest request, boolean callerWaits, Function<CountedPush, CompletionStage<PushResponse>> sender) {
        asked.increment();
        CompletableFuture<PushResponse> outcome = new CompletableFuture<>();
        send(request, callerWaits, sender).whenComplete((response, failure) -> {
            if (failure == null) {
                lastSuccess = Instant.now();
                settled.increment();
                outcome.complete(response);
            } else {
                settle(failure);
                outcome.completeExceptionally(failure);
            }
        });
        return outcome;
    }

    private CompletionStage<PushResponse> send(
            PushRequest request, boolean callerWaits, Function<CountedPush, CompletionStage<PushResponse>> sender) {
        try {
            return sender.apply(new CountedPush(this, callerWaits));
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(
                    PushgatewayException.of(request, "was not sent, since " + e.getMessage(), e));
        }
    }

    /** Counts a push of which no request could be made. */
    public void refused(PushgatewayException failure) {
        asked.increment();
        settle(failure, refused);
    }

    private void settle(Throwable failure) {
        settle(failure, failure instanceof PushgatewayException push && push.isRefusal() ? refused : failed);
    }

    private void settle(Throwable failure, LongAdder what) {
        lastError = new LastError(String.valueOf(failure.getMessage()), Instant.now());
        what.increment();
        settled.increment();
    }

    /** Counts an HTTP request that begins with a push of this one in it. */
    @Override
    public void sent() {
        requests.increment();
    }

    /** Counts the body of such a request, when it is answered. */
    @Override
    public void answered(long bodyBytes) {
        bytes.add(bodyBytes);
    }

    /** Counts that such a request is tried again. */
    @Override
    public void retried() {
        retries.increment();
    }

    /** Counts a push that shares an HTTP request with others. */
    @Override
    public void coalesced() {
        folded.increment();
    }

    /** Returns how many pushes were asked for. */
    public long asked() {
        return asked.sum();
    }

    /** Returns how many pushes were refused before anything of them was sent. */
    public long refused() {
        return refused.sum();
    }

    /** Returns how many pushes have failed. */
    public long failed() {
        return failed.sum();
    }

    /** Returns how many pushes have shared an HTTP request with others. */
    public long folded() {
        return folded.sum();
    }

    /** Returns how many pushes have no outcome yet. */
    public long inFlight() {
        // in this order: one that comes in between must not make it negative
        long ended = settled.sum();
        return Math.max(0, asked.sum() - ended);
    }

    /** Returns how many HTTP requests were begun that carried a push of this one, each try by itself. */
    public long requests() {
        return requests.sum();
    }

    /** Returns how many of those requests were tries after a first one. */
    public long retries() {
        return retries.sum();
    }

    /** Returns how many bytes the bodies of those requests had that were answered, compressed as they were sent. */
    public long bytes() {
        return bytes.sum();
    }

    /** Returns what last came to nothing. */
    public @Nullable LastError lastError() {
        return lastError;
    }

    /** Returns when a push last succeeded. */
    public @Nullable Instant lastSuccess() {
        return lastSuccess;
    }
}
