package io.github.camelpushgateway.client;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One try at a request, on one of the senders. Once it has begun, its outcome comes no later than its deadline. */
final class Attempt implements Runnable {

    private final Supplier<GatewayRequest> request;
    private final Involved involved;
    private final Duration timeout;
    private final HandlerChain handlers;
    private final Transport transport;
    private final Deadlines deadlines;
    private final CompletableFuture<GatewayResponse> outcome = new CompletableFuture<>();

    private final CompletableFuture<Void> over = new CompletableFuture<>();

    private volatile Transport.@Nullable Call call;
    private volatile boolean sent;
    private volatile long begun;

    /**
     * Prepares an attempt.
     *
     * @param request asked for once, when the attempt begins
     * @param involved who counts it
     */
    Attempt(
            Supplier<GatewayRequest> request,
            Involved involved,
            Duration timeout,
            HandlerChain handlers,
            Transport transport,
            Deadlines deadlines) {
        this.request = request;
        this.involved = involved;
        this.timeout = timeout;
        this.handlers = handlers;
        this.transport = transport;
        this.deadlines = deadlines;
    }

    CompletableFuture<GatewayResponse> outcome() {
        return outcome;
    }

    /** Completes when nothing of it is sent any more, before the outcome or later than that. */
    CompletableFuture<Void> over() {
        return over;
    }

    @Override
    public void run() {
        if (outcome.isDone()) {
            return;
        }
        try {
            GatewayRequest made = request.get();
            begun = System.nanoTime();
            deadlines.begin(this);
            GatewayResponse answer = handlers.handle(made, this::send);
            if (!sent) {
                // a handler has carried it out itself
                involved.sent();
                involved.answered(made);
            }
            over.complete(null);
            outcome.complete(answer);
        } catch (Throwable e) { // whoever waits for the outcome must get one
            over.complete(null);
            outcome.completeExceptionally(e);
        } finally {
            deadlines.end(this);
        }
    }

    private GatewayResponse send(GatewayRequest handled) throws IOException {
        Transport.Call opened = transport.open(handled);
        call = opened;
        if (outcome.isDone()) {
            throw new SocketTimeoutException("aborted");
        }
        sent = true;
        involved.sent();
        GatewayResponse answer = opened.execute();
        involved.answered(handled);
        return answer;
    }

    /** Returns how much of its time an attempt has that has begun. */
    long nanosLeft() {
        return timeout.toNanos() - (System.nanoTime() - begun);
    }

    boolean isLate() {
        return nanosLeft() <= 0;
    }

    void timeOut() {
        cancel(new SocketTimeoutException("no complete answer came within " + timeout.toMillis() + " ms"));
    }

    /** Ends the attempt from outside, whether it waits or is under way. */
    void cancel(IOException reason) {
        outcome.completeExceptionally(reason);
        Transport.Call opened = call;
        // what is not opened yet will not be: the outcome is looked at first
        if (opened == null || opened.abort()) {
            over.complete(null);
        }
    }
}
