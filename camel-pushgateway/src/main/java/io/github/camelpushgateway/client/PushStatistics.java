package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.http.RequestListener;
import io.github.camelpushgateway.client.queue.CountedPush;
import io.github.camelpushgateway.client.queue.PushListener;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the pushes of one source, such as an endpoint, including deletes and reports, since their creation.
 * Each requested push is in flight until it has succeeded, was rejected before it was sent, or has failed. Thread-safe.
 */
public final class PushStatistics implements PushListener, RequestListener {

    private final LongAdder requested = new LongAdder();
    private final LongAdder settled = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder coalesced = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    @Nullable
    private volatile LastError lastError;

    /** The time of the last success in milliseconds since the epoch, or 0. */
    private volatile long lastSuccessMillis;

    /**
     * The last push that failed or was rejected.
     *
     * @param sentence the message of its exception, without secrets
     * @param time the time of the failure
     */
    public record LastError(String sentence, Instant time) {}

    /**
     * Counts a requested push.
     *
     * @param callerWaits whether the calling thread will block until there is an outcome, so that it may send the
     *     request itself
     * @return the push, to be sent
     */
    public CountedPush begin(boolean callerWaits) {
        return begin(callerWaits, null);
    }

    /**
     * Counts a requested push that can be recognised when it is delivered again.
     *
     * @param identity identifies the push, or null
     */
    CountedPush begin(boolean callerWaits, @Nullable PushIdentity identity) {
        requested.increment();
        return new CountedPush(this, callerWaits, identity);
    }

    /**
     * Counts the outcome of a push.
     *
     * @param sent the outcome, which fails with a {@link PushgatewayException} and no other exception
     * @return a stage that completes with the same result or exception, after the push is counted
     */
    public CompletionStage<PushResponse> end(CompletionStage<PushResponse> sent) {
        return Futures.after(sent, (response, failure) -> {
            if (failure == null) {
                lastSuccessMillis = System.currentTimeMillis();
                settled.increment();
            } else {
                settle(failure);
            }
        });
    }

    /** Counts a push for which no request could be created. */
    public void rejected(PushgatewayException failure) {
        requested.increment();
        settle(failure, rejected);
    }

    private void settle(Throwable failure) {
        settle(failure, failure instanceof PushgatewayException push && push.isRejection() ? rejected : failed);
    }

    private void settle(Throwable failure, LongAdder counter) {
        lastError = new LastError(String.valueOf(failure.getMessage()), Instant.now());
        counter.increment();
        settled.increment();
    }

    /** Counts an HTTP request that carries one of these pushes. */
    @Override
    public void sent() {
        requests.increment();
    }

    /** Counts the bytes of the body of such a request when the gateway has responded. */
    @Override
    public void responded(long bodyBytes) {
        bytes.add(bodyBytes);
    }

    /** Counts the bytes of a request that carries one of these pushes alone when the gateway has responded. */
    @Override
    public void responded(GatewayRequest request) {
        byte[] body = request.body();
        responded(body == null ? 0 : body.length);
    }

    /** Counts a retry of such a request. */
    @Override
    public void retried() {
        retries.increment();
    }

    /** Counts a push that shares an HTTP request with other pushes. */
    @Override
    public void coalesced() {
        coalesced.increment();
    }

    /** Returns the number of pushes requested. */
    public long requested() {
        return requested.sum();
    }

    /** Returns the number of pushes rejected before they were sent. */
    public long rejected() {
        return rejected.sum();
    }

    /** Returns the number of failed pushes. */
    public long failed() {
        return failed.sum();
    }

    /** Returns the number of pushes that shared an HTTP request with other pushes. */
    public long pushesCoalesced() {
        return coalesced.sum();
    }

    /** Returns the number of pushes without an outcome. */
    public long inFlight() {
        // settled first, so that a push in between does not make the difference negative
        long ended = settled.sum();
        return Math.max(0, requested.sum() - ended);
    }

    /** Returns the number of HTTP requests that carried these pushes, each attempt counted separately. */
    public long requests() {
        return requests.sum();
    }

    /** Returns the number of retried HTTP requests. */
    public long requestsRetried() {
        return retries.sum();
    }

    /**
     * Returns the number of bytes in the bodies of the requests with a response, as they were sent, after compression.
     */
    public long bytes() {
        return bytes.sum();
    }

    /** Returns the last push that failed or was rejected, or null if there is none. */
    public @Nullable LastError lastError() {
        return lastError;
    }

    /** Returns the time of the last successful push, or null if there is none. */
    public @Nullable Instant lastSuccess() {
        long millis = lastSuccessMillis;
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }
}
