package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.client.http.RequestExecution;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A push that is sent after a delay, unless it is cancelled. It is not in the queue of its group and has its own connections, so it
 * never delays another push. Its order relative to other pushes is undefined. Thread-safe.
 */
public final class DelayedPush {

    private final Supplier<PushRequest> request;
    private final Sender sender;
    private final Consumer<Throwable> onFailure;

    @Nullable
    private ScheduledFuture<?> timer;

    private final List<RequestExecution> executions = new ArrayList<>();
    private boolean cancelled;

    /** Sends the push after the delay. */
    interface Sender {

        /** Sends a request, and passes each execution to the push, which may cancel it. */
        void send(PushRequest request, DelayedPush push);
    }

    /**
     * Creates a push.
     *
     * @param request supplies the request when the push is sent
     * @param onFailure notified if the push fails before it is cancelled
     */
    DelayedPush(Supplier<PushRequest> request, Sender sender, Consumer<Throwable> onFailure) {
        this.request = request;
        this.sender = sender;
        this.onFailure = onFailure;
    }

    /**
     * Starts the delay.
     *
     * @param scheduler starts the push after the delay
     * @param executor executes the push, since its request may take time to create
     */
    synchronized DelayedPush schedule(ScheduledExecutorService scheduler, Executor executor, Duration delay) {
        try {
            timer = scheduler.schedule(() -> executor.execute(this::send), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // the client is closed
            cancelled = true;
        }
        return this;
    }

    private void send() {
        if (isCancelled()) {
            return;
        }
        try {
            sender.send(request.get(), this);
        } catch (Throwable e) { // there is no caller to handle it
            fail(e);
        }
    }

    /** Adds an execution of the push, which is cancelled with it. */
    void add(RequestExecution execution) {
        synchronized (this) {
            if (!cancelled) {
                executions.add(execution);
                return;
            }
        }
        execution.cancel(new PushCancelledException());
    }

    /** Handles a failure of the push, unless it is cancelled. */
    void fail(Throwable failure) {
        if (!isCancelled()) {
            onFailure.accept(failure);
        }
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Cancels the push, even if it is in flight. The gateway may then still execute it. This method does not block. */
    public void cancel() {
        List<RequestExecution> inFlight;
        synchronized (this) {
            cancelled = true;
            if (timer != null) {
                timer.cancel(false);
            }
            inFlight = List.copyOf(executions);
            executions.clear();
        }
        inFlight.forEach(execution -> execution.cancel(new PushCancelledException()));
    }

    /** Thrown when a push is cancelled. */
    private static final class PushCancelledException extends IOException {

        private static final long serialVersionUID = 1L;

        PushCancelledException() {
            super("the push was cancelled");
        }
    }
}
