package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.http.FailureMessages;
import io.github.camelpushgateway.client.http.RequestDescription;
import io.github.camelpushgateway.client.http.RequestExecution;
import io.github.camelpushgateway.client.http.RequestListener;
import io.github.camelpushgateway.client.http.Sending;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that adds to metrics of its group. It waits until no other client does so, reads the group if its values are
 * unknown, writes the totals, and reads the group again if it is unknown whether the gateway has executed the write.
 */
final class Accumulation implements Sending, Turns.Turn {

    private static final Logger LOG = LoggerFactory.getLogger(Accumulation.class);

    private static final int OK = 200;

    private final PushRequest request;
    private final Set<PushIdentity> pushes;

    @Nullable
    private final PushIdentity redelivered;

    private final RequestListener listener;
    private final TotalsRegistry.Hold hold;
    private final GroupTotals totals;
    private final GroupAccess gateway;
    private final Duration refresh;
    private final RequestDescription description;
    private final CompletableFuture<PushResponse> outcome = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    /** The period of the turn, once it has started. */
    @Nullable
    private volatile RequestPeriod period;

    /** The HTTP request that was started last. */
    @Nullable
    private volatile RequestExecution last;

    /** The write, once it has started. */
    @Nullable
    private volatile RequestExecution write;

    /** What is written, once that is known. */
    @Nullable
    private volatile Attempted attempted;

    private volatile boolean earlierLacksResponse;
    private volatile boolean isClosed;

    /** Whether this request waits for a read by another client, which the close of its own client does not end. */
    private final AtomicBoolean waitsForOther = new AtomicBoolean();

    /**
     * Prepares a request.
     *
     * @param pushes those of its pushes that may be delivered again
     * @param redelivered a push that must not be added if an earlier delivery of it was counted, or null
     * @param hold holds the totals until the request has ended
     */
    Accumulation(
            PushRequest request,
            Set<PushIdentity> pushes,
            @Nullable PushIdentity redelivered,
            RequestListener listener,
            TotalsRegistry.Hold hold,
            GroupAccess gateway,
            Duration refresh) {
        this.request = request;
        this.pushes = pushes;
        this.redelivered = redelivered;
        this.listener = listener;
        this.hold = hold;
        totals = hold.totals();
        this.gateway = gateway;
        this.refresh = refresh;
        description = gateway.describe(request);
    }

    @Override
    public CompletableFuture<PushResponse> outcome() {
        return outcome;
    }

    @Override
    public boolean lacksResponse() {
        RequestExecution sent = write;
        return earlierLacksResponse || (sent != null && sent.lacksResponse());
    }

    @Override
    public boolean takeThread() {
        RequestExecution executed = last;
        return executed != null && executed.takeThread();
    }

    /** Starts now, or when the accumulations before it have ended. */
    void takeTurn(boolean onCallersThread) {
        if (totals.turns().take(this)) {
            guard(() -> begin(onCallersThread));
        }
    }

    @Override
    public void start() {
        guard(() -> begin(false));
    }

    /** Fails the request if it waits for its turn, or for a read by another client. Otherwise the client ends its HTTP request. */
    void close() {
        isClosed = true;
        if (waitsForOther.compareAndSet(true, false)) {
            end(null, gateway.closed(request));
        } else if (totals.turns().withdraw(this)) {
            ended.set(true);
            hold.release();
            outcome.completeExceptionally(gateway.closed(request));
        }
    }

    private void begin(boolean onCallersThread) {
        RequestPeriod started = totals.begin(gateway.access(), gateway.client());
        period = started;
        resolveDoubts(started, onCallersThread);
    }

    /** Determines first whether pushes of clients with another access were counted, because this request changes the values. */
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    private void resolveDoubts(RequestPeriod started, boolean onCallersThread) {
        Doubts.Doubt doubt = totals.takeDoubtOfOthers(gateway.access());
        if (doubt == null) {
            start(started, onCallersThread);
            return;
        }
        waitsForOther.set(true);
        if (isClosed && waitsForOther.compareAndSet(true, false)) {
            end(null, gateway.closed(request));
            return;
        }
        read(doubt.client())
                .whenComplete((groups, failure) -> guard(() -> {
                    if (failure == null) {
                        totals.resolve(doubt, first(groups));
                    } else {
                        LOG.debug("It is unknown whether an earlier push was counted{}", description.target(), failure);
                    }
                    if (waitsForOther.compareAndSet(true, false)) {
                        resolveDoubts(started, false);
                    }
                }));
    }

