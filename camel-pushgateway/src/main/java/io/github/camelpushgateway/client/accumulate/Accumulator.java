package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.client.http.RequestListener;
import io.github.camelpushgateway.client.http.Sending;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds to metrics of groups. A Pushgateway can only replace a metric, so the total is computed here. A group is read
 * once. Its values are then known as long as this client is the only one that writes to it. They are read again after a
 * failed request, after a request that replaces them, and after a configured time.
 *
 * <p>All attempts of a request write the same totals, so none is counted twice. If it is unknown whether the gateway has
 * executed an attempt, a read of the group shows either the old or the new totals.
 */
public final class Accumulator {

    /** The maximum number of groups whose values are known. The group that was used least recently is read again. */
    private static final int MAX_GROUPS = 1_000;

    private final GroupAccess gateway;
    private final Duration refresh;

    private final Map<GroupingKey, GroupTotals> groups = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<GroupingKey, GroupTotals> eldest) {
            return size() > MAX_GROUPS;
        }
    };

    /**
     * The group that was deleted last, if nothing was sent to it since. It must not be read: a gateway executes a
     * delete after its response.
     */
    @Nullable
    private GroupingKey deleted;

    /**
     * Creates an accumulator.
     *
     * @param gateway the gateway
     * @param refresh the time after which a group is read again; zero for a read before each request
     */
    public Accumulator(GroupAccess gateway, Duration refresh) {
        this.gateway = gateway;
        this.refresh = refresh;
    }

    /**
     * Starts a request that adds to metrics.
     *
     * @param pushes those of its pushes that may be delivered again
     * @param redelivered the only push, if it may have been counted at an earlier delivery, or null
     * @param onCallersThread whether the calling thread may block until there is an outcome
     */
    public Sending start(
            PushRequest request,
            Set<PushIdentity> pushes,
            @Nullable PushIdentity redelivered,
            RequestListener listener,
            boolean onCallersThread) {
        GroupTotals totals = totals(request.groupingKey());
        Accumulation accumulation = new Accumulation(request, pushes, listener, totals, gateway);
        if (redelivered != null && redelivered.isCounted(gateway.url())) {
            accumulation.complete();
        } else if (totals.areKnown(request, refresh)) {
            accumulation.start(onCallersThread);
        } else {
            accumulation.startWithRead(redelivered);
        }
        return accumulation;
    }

    private synchronized GroupTotals totals(GroupingKey group) {
        GroupTotals totals = groups.get(group);
        if (totals == null) {
            totals = new GroupTotals(gateway.url());
            if (group.equals(deleted)) {
                totals.deleted();
            }
            groups.put(group, totals);
        }
        return totals;
    }

    private synchronized @Nullable GroupTotals totalsOrNull(GroupingKey group) {
        return groups.get(group);
    }

    /**
     * Records a request without increments that has just started.
     *
     * @return the request, or an equivalent one
     */
    public Sending observe(PushRequest request, Sending sending) {
        GroupingKey group = request.groupingKey();
        GroupTotals totals = totalsOrNull(group);
        if (totals != null) {
            totals.replace(request);
            return new ObservedSending(sending, () -> totals.replaced(request));
        }
        if (request.operation() == PushOperation.DELETE) {
            return new ObservedSending(sending, () -> deleted(group));
        }
        forgetDeleted(group);
        return sending;
    }

    /** Records that a group without known totals was deleted. */
    public synchronized void deleted(@Nullable GroupingKey group) {
        deleted = group;
    }

    private synchronized void forgetDeleted(GroupingKey group) {
        if (group.equals(deleted)) {
            deleted = null;
        }
    }

    /** Records a request that deletes all groups. */
    public synchronized void wiped() {
        groups.values().forEach(GroupTotals::overwrite);
    }

    /**
     * Returns whether it is unknown if a push was counted at an earlier delivery, so that it must be sent in a separate
     * request.
     */
    public boolean isInDoubt(GroupingKey group, PushIdentity push) {
        GroupTotals totals = totalsOrNull(group);
        return totals != null && totals.isInDoubt(push);
    }
}
