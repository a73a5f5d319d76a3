package io.github.camelpushgateway.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.client.transport.Cancellation;
import io.github.camelpushgateway.client.transport.HttpTransport;
import io.github.camelpushgateway.client.transport.ParsedResponse;
import io.github.camelpushgateway.client.transport.SenderSlot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One try at a request, in one of the slots. Once it has begun, its outcome comes no later than its deadline, and nothing is sent after it. */
final class Attempt implements HttpTransport.Progress, AttemptTimeouts.Timed {

    private final Supplier<GatewayRequest> request;
    private final RequestListener listener;

    @Nullable
    private final ParsedResponse<?> received;

    private final Duration timeout;
    private final HandlerChain handlers;
    private final HttpTransport transport;
    private final AttemptTimeouts deadlines;
    private final Runnable begins;
    private final Cancellation cancellation = new Cancellation();
    private final CompletableFuture<GatewayResponse> outcome = new CompletableFuture<>();

    /** The one that is busy with it. */
    @Nullable
    private Thread thread;

    /** The slot that it has, until it is given back. */
    @Nullable
    private Lease slot;

    /** Whether the attempt has interrupted its thread. */
    private boolean interrupted;

    /** Whether the slot's connection is in use. */
    private boolean sending;

    /** The thread that reports the outcome, if a continuation may take it. */
    @Nullable
    private volatile ReleasedThread released;

    private volatile boolean sent;
    private volatile boolean unanswered;
    private volatile boolean mayHaveArrived;
    private volatile boolean late;
    private volatile long begun;

    /** What the gateway has responded, if that is a refusal whose text has not come yet. */
    @Nullable
    private volatile GatewayResponse refusal;

    /** A slot, and what gives it back. */
    interface Lease {

        SenderSlot slot();

        /** Whether the attempt runs on the thread of the caller, and not on one of a sender. */
        boolean isCallersThread();

        void giveBack();
    }

    /**
     * Prepares an attempt.
     *
     * @param request asked for once, when the attempt begins
     * @param listener is notified of the progress
     * @param received what reads the body of a success, or null if only its first words matter
     * @param begins is notified when the attempt begins, and of each HTTP request after the first one
     */
    Attempt(
            Supplier<GatewayRequest> request,
            RequestListener listener,
            @Nullable ParsedResponse<?> received,
            Duration timeout,
            HandlerChain handlers,
            HttpTransport transport,
            AttemptTimeouts deadlines,
            Runnable begins) {
        this.request = request;
        this.listener = listener;
        this.received = received;
        this.timeout = timeout;
        this.handlers = handlers;
        this.transport = transport;
        this.deadlines = deadlines;
        this.begins = begins;
    }

    CompletableFuture<GatewayResponse> outcome() {
        return outcome;
    }

    /**
     * Carries it out on the thread that calls. It keeps its slot until {@link #giveBackSlot}, unless it is cancelled.
     *
     * @return tells the outcome
     */
    Runnable run(Lease lease) {
        if (!begin(lease)) {
            lease.giveBack();
            return () -> {};
        }
        try {
            begins.run();
            GatewayResponse response = respond(lease.slot());
            end(lease.isCallersThread());
            return () -> outcome.complete(response);
        } catch (Throwable e) { // whoever waits for the outcome must get one
            // a handler may have made an exception of its own of the interrupt
            IOException cancelled = cancellation.reason();
            end(lease.isCallersThread());
            return () -> fail(cancelled == null ? e : cancelled);
        }
    }

    private synchronized boolean begin(Lease lease) {
        if (cancellation.isCancelled()) {
            return false;
        }
        thread = Thread.currentThread();
        slot = lease;
        return true;
    }

    /** From here on the thread has nothing to do with the attempt any more. */
    private void end(boolean isCallersThread) {
        deadlines.end(this);
        // a handler may have left a thread behind that sends
        cancellation.finish();
        synchronized (this) {
            thread = null;
            if (interrupted || !isCallersThread) {
                Thread.interrupted(); // it was the attempt's, not that of what the thread does next
            }
        }
    }

