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

    @Nullable
    private final Received<?> received;

    private final Duration timeout;
    private final HandlerChain handlers;
    private final Transport transport;
    private final Deadlines deadlines;
    private final CompletableFuture<GatewayResponse> outcome = new CompletableFuture<>();

    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    /** The one that is busy with it. */
    @Nullable
    private Thread thread;

    private volatile Transport.@Nullable Call call;
    private volatile boolean sent;
    private volatile long begun;

    /**
     * Prepares an attempt.
     *
     * @param request asked for once, when the attempt begins
     * @param involved who counts it
     * @param received what reads the body of a success, or null if only its first words matter
     */
    Attempt(
            Supplier<GatewayRequest> request,
            Involved involved,
            @Nullable Received<?> received,
            Duration timeout,
            HandlerChain handlers,
            Transport transport,
            Deadlines deadlines) {
        this.request = request;
        this.involved = involved;
        this.received = received;
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

    /** Completes when another can have its place among the senders: just before the outcome. */
    CompletableFuture<Void> left() {
        return left;
    }

    @Override
    public void run() {
        if (!begin()) {
            left.complete(null);
            return;
        }
        GatewayResponse answer = null;
        Throwable failure = null;
        try {
            answer = answer();
        } catch (Throwable e) { // whoever waits for the outcome must get one
            failure = e;
        } finally {
            end();
        }
        over.complete(null);
        left.complete(null);
        if (failure == null) {
            GatewayResponse came = answer;
            FreeThread.offer(() -> outcome.complete(came));
        } else {
            Throwable reason = failure;
            FreeThread.offer(() -> outcome.completeExceptionally(reason));
        }
    }

    private synchronized boolean begin() {
        if (outcome.isDone()) {
            return false;
        }
        thread = Thread.currentThread();
        return true;
    }

    /** From here on the thread has nothing to do with the attempt any more. */
    private synchronized void end() {
        deadlines.end(this);
        thread = null;
        Thread.interrupted(); // it was the attempt's, not that of what the thread does next
    }

    private GatewayResponse answer() throws IOException {
        GatewayRequest made = request.get();
        begun = System.nanoTime();
        deadlines.begin(this);
        GatewayResponse answer = handlers.handle(made, this::send);
        if (!sent) {
            // a handler has carried it out itself
            involved.sent();
            involved.answered(made);
        }
        return answer;
    }

    private GatewayResponse send(GatewayRequest handled) throws IOException {
        Transport.Call opened = transport.open(handled, received);
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

    /** Returns whether the gateway may still carry it out. A handler that carries it out itself is not known to. */
    boolean isUnanswered() {
        Transport.Call opened = call;
        return opened != null && opened.isUnanswered();
    }

    /** Ends the attempt from outside, whether it waits or is under way. */
    void cancel(IOException reason) {
        left.complete(null);
        outcome.completeExceptionally(reason);
        Transport.Call opened = call;
        // what is not opened yet will not be: the outcome is looked at first
        if (opened == null || opened.abort()) {
            over.complete(null);
        }
        synchronized (this) {
            if (thread != null) {
                thread.interrupt(); // a handler may wait for something
            }
        }
    }
}
