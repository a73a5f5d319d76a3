package io.github.camelpushgateway.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.client.transport.Cancellation;
import io.github.camelpushgateway.client.transport.HttpTransport;
import io.github.camelpushgateway.client.transport.ParsedResponse;
import io.github.camelpushgateway.client.transport.ProxyException;
import io.github.camelpushgateway.client.transport.RequestProgress;
import io.github.camelpushgateway.client.transport.SenderSlot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to send a request, in one of the sender slots. It completes within the request timeout, which
 * starts when the body is encoded. Nothing is sent after it has completed.
 */
final class Attempt implements RequestProgress, AttemptTimeouts.Timed {

    private final LazyRequest request;
    private final RequestListener listener;

    @Nullable
    private final ParsedResponse<?> parsed;

    private final Duration timeout;
    private final HandlerChain handlers;
    private final HttpTransport transport;
    private final AttemptTimeouts timeouts;
    private final AtomicInteger requests;
    private final Cancellation cancellation = new Cancellation();
    private final CompletableFuture<GatewayResponse> outcome = new CompletableFuture<>();

    /** The thread that runs the attempt. */
    @Nullable
    private Thread thread;

    /** Whether the thread is the caller's and not a sender thread. */
    private boolean isCallersThread;

    /** The slot of the attempt, until it is returned. */
    @Nullable
    private Lease slot;

    /** Whether the slot's connection is in use. */
    private boolean sending;

    /** The thread that reports the outcome, if a continuation may take it. */
    @Nullable
    private volatile ReleasedThread released;

    /** The proxy of the last connection, or null. */
    @Nullable
    private volatile String proxy;

    /** Whether the proxy is opening a connection to the gateway. */
    private volatile boolean isProxyConnecting;

    private volatile boolean sent;
    private volatile boolean lacksResponse;
    private volatile boolean mayHaveArrived;

    /** Whether the gateway may have received an HTTP request of this attempt before the last one. */
    private volatile boolean earlierMayHaveArrived;

    private volatile boolean late;
    private volatile long startNanos;

    /** The refusal of the gateway, if its text has not been received yet. */
    @Nullable
    private volatile GatewayResponse refusal;

    /** The use of a slot. */
    interface Lease {

        /** Returns the slot. */
        SenderSlot slot();

        /** Returns whether the attempt runs on the caller's thread instead of a sender thread. */
        boolean isCallersThread();

        /** Returns the threads that open a connection, or null if the thread of the attempt opens it. */
        @Nullable
        Executor connectingThreads();

        /** Returns the slot to the pool. */
        void returnSlot();
    }

    /**
     * Prepares an attempt.
     *
     * @param request the request, created by the first attempt
     * @param listener notified of the progress
     * @param parsed parses the body of a success, or null if only its beginning is needed
     * @param requests counts the start of the attempt, and each HTTP request after the first one
     */
    Attempt(
            LazyRequest request,
            RequestListener listener,
            @Nullable ParsedResponse<?> parsed,
            Duration timeout,
            HandlerChain handlers,
            HttpTransport transport,
            AttemptTimeouts timeouts,
            AtomicInteger requests) {
        this.request = request;
        this.listener = listener;
        this.parsed = parsed;
        this.timeout = timeout;
        this.handlers = handlers;
        this.transport = transport;
        this.timeouts = timeouts;
        this.requests = requests;
    }

    CompletableFuture<GatewayResponse> outcome() {
        return outcome;
    }

    /**
     * Runs the attempt on the calling thread. The attempt keeps its slot until {@link #returnSlot}, unless it is
     * cancelled.
     *
     * @return a task that reports the outcome
     */
    Runnable run(Lease lease) {
        if (!begin(lease)) {
            lease.returnSlot();
            return () -> {};
        }
        try {
            requests.incrementAndGet();
            GatewayResponse response = respond(lease);
            end();
            return () -> outcome.complete(response);
        } catch (Throwable e) { // the outcome must always complete
            // a handler may have converted the interrupt to another exception
            IOException cancelled = cancellation.reason();
            end();
            return () -> fail(cancelled == null ? e : cancelled);
        }
    }

    private synchronized boolean begin(Lease lease) {
        if (cancellation.isCancelled()) {
            return false;
        }
        thread = Thread.currentThread();
        isCallersThread = lease.isCallersThread();
        slot = lease;
        return true;
    }

    /** Detaches the thread from the attempt. */
    private void end() {
        timeouts.end(this);
        // a handler may have started a thread that still sends
        cancellation.finish();
        synchronized (this) {
            thread = null;
            if (!isCallersThread) {
                // the interrupt was meant for the attempt, not for the next task of the thread
                Thread.interrupted();
            }
        }
    }

