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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** The maximum number of accesses with a request whose outcome is unknown. */
    private static final int MAX_DOUBTS = 8;

    /** The time in which a gateway has executed a request after its response. */
    private static final Duration EXECUTION = Duration.ofSeconds(10);

    private final GatewayUrl gateway;
    private final GroupingKey group;
    private final GroupValues values = new GroupValues();
    private final Turns turns = new Turns();

    /** The requests in flight. */
    private final List<RequestPeriod> periods = new ArrayList<>(2);

    /** The clients with requests that were in flight before this object existed. */
    private final List<Writers.Writer> unobserved;

    /** The request of each access whose outcome is unknown. */
    private final Map<Object, Attempted> doubts = new LinkedHashMap<>(2);

    /** The access of the values. */
    private Object access = "";

    private boolean known;
    private long readNanos;

    /** Whether the values are those of a deleted group, which still holds others if the delete is not executed yet. */
    private boolean deleted;

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
        this.gateway = gateway;
        this.group = group;
        this.unobserved = new ArrayList<>(unobserved);
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
        return begin(new RequestPeriod(clientAccess), client);
    }

    /** Starts a request without increments. The metrics that it may replace must be read before something is added. */
    synchronized RequestPeriod begin(Object clientAccess, Object client, PushRequest request) {
        RequestPeriod period = new RequestPeriod(clientAccess);
        if (replacesAll(request)) {
            period.changeAll();
        } else {
            request.snapshots().forEach(family -> period.change(ExposedNames.nameOf(family)));
        }
        begin(period, client);
        if (period.changesAll()) {
            overwrite();
        } else {
            // a gateway has executed an earlier delete before this request
            deleted = false;
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
     * @param isSuccess whether it was executed. Its values are then known, unless another request was in flight. The group
     *     must not be read after a delete, which a gateway executes after its response
     */
    synchronized void end(RequestPeriod period, PushRequest request, boolean isSuccess) {
        if (isSuccess && period.access().equals(access) && !period.areAllContested()) {
            if (period.changesAll()) {
                cleared();
                deleted = request.operation() == PushOperation.DELETE;
            }
            request.snapshots().forEach(values::replaced);
        }
        end(period);
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

    /** Returns whether the group is deleted, and nothing is known to have been sent to it since. */
    synchronized boolean isDeleted() {
        return known && deleted;
    }

    private void cleared() {
        values.clear();
        drop(doubts.remove(access));
        overwritten = false;
        accepted = false;
        known = true;
        readNanos = System.nanoTime();
    }

    private void drop(@Nullable Attempted doubtful) {
        if (doubtful != null) {
            doubtful.pushes().forEach(push -> push.markNotCounted(gateway));
        }
    }

    /** Returns whether the values to which a request adds are known and were read within the given time. */
    private boolean areKnown(PushRequest request, Duration refresh) {
        if (!known || !values.areKnown(request)) {
            return false;
        }
        long age = System.nanoTime() - readNanos;
        return age < refresh.toNanos() || (deleted && age < EXECUTION.toNanos());
    }

    /** Requires a read before the next request. */
    synchronized void forget() {
        known = false;
    }

    /** Requires a read before the next request, without a warning if the values differ. */
    synchronized void overwrite() {
        known = false;
        overwritten = true;
        deleted = false;
        accepted = false;
        values.clear();
    }

    /** Returns whether a read may show the values before the last write, which the gateway has accepted. */
    synchronized boolean mayBeExecutedLater() {
        return accepted && System.nanoTime() - acceptedNanos < EXECUTION.toNanos();
    }

    /** Requires a read, as for a new group, if the gateway must have executed the last write since. */
    synchronized void overwriteIfExecuted() {
        if (accepted && !mayBeExecutedLater()) {
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

    /**
     * Records that a request was executed.
     *
     * @param isLater whether the gateway may execute it after its response
     */
    synchronized void written(PushRequest request, Attempted attempted, boolean isLater) {
        known = true;
        deleted &= isLater;
        values.written(request, attempted);
        accepted = isLater;
        if (isLater) {
            acceptedNanos = System.nanoTime();
            values.accepted(attempted);
        }
        attempted.pushes().forEach(push -> push.markCounted(gateway));
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

    /** Records that it is unknown whether a request was executed. */
    synchronized void doubt(RequestPeriod period, Attempted attempted) {
        known = false;
        drop(doubts.put(period.access(), attempted));
        attempted.pushes().forEach(push -> push.markInDoubt(gateway, this));
        Iterator<Attempted> oldest = doubts.values().iterator();
        if (doubts.size() > MAX_DOUBTS) {
            drop(oldest.next());
            oldest.remove();
        }
    }

    /** Returns whether it is unknown if a push was counted. */
    synchronized boolean hasDoubts() {
        return doubts.values().stream().anyMatch(each -> !each.pushes().isEmpty());
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
        String changed = doubtful == null ? null : resolve(doubtful);
        String dropped = values.dropChanged();
        known = true;
        deleted = false;
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
                doubtful.pushes().forEach(push -> push.markCounted(gateway));
                return null;
            }
            case BEFORE -> {
                drop(doubtful);
                return null;
            }
            case OTHER -> {
                drop(doubtful);
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
