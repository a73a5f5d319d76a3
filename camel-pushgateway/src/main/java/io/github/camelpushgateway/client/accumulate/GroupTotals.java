package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the clients of this JVM know of a group: the values that they have read and written, and the requests whose outcome is unknown.
 * Accumulations take {@link #turns() turns}, so the values do not change during one. Other requests are not delayed. The
 * metrics that they change during an accumulation are unknown afterwards.
 *
 * <p>The values are those of one access: the headers, handlers and certificates of a client may select another gateway
 * behind the same URL. A client with another access reads the group again.
 */
final class GroupTotals {

    private final GroupingKey group;
    private final GroupValues values = new GroupValues();
    private final Turns turns = new Turns();

    /** The requests in flight. */
    private final List<RequestPeriod> periods = new ArrayList<>(2);

    /** The clients with requests that were in flight before this object existed. */
    private final List<Writers.Writer> unobserved;

    private final Doubts doubts;
    private final PendingDelete pendingDelete = new PendingDelete();

    /** The access of the values. */
    private Object access = "";

    private boolean known;
    private long readNanos;

    /**
     * Whether a read may show older values, because the gateway executes a request that has replaced all metrics after its response: a
     * delete, or a push that it does not check for consistency.
     */
    private boolean replacedLater;

    /** Whether the gateway may have executed the last write after its response, and when that was. */
    private boolean accepted;

    private long acceptedNanos;

    /** Whether a request may have replaced the values since they were written. */
    private boolean overwritten;

    /** Whether the last request had no response, so that it may be executed after the next one. */
    private boolean unanswered;

    /**
     * Creates unknown values.
     *
     * @param unobserved the clients with requests to the group that are in flight
     */
    GroupTotals(GatewayUrl gateway, GroupingKey group, Collection<Writers.Writer> unobserved) {
        this.group = group;
        this.unobserved = new ArrayList<>(unobserved);
        doubts = new Doubts(gateway);
    }

    /** Returns the turns of accumulations. */
    Turns turns() {
        return turns;
    }

    /**
     * Starts the period of a request.
     *
     * @param client the client that sends it
     */
    private RequestPeriod begin(RequestPeriod period, Object client) {
        unobserved.removeIf(writer -> !writer.isBusy(group, client));
        if (!unobserved.isEmpty()) {
            period.overlapUnknown();
        }
        if (!period.access().equals(access)) {
            overwrite();
            access = period.access();
        }
        periods.add(period);
        overlap(period);
        return period;
    }

    private void overlap(RequestPeriod period) {
        for (RequestPeriod other : periods) {
            if (other != period) {
                other.overlap(period);
                period.overlap(other);
            }
        }
    }

    /** Starts the turn of an accumulation. */
    synchronized RequestPeriod begin(Object clientAccess, Object client) {
        return begin(new RequestPeriod(clientAccess, pendingDelete.number()), client);
    }

    /** Starts a request without increments. The metrics that it may replace must be read before something is added. */
    synchronized RequestPeriod begin(Object clientAccess, Object client, PushRequest request) {
        RequestPeriod period = new RequestPeriod(clientAccess, pendingDelete.number());
        if (replacesAll(request)) {
            period.changeAll();
        } else {
            request.snapshots().forEach(family -> period.change(ExposedNames.nameOf(family)));
        }
        begin(period, client);
        if (period.changesAll()) {
            overwrite();
        } else {
            request.snapshots().forEach(family -> values.forget(ExposedNames.nameOf(family)));
        }
        if (values.areMostlyUnknown()) {
            overwrite();
        }
        return period;
    }

    private static boolean replacesAll(PushRequest request) {
        return request.operation() == PushOperation.PUSH || request.operation() == PushOperation.DELETE;
    }

    /**
     * Ends the period of a request without increments.
     *
     * @param time when the gateway executes it. Its values are then known, unless another request was in flight
     */
    synchronized void end(RequestPeriod period, PushRequest request, ExecutionTime time) {
        boolean isLater = time == ExecutionTime.AFTER_RESPONSE;
        if (time != ExecutionTime.UNKNOWN && period.access().equals(access) && !period.areAllContested()) {
            if (period.changesAll()) {
                cleared();
                replacedLater = isLater;
            }
            request.snapshots().forEach(family -> values.replaced(family, isLater));
            if (isLater) {
                markAccepted();
            }
        }
        if (time == ExecutionTime.BEFORE_RESPONSE) {
            executed(period.access(), period.deletes());
        } else if (isLater && request.operation() == PushOperation.DELETE) {
            pendingDelete.add();
        }
        end(period);
    }

    private void markAccepted() {
        accepted = true;
        acceptedNanos = System.nanoTime();
    }

    /** Records that a gateway has executed a push, and so all requests before it. */
    private void executed(Object by, long deletes) {
        pendingDelete.executed(by, deletes);
        if (by.equals(access)) {
            replacedLater = false;
        }
    }

    /**
     * Records a request without increments that nothing has observed, because there were no totals, and that the gateway executes later.
     * A read may show the values before it.
     */
    synchronized void accepted(Object clientAccess, Object client, PushRequest request) {
        end(begin(clientAccess, client, request), request, ExecutionTime.AFTER_RESPONSE);
    }

    /** Ends the period of a request. The metrics are unknown that another request may have changed. */
    synchronized void end(RequestPeriod period) {
        periods.remove(period);
        forgetContested(period);
    }

    private void forgetContested(RequestPeriod period) {
        if (period.areAllContested() || !period.access().equals(access)) {
            overwrite();
        } else {
            period.contested().forEach(values::forget);
        }
    }

    /** Returns whether a request that overlaps this one may have changed a metric to which it adds. */
    synchronized boolean isContested(RequestPeriod period, PushRequest request) {
        return period.areAllContested()
                || request.increments().stream()
                        .anyMatch(family -> period.contested().contains(ExposedNames.nameOf(family)));
    }

    /** Requires a read, unless it may show older values than those that are known. */
    synchronized void forgetUnlessReplacedLater() {
        if (!isAcceptedRecently()) {
            overwrite();
        } else if (!replacedLater) {
            forget();
        }
    }

    /** Returns whether a read with an access may show metrics that are deleted. */
    synchronized boolean mayShowDeleted(Object clientAccess) {
        return pendingDelete.mayBePending(clientAccess);
    }

    /** Returns the number of deletes. */
    synchronized long deletes() {
        return pendingDelete.number();
    }

    /**
     * Records that a gateway has executed a push of no metrics.
     *
     * @param deletes the number of deletes before it
     */
    synchronized void executedEmptyPush(Object clientAccess, long deletes) {
        executed(clientAccess, deletes);
    }

    /** Records that the gateway has accepted a request that deletes all groups. */
    synchronized void wiped() {
        pendingDelete.add();
    }

    private void cleared() {
        values.clear();
        doubts.drop(access);
        overwritten = false;
        accepted = false;
        known = true;
        readNanos = System.nanoTime();
    }

    /** Returns whether the values to which a request adds are known and were read within the given time. */
    private boolean areKnown(PushRequest request, Duration refresh) {
        if (!known || !values.areKnown(request)) {
            return false;
        }
        long age = System.nanoTime() - readNanos;
        return age < refresh.toNanos() || (replacedLater && age < ExecutionTime.MAX_DELAY.toNanos());
    }

    /** Requires a read before the next request. */
    synchronized void forget() {
        known = false;
    }

    /** Requires a read before the next request, without a warning if the values differ. */
    synchronized void overwrite() {
        known = false;
        overwritten = true;
        replacedLater = false;
        accepted = false;
        values.clear();
    }

    /** Returns whether a read may show the values before the last request, which the gateway has accepted. */
    synchronized boolean mayBeExecutedLater() {
        return isAcceptedRecently() || pendingDelete.mayBePending();
    }

    private boolean isAcceptedRecently() {
        return accepted && System.nanoTime() - acceptedNanos < ExecutionTime.MAX_DELAY.toNanos();
    }

    /** Requires a read, as for a new group, if the gateway must have executed the last write since. */
    synchronized void overwriteIfExecuted() {
        if (accepted && !isAcceptedRecently()) {
            overwrite();
        }
    }

    /**
     * Returns the request that writes the totals, or null if the group must be read first.
     *
     * @param refresh the time after which a group is read again
     * @throws IllegalArgumentException if an increment cannot be added to what the group holds
     */
    synchronized @Nullable Attempted attemptIfKnown(
            RequestPeriod period, PushRequest request, Set<PushIdentity> pushes, Duration refresh) {
        return period.access().equals(access) && areKnown(request, refresh) ? attempt(period, request, pushes) : null;
    }

    /**
     * Returns the request that writes the totals.
     *
     * @throws IllegalArgumentException if an increment cannot be added to what the group holds
     */
    synchronized Attempted attempt(RequestPeriod period, PushRequest request, Set<PushIdentity> pushes) {
        Attempted attempted = values.attempt(request, pushes);
        attempted.after().keySet().forEach(period::change);
        request.snapshots().forEach(family -> period.change(ExposedNames.nameOf(family)));
        overlap(period);
        return attempted;
    }

    /**
     * Returns the request that leaves the group with these totals, which replace the increments. They are not among the
     * other metrics, because the model of client_java does not allow the gauge {@code rows} and the counter {@code
     * rows_total} in one set.
     */
    static PushRequest totals(PushRequest request, Attempted attempted) {
        return new PushRequest(
                request.operation(),
                request.groupingKey(),
                request.snapshots(),
                new MetricSnapshots(attempted.after().values()));
    }

    /** Records that a request was, or will be, executed. */
    synchronized void written(RequestPeriod period, PushRequest request, Attempted attempted, ExecutionTime time) {
        boolean isLater = time == ExecutionTime.AFTER_RESPONSE;
        known = true;
        values.written(request, attempted, isLater);
        accepted = isLater;
        if (isLater) {
            markAccepted();
        } else {
            executed(period.access(), period.deletes());
        }
        doubts.counted(attempted);
    }

    /** Records that a request had no response, so that it may be executed later. */
    synchronized void mayBeLate(Attempted attempted) {
        values.mayBeLate(attempted);
        unanswered = true;
    }

    /** Records that a request without increments had no response. */
    synchronized void markUnanswered() {
        unanswered = true;
    }

    /**
     * Returns whether a request of any client had no response since the last call. The request that has succeeded after it
     * should be sent again, in case the gateway executes the earlier one in between.
     */
    synchronized boolean takeUnanswered() {
        boolean taken = unanswered;
        unanswered = false;
        return taken;
    }

    /** Records that it is unknown whether a request of a client was executed. */
    synchronized void doubt(GroupAccess client, Attempted attempted) {
        known = false;
        doubts.add(attempted, client, this);
    }

    /** Returns whether it is unknown if a push was counted. */
    synchronized boolean hasDoubts() {
        return doubts.isInUse();
    }

    /**
     * Returns a request whose outcome is unknown, of another access, or null. A read with its access must show whether it was executed,
     * before this access changes the values. Each request is returned once, since the read may fail.
     */
    synchronized Doubts.@Nullable Doubt takeDoubtOfOthers(Object clientAccess) {
        return doubts.takeOfOthers(clientAccess);
    }

    /** Records what a read with the access of a request has shown. */
    synchronized void resolve(Doubts.Doubt doubt, @Nullable GatewayGroup held) {
        doubts.resolve(doubt, held);
    }

    /**
     * Records the values that were read, which show whether the request was executed whose outcome was unknown.
     *
     * @param held the group, or null if there is none
     * @return the name of a metric that has neither the value that was written, nor one that may have been written, or
     *     null
     */
    synchronized @Nullable String read(RequestPeriod period, @Nullable GatewayGroup held) {
        forgetContested(period);
        Attempted doubtful = doubts.remove(period.access());
        values.read(held, doubtful);
        doubts.resolveUnreadable(values);
        String changed = doubtful == null ? null : resolve(doubtful);
        String dropped = values.dropChanged();
        known = true;
        replacedLater = false;
        readNanos = System.nanoTime();
        if (overwritten) {
            overwritten = false;
            return null;
        }
        return changed == null ? dropped : changed;
    }

    /** Returns the name of a metric if it is still unknown whether the request was executed, and else null. */
    private @Nullable String resolve(Attempted doubtful) {
        switch (values.resolve(doubtful)) {
            case AFTER -> {
                doubts.counted(doubtful);
                return null;
            }
            case BEFORE -> {
                doubts.notCounted(doubtful);
                return null;
            }
            case OTHER -> {
                doubts.notCounted(doubtful);
                return doubtful.after().keySet().iterator().next();
            }
        }
        throw new IllegalStateException();
    }

    /** Compares what was read with a request. */
    synchronized Attempted.Comparison compare(Attempted attempted) {
        return values.compare(attempted);
    }
}