    /** Sets the thread that is about to report the outcome, and that the continuation may take. */
    void offerThread(ReleasedThread thread) {
        released = thread;
    }

    /** Takes the thread that reports the outcome. Returns false if the continuation must run on another thread. */
    boolean takeThread() {
        ReleasedThread sender = released;
        return sender != null && sender.take();
    }

    /** Returns the slot, so that another attempt can start. */
    void returnSlot() {
        Lease mine;
        synchronized (this) {
            mine = slot;
            slot = null;
        }
        if (mine != null) {
            mine.returnSlot();
        }
    }

    private GatewayResponse respond(Lease lease) throws IOException {
        GatewayRequest httpRequest = request.get();
        startNanos = System.nanoTime();
        timeouts.begin(this);
        cancellation.check();
        GatewayResponse response = handlers.handle(httpRequest, handled -> send(handled, lease));
        if (!sent) {
            // a handler has executed the request itself
            listener.sent();
            listener.responded(httpRequest);
            parse(response);
        }
        return response;
    }

    /** Parses the response of a handler that has executed a query itself. */
    private void parse(GatewayResponse response) throws IOException {
        if (parsed != null
                && PushResponse.isSuccess(response.statusCode())
                && !response.body().isEmpty()) {
            parsed.receive(response, new ByteArrayInputStream(response.body().getBytes(UTF_8)));
        }
    }

    private GatewayResponse send(GatewayRequest handled, Lease lease) throws IOException {
        synchronized (this) {
            cancellation.check();
            if (sending) {
                throw new IOException("the handler called next while another call of next was in progress; call it"
                        + " again after the first call has returned");
            }
            sending = true;
        }
        try {
            GatewayResponse response =
                    transport.send(handled, parsed, lease.slot(), lease.connectingThreads(), cancellation, this);
            listener.responded(handled);
            return response;
        } catch (ProxyException e) {
            mayHaveArrived = earlierMayHaveArrived;
            cancellation.check();
            throw e;
        } catch (IOException e) {
            // report why the connection was closed, not that it was closed
            cancellation.check();
            throw e;
        } finally {
            synchronized (this) {
                sending = false;
            }
        }
    }

    @Override
    public void beforeSend() {
        if (sent) {
            listener.retried();
            requests.incrementAndGet();
        }
        sent = true;
        earlierMayHaveArrived = mayHaveArrived;
        // reset the refusal of an earlier request that a handler has sent
        refusal = null;
        listener.sent();
    }

    @Override
    public void onProxy(@Nullable String usedProxy) {
        proxy = usedProxy;
        isProxyConnecting = usedProxy != null;
    }

    @Override
    public void onSent() {
        isProxyConnecting = false;
        lacksResponse = true;
        mayHaveArrived = true;
    }

    @Override
    public void onResponse() {
        lacksResponse = false;
    }

    @Override
    public void onRefusal(GatewayResponse withoutText) {
        refusal = withoutText;
    }

    @Override
    public long nanosLeft() {
        return timeout.toNanos() - (System.nanoTime() - startNanos);
    }

    @Override
    public boolean isLate() {
        return nanosLeft() <= 0;
    }

    @Override
    public void timeOut() {
        late = true;
        cancel(new SocketTimeoutException((isProxyConnecting
                        ? "the proxy did not open a connection to the gateway within "
                        : "no complete response was received within ")
                + timeout.toMillis() + " ms"));
    }

    /** Returns a description of the proxy of the last connection, or null. */
    @Nullable
    String proxy() {
        return proxy;
    }

    /**
     * Returns whether the gateway may have received the request. Returns false if a handler executes the request
     * itself.
     */
    boolean mayHaveArrived() {
        return mayHaveArrived;
    }

    /**
     * Returns whether the request was sent and has no response, so that the gateway may still execute it. Returns false
     * if a handler executes the request itself.
     */
    boolean lacksResponse() {
        return lacksResponse;
    }

    /** Cancels the attempt from another thread, whether it is waiting or running. */
    void cancel(IOException reason) {
        cancellation.cancel(reason);
        synchronized (this) {
            // a handler may block; on a caller's thread there is none, and an interrupt is the application's
            if (thread != null && !isCallersThread) {
                thread.interrupt();
            }
        }
        // a handler or other user code may ignore the interrupt
        returnSlot();
        fail(reason);
    }

    /**
     * Completes with the refusal if there is one, even if its text was not received in time, and else with the reason.
     */
    private void fail(Throwable reason) {
        GatewayResponse known = refusal;
        if (late && known != null) {
            outcome.complete(known);
        } else {
            outcome.completeExceptionally(reason);
        }
    }
}
