package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.http.FailureMessages;
import io.github.camelpushgateway.client.http.RequestDescription;
import io.github.camelpushgateway.client.http.RequestExecution;
import io.github.camelpushgateway.client.http.RequestListener;
import io.github.camelpushgateway.client.http.Sending;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that adds to metrics of its group. It reads the group if its values are unknown, writes the totals, and
 * reads the group again if it is unknown whether the gateway has executed the write.
 */
final class Accumulation implements Sending {

    private static final Logger LOG = LoggerFactory.getLogger(Accumulation.class);

    private static final int OK = 200;

    /** The response of a gateway that does not check pushes for consistency, and executes them later. */
    private static final int ACCEPTED = 202;

    private final PushRequest request;
    private final Set<PushIdentity> pushes;
    private final RequestListener listener;
    private final GroupTotals totals;
    private final GroupAccess gateway;
    private final RequestDescription description;
    private final CompletableFuture<PushResponse> outcome = new CompletableFuture<>();

    /** The HTTP request that was started last. */
    @Nullable
    private volatile RequestExecution last;

    /** The write, once it has started. */
    @Nullable
    private volatile RequestExecution write;

    /**
     * Prepares a request.
     *
     * @param pushes those of its pushes that may be delivered again
     */
    Accumulation(
            PushRequest request,
            Set<PushIdentity> pushes,
            RequestListener listener,
            GroupTotals totals,
            GroupAccess gateway) {
        this.request = request;
        this.pushes = pushes;
        this.listener = listener;
        this.totals = totals;
        this.gateway = gateway;
        description = gateway.describe(request);
    }

    @Override
    public CompletableFuture<PushResponse> outcome() {
        return outcome;
    }

    @Override
    public boolean lacksResponse() {
        RequestExecution sent = write;
        return sent != null && sent.lacksResponse();
    }

    @Override
    public boolean takeThread() {
        RequestExecution ended = last;
        return ended != null && ended.takeThread();
    }

    /** Adds to known values. */
    void start(boolean onCallersThread) {
        guard(() -> write(onCallersThread));
    }

    /**
     * Reads the group first.
     *
     * @param redelivered a push that must not be added if an earlier delivery of it was counted, or null
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    void startWithRead(@Nullable PushIdentity redelivered) {
        guard(() -> read().whenComplete((groups, failure) -> guard(() -> {
            if (failure != null) {
                outcome.completeExceptionally(FailureMessages.notSent(
                        description, "was not sent, because the read of the group ", (PushgatewayException) failure));
                return;
            }
            warnIfChanged(totals.read(first(groups)));
            if (redelivered != null && redelivered.isCounted(description.url())) {
                outcome.complete(new PushResponse(OK));
            } else {
                write(false);
            }
        })));
    }

    /** Completes a push that an earlier delivery has already added. */
    void complete() {
        outcome.complete(new PushResponse(OK));
    }

    private CompletableFuture<List<GatewayGroup>> read() {
        GroupingKey key = request.groupingKey();
        GroupAccess.Read read = gateway.read(
                group -> group.job().equals(key.job()) && group.groupingKey().equals(key.labels()));
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

    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    private void write(boolean onCallersThread) {
        Attempted attempted;
        PushRequest totalsRequest;
        try {
            attempted = totals.attempt(request, pushes);
            totalsRequest = GroupTotals.totals(request, attempted);
        } catch (IllegalArgumentException e) {
            // the values are read again: the group may be changed until then
            totals.forget();
            outcome.completeExceptionally(PushgatewayException.rejected(
                    request.operation().toString(), request.groupingKey().toString(), e));
            return;
        }
        RequestExecution execution = gateway.write(totalsRequest, listener, onCallersThread);
        write = execution;
        last = execution;
        execution
                .outcome()
                .whenComplete((response, failure) -> guard(() -> {
                    if (execution.lacksResponse()) {
                        totals.mayBeLate(attempted);
                    }
                    if (response != null) {
                        succeed(attempted, response);
                    } else {
                        fail(attempted, execution, (PushgatewayException) failure);
                    }
                }));
    }

    private void succeed(Attempted attempted, PushResponse response) {
        totals.written(request, attempted);
        if (response.statusCode() == ACCEPTED) {
            totals.accepted(attempted);
        }
        pushes.forEach(push -> push.markCounted(description.url()));
        outcome.complete(response);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    private void fail(Attempted attempted, RequestExecution execution, PushgatewayException failure) {
        if (!attempted.isVisible() || !mayBeExecuted(execution, failure)) {
            totals.forget();
            outcome.completeExceptionally(failure);
            return;
        }
        totals.doubt(attempted);
        read().whenComplete((groups, readFailure) -> guard(() -> {
            if (readFailure != null) {
                outcome.completeExceptionally(
                        FailureMessages.unknown(description, failure, (PushgatewayException) readFailure));
                return;
            }
            warnIfChanged(totals.read(first(groups)));
            switch (totals.compare(attempted)) {
                case AFTER -> {
                    LOG.debug("The {} was executed, although there was no response", description);
                    succeed(attempted, new PushResponse(OK));
                }
                case BEFORE -> {
                    // a gateway that has stalled may still execute it
                    totals.doubt(attempted);
                    outcome.completeExceptionally(failure);
                }
                case OTHER -> {
                    totals.forget();
                    outcome.completeExceptionally(FailureMessages.unknown(description, failure, null));
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

    /** Runs a step. If it throws, the outcome fails. */
    private void guard(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) { // for example an OutOfMemoryError
            totals.forget();
            outcome.completeExceptionally(PushgatewayException.unreadable(
                    request.operation().toString(), request.groupingKey().toString(), e));
        }
    }
}
