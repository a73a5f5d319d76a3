package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.client.http.RequestListener;
import io.github.camelpushgateway.client.http.Sending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds to metrics of groups for one client. A Pushgateway can only replace a metric, so the total is computed here. A
 * group is read once. Its values are then known as long as only clients of this JVM write to it. They are read again
 * after a failed request, after a request that replaces them, and after a configured time.
 *
 * <p>All attempts of a request write the same totals, so none is counted twice. If it is unknown whether the gateway has
 * executed an attempt, a read of the group shows either the old or the new totals.
 */
public final class Accumulator {

    /** The maximum number of groups whose values are known. The group that was used least recently is read again. */
    private static final int MAX_GROUPS = 1_000;

    private final GroupAccess gateway;
    private final Duration refresh;
    private final TotalsRegistry registry;

    /** The groups that were used last. */
    private final Map<GroupingKey, TotalsRegistry.Hold> groups = new LinkedHashMap<>(16, 0.75f, true);

    private final Set<Accumulation> inFlight = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Creates an accumulator.
     *
     * @param gateway the gateway
     * @param refresh the time after which a group is read again; zero for a read before each request
     * @param registry the totals of all clients
     */
    public Accumulator(GroupAccess gateway, Duration refresh, TotalsRegistry registry) {
        this.gateway = gateway;
        this.refresh = refresh;
        this.registry = registry;
    }

    /**
     * Starts a request that adds to metrics, as soon as no other client adds to metrics of its group.
     *
     * @param pushes those of its pushes that may be delivered again
     * @param redelivered the only push, if it may have been counted at an earlier delivery, or null
     * @param onCallersThread whether the calling thread may block until there is an outcome
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    public Sending start(
            PushRequest request,
            Set<PushIdentity> pushes,
            @Nullable PushIdentity redelivered,
            RequestListener listener,
            boolean onCallersThread) {
        GroupingKey group = request.groupingKey();
        keep(group);
        Accumulation accumulation = new Accumulation(
                request, pushes, redelivered, listener, registry.hold(gateway.url(), group), gateway, refresh);
        inFlight.add(accumulation);
        accumulation.outcome().whenComplete((response, failure) -> inFlight.remove(accumulation));
        accumulation.takeTurn(onCallersThread);
        if (closed) {
            // close() may have run before this request was visible
            accumulation.close();
        }
        return accumulation;
    }

    /** Keeps the totals of a group for the next request. */
    private void keep(GroupingKey group) {
        List<TotalsRegistry.Hold> released = new ArrayList<>(0);
        synchronized (groups) {
            if (closed || groups.get(group) != null) {
                return;
            }
            groups.put(group, registry.hold(gateway.url(), group));
            if (groups.size() > MAX_GROUPS) {
                GroupingKey eldest = groups.keySet().iterator().next();
                released.add(groups.remove(eldest));
            }
        }
        released.forEach(TotalsRegistry.Hold::release);
    }

    /** Fails the requests that wait for another client, and releases all totals. */
    public void close() {
        List<TotalsRegistry.Hold> released;
        synchronized (groups) {
            closed = true;
            released = new ArrayList<>(groups.values());
            groups.clear();
        }
        released.forEach(TotalsRegistry.Hold::release);
        inFlight.forEach(Accumulation::close);
    }
}