    /** The outcome is about to be reported by a thread that its continuation may take. */
    void release(ReleasedThread sender) {
        released = sender;
    }

    /** Takes the thread that reports the outcome. Returns false if the continuation must run on another thread. */
    boolean takeThread() {
        ReleasedThread sender = released;
        return sender != null && sender.take();
    }

    /** Lets another attempt begin. */
    void giveBackSlot() {
        Lease mine;
        synchronized (this) {
            mine = slot;
            slot = null;
        }
        if (mine != null) {
            mine.giveBack();
        }
    }

    private GatewayResponse respond(SenderSlot connections) throws IOException {
        GatewayRequest made = request.get();
        begun = System.nanoTime();
        deadlines.begin(this);
        cancellation.check();
        GatewayResponse response = handlers.handle(made, handled -> send(handled, connections));
        if (!sent) {
            // a handler has carried it out itself
            listener.sent();
            listener.answered(made);
            parse(response);
        }
        return response;
    }

    /** Parses the response of a handler that has carried out a query itself. */
    private void parse(GatewayResponse response) throws IOException {
        if (received != null
                && PushResponse.isSuccess(response.statusCode())
                && !response.body().isEmpty()) {
            received.receive(response, new ByteArrayInputStream(response.body().getBytes(UTF_8)));
        }
    }

    private GatewayResponse send(GatewayRequest handled, SenderSlot connections) throws IOException {
        synchronized (this) {
            cancellation.check();
            if (sending) {
                throw new IOException("the handler called next while another call of it was under way;"
                        + " call it again when the first one has returned");
            }
            sending = true;
        }
        try {
            GatewayResponse response = transport.send(handled, received, connections, cancellation, this);
            listener.answered(handled);
            return response;
        } catch (IOException e) {
            // why the connection was closed, not that it was
            cancellation.check();
            throw e;
        } finally {
            synchronized (this) {
                sending = false;
            }
        }
    }

    @Override
    public void begins() {
        if (sent) {
            listener.retried();
            begins.run();
        }
        sent = true;
        // of a request before, which a handler has sent
        refusal = null;
        listener.sent();
    }

    @Override
    public void isSent() {
        unanswered = true;
        mayHaveArrived = true;
    }

    @Override
    public void isAnswered() {
        unanswered = false;
    }

    @Override
    public void isRefused(GatewayResponse withoutText) {
        refusal = withoutText;
    }

    @Override
    public long nanosLeft() {
        return timeout.toNanos() - (System.nanoTime() - begun);
    }

    @Override
    public boolean isLate() {
        return nanosLeft() <= 0;
    }

    @Override
    public void timeOut() {
        late = true;
        cancel(new SocketTimeoutException("no complete answer came within " + timeout.toMillis() + " ms"));
    }

    /** Returns whether the gateway may have received it. Of a handler that carries it out itself this is not known. */
    boolean mayHaveArrived() {
        return mayHaveArrived;
    }

    /** Returns whether the gateway may still carry it out. A handler that carries it out itself is not known to. */
    boolean isUnanswered() {
        return unanswered;
    }

    /** Ends the attempt from outside, whether it waits or is under way. */
    void cancel(IOException reason) {
        cancellation.cancel(reason);
        synchronized (this) {
            if (thread != null) {
                interrupted = true;
                thread.interrupt(); // a handler may wait for something
            }
        }
        // a handler, or other code of users, may take no notice
        giveBackSlot();
        fail(reason);
    }

    /** A refusal is one even if its text does not come in time. */
    private void fail(Throwable reason) {
        GatewayResponse known = refusal;
        if (late && known != null) {
            outcome.complete(known);
        } else {
            outcome.completeExceptionally(reason);
        }
    }
}