    private void start(RequestPeriod started, boolean onCallersThread) {
        if (isCountedBefore()) {
            end(new PushResponse(OK), null);
            return;
        }
        Attempted computed;
        try {
            computed = totals.attemptIfKnown(started, request, pushes, refresh);
        } catch (IllegalArgumentException e) {
            reject(e);
            return;
        }
        if (computed == null) {
            readFirst(started, false);
        } else {
            write(started, computed, onCallersThread);
        }
    }

    /** Returns whether the push was counted at an earlier delivery. */
    private boolean isCountedBefore() {
        return redelivered != null && redelivered.isCounted(description.url());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    private void readFirst(RequestPeriod during, boolean again) {
        read(gateway)
                .whenComplete((groups, failure) -> guard(() -> {
                    if (failure == null && !groups.isEmpty() && totals.mayShowDeleted(gateway.access())) {
                        executeDelete(during, first(groups), again);
                    } else if (failure == null) {
                        continueWith(first(groups), during, again);
                    } else {
                        end(
                                null,
                                FailureMessages.notSent(
                                        description,
                                        "was not sent, because the read of the group ",
                                        (PushgatewayException) failure));
                    }
                }));
    }

    /** Pushes no metrics. The gateway has executed an earlier delete before it responds, unless it responds 202. */
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    private void executeDelete(RequestPeriod during, @Nullable GatewayGroup held, boolean again) {
        PushRequest empty = new PushRequest(request.operation(), request.groupingKey(), MetricSnapshots.of());
        long deletes = totals.deletes();
        RequestExecution execution = gateway.write(empty, RequestListener.NONE, false);
        last = execution;
        execution
                .outcome()
                .whenComplete((response, failure) -> guard(() -> {
                    if (failure != null) {
                        end(
                                null,
                                FailureMessages.notSent(
                                        description,
                                        "was not sent, because a push that awaits the delete of the group ",
                                        (PushgatewayException) failure));
                    } else if (ExecutionTime.of(response) == ExecutionTime.BEFORE_RESPONSE) {
                        totals.executedEmptyPush(gateway.access(), deletes);
                        readFirst(during, again);
                    } else {
                        continueWith(held, during, again);
                    }
                }));
    }

    private void continueWith(@Nullable GatewayGroup group, RequestPeriod during, boolean again) {
        String changed;
        Attempted computed = null;
        IllegalArgumentException rejection = null;
        boolean isContested = false;
        // a request of another client must not change the values in between
        synchronized (totals) {
            changed = totals.read(during, group);
            if (!isCountedBefore()) {
                isContested = !again && totals.isContested(during, request);
                try {
                    computed = isContested ? null : totals.attempt(during, request, pushes);
                } catch (IllegalArgumentException e) {
                    rejection = e;
                }
            }
        }
        warnIfChanged(changed);
        if (rejection != null) {
            reject(rejection);
        } else if (computed != null) {
            write(during, computed, false);
        } else if (isContested) {
            // another client may have replaced the metrics since the response
            totals.end(during);
            RequestPeriod next = totals.begin(gateway.access(), gateway.client());
            period = next;
            readFirst(next, true);
        } else {
            end(new PushResponse(OK), null);
        }
    }

    private CompletableFuture<List<GatewayGroup>> read(GroupAccess client) {
        GroupAccess.Read read = client.read(request.groupingKey());
        last = read.execution();
        return read.groups();
    }

    private static @Nullable GatewayGroup first(List<GatewayGroup> groups) {
        return groups.isEmpty() ? null : groups.get(0);
    }

    private void warnIfChanged(@Nullable String metric) {
        if (metric != null) {
            LOG.warn(
                    "The metric {}{} does not have the value that was written: another client writes to the group, the"
                            + " group was deleted, or the gateway has lost its metrics. The component continues from the"
                            + " value of the gateway. Make sure that only one JVM accumulates to the group",
                    metric,
                    description.target());
        }
    }

    /** Fails the request. The values are read again for the next one: the group may be changed until then. */
    private void reject(IllegalArgumentException reason) {
        totals.forget();
        end(
                null,
                PushgatewayException.rejected(
                        request.operation().toString(), request.groupingKey().toString(), reason));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    private void write(RequestPeriod during, Attempted written, boolean onCallersThread) {
        PushRequest totalsRequest;
        try {
            totalsRequest = GroupTotals.totals(request, written);
        } catch (IllegalArgumentException e) {
            reject(e);
            return;
        }
        attempted = written;
        RequestExecution execution = gateway.write(totalsRequest, listener, onCallersThread);
        write = execution;
        last = execution;
        execution
                .outcome()
                .whenComplete((response, failure) -> guard(() -> {
                    if (execution.lacksResponse()) {
                        totals.mayBeLate(written);
                    }
                    if (response != null) {
                        succeed(during, written, response);
                    } else {
                        fail(during, written, execution, (PushgatewayException) failure);
                    }
                }));
    }

    private void succeed(RequestPeriod during, Attempted written, PushResponse response) {
        totals.written(during, request, written, ExecutionTime.of(response));
        earlierLacksResponse = totals.takeUnanswered();
        end(response, null);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    private void fail(
            RequestPeriod during, Attempted written, RequestExecution execution, PushgatewayException failure) {
        if (!written.isVisible() || !mayBeExecuted(execution, failure)) {
            totals.forget();
            end(null, failure);
            return;
        }
        totals.doubt(gateway, written);
        read(gateway)
                .whenComplete((groups, readFailure) -> guard(() -> {
                    if (readFailure != null) {
                        end(null, FailureMessages.unknown(description, failure, (PushgatewayException) readFailure));
                        return;
                    }
                    String changed;
                    Attempted.Comparison comparison;
                    synchronized (totals) {
                        changed = totals.read(during, first(groups));
                        comparison = totals.compare(written);
                    }
                    warnIfChanged(changed);
                    switch (comparison) {
                        case AFTER -> {
                            LOG.debug("The {} was executed, although there was no response", description);
                            succeed(during, written, new PushResponse(OK));
                        }
                        case BEFORE -> {
                            // a gateway that has stalled may still execute it
                            totals.doubt(gateway, written);
                            end(null, failure);
                        }
                        case OTHER -> {
                            totals.forget();
                            end(null, FailureMessages.unknown(description, failure, null));
                        }
                    }
                }));
    }

    /**
     * Returns whether the gateway may have executed a failed write. It has not if it refused the only attempt, or if no
     * attempt can have arrived.
     */
    private boolean mayBeExecuted(RequestExecution execution, PushgatewayException failure) {
        int status = failure.getStatusCode();
        if (failure.getAttempts() == 1 && status >= 300 && status < 500) {
            return false;
        }
        return execution.mayHaveArrived() || (gateway.hasCustomHandler() && failure.getAttempts() > 0);
    }

    /**
     * Ends the turn, and then completes the outcome. The next turn does not wait for a continuation of this outcome, which
     * may take any time.
     */
    private void end(@Nullable PushResponse response, @Nullable PushgatewayException failure) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        try {
            RequestPeriod during = period;
            if (during != null) {
                totals.end(during);
            }
            hold.release();
        } finally {
            try {
                totals.turns().end();
            } finally {
                if (failure == null) {
                    outcome.complete(response);
                } else {
                    outcome.completeExceptionally(failure);
                }
            }
        }
    }

    /** Runs a step. If it throws, the outcome fails. */
    private void guard(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) { // for example an OutOfMemoryError
            totals.forget();
            Attempted written = attempted;
            if (written != null && !ended.get()) {
                totals.doubt(gateway, written);
            }
            end(
                    null,
                    PushgatewayException.unreadable(
                            request.operation().toString(),
                            request.groupingKey().toString(),
                            e));
        }
    }
}
