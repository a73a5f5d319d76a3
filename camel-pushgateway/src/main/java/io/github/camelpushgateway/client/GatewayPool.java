package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.Distribution;
import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupFilter;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.queue.CountedPush;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gateways of one endpoint. Sends each request to one gateway, selected by the group, or to all. Each gateway has a
 * separate client with separate queues, connections and retries, which the endpoint shares with endpoints of equal
 * settings. Requests are also possible after closing, because Camel may evict an endpoint while exchanges are on their
 * way to it.
 */
public final class GatewayPool implements AutoCloseable {

    private final List<ClientSettings> gateways;
    private final Distribution distribution;
    private final RendezvousHash rendezvous;
    private final SharedClients clients;
    private final PushStatistics statistics;
    private final List<SharedClients.Lease> leases = new ArrayList<>();

    /**
     * Creates the pool of an endpoint, and leases a client for each gateway.
     *
     * @param gateways the settings of at least one gateway, with different identities
     * @param distribution how requests are distributed over several gateways
     * @param clients the clients of all endpoints
     * @param statistics counts the pushes
     * @throws IllegalStateException if the component is stopped
     */
    public GatewayPool(
            List<ClientSettings> gateways,
            Distribution distribution,
            SharedClients clients,
            PushStatistics statistics) {
        this.gateways = List.copyOf(gateways);
        this.distribution = distribution;
        this.clients = clients;
        this.statistics = statistics;
        List<String> identities = new ArrayList<>();
        try {
            for (ClientSettings gateway : gateways) {
                identities.add(gateway.url().identity());
                leases.add(clients.lease(gateway));
            }
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
        rendezvous = new RendezvousHash(identities);
    }

    /**
     * Returns what is equal for pools that send the same request to the same gateways: the URLs, headers, handlers and
     * certificates.
     */
    public Object identity() {
        List<Object> identity = new ArrayList<>();
        identity.add(distribution);
        for (ClientSettings gateway : gateways) {
            identity.add(gateway.url().identity());
            identity.add(gateway.access());
        }
        return identity;
    }

    /**
     * Sends a push to its gateway or gateways, and counts it. A push to several gateways completes when all have an
     * outcome.
     *
     * @param callerWaits whether the calling thread will block until there is an outcome. It then sends the request
     *     itself if the group is idle and a connection is open, which saves waking two threads. The returned stage has
     *     then completed
     * @return a stage that completes with the response of the first gateway if all succeeded, or with one {@link
     *     PushgatewayException} that names the gateways that failed
     */
    public CompletionStage<PushResponse> send(PushRequest request, boolean callerWaits) {
        return send(request, callerWaits, null);
    }

    /**
     * Sends a push like {@link #send(PushRequest, boolean)}. If it adds to metrics and is delivered again after a
     * failure, it is added only where it has not been added yet.
     *
     * @param identity the same object for all deliveries of the push, or null if it is not delivered again
     */
    public CompletionStage<PushResponse> send(
            PushRequest request, boolean callerWaits, @Nullable PushIdentity identity) {
        if (isMirror()) {
            // the gateways receive the push at the same time, so the caller cannot send it
            return sendToAll(request, identity);
        }
        CountedPush push = statistics.begin(callerWaits, identity);
        return statistics.end(sendTo(gateways.get(rendezvous.choose(request.groupingKey())), request, push));
    }

    private CompletionStage<PushResponse> sendToAll(PushRequest request, @Nullable PushIdentity identity) {
        CountedPush push = statistics.begin(false, identity);
        List<CompletableFuture<GatewayOutcome>> outcomes = new ArrayList<>();
        for (ClientSettings gateway : gateways) {
            outcomes.add(GatewayOutcome.capture(gateway.url(), sendTo(gateway, request, push)));
        }
        return statistics.end(GatewayOutcome.combine(
                request.operation().toString(), request.groupingKey().toString(), outcomes));
    }

    private CompletionStage<PushResponse> sendTo(ClientSettings gateway, PushRequest request, CountedPush push) {
        SharedClients.Lease lease;
        try {
            lease = clients.lease(gateway);
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(
                    PushgatewayException.of(request, "was not sent, because " + e.getMessage(), e));
        }
        try {
            return lease.closeAfter(lease.client().send(request, push));
        } catch (Throwable e) { // including errors
            lease.close();
            throw e;
        }
    }

    /** Returns whether pushes to two groups go to the same gateways. */
    public boolean shareGateway(GroupingKey one, GroupingKey other) {
        return isMirror() || rendezvous.choose(one) == rendezvous.choose(other);
    }

    /**
     * Sends a push after a delay, unless it is cancelled before: see {@link DelayedPush}. A push that was cancelled does
     * not count as requested.
     *
     * @param request supplies the request after the delay; may block
     * @param onFailure notified if the push fails before it is cancelled
     * @throws IllegalStateException if the component is stopped
     */
    public DelayedPush sendLater(Duration delay, Supplier<PushRequest> request, Consumer<Throwable> onFailure) {
        DelayedPush push = new DelayedPush(request, this::sendUnordered, onFailure);
        try (SharedClients.Lease lease = clients.lease(gateways.get(0))) {
            return push.schedule(lease.client().timer(), clients.continuations(), delay);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    private void sendUnordered(PushRequest request, DelayedPush push) {
        List<ClientSettings> targets =
                isMirror() ? gateways : List.of(gateways.get(rendezvous.choose(request.groupingKey())));
        List<CompletionStage<PushResponse>> outcomes = new ArrayList<>();
        for (ClientSettings gateway : targets) {
            outcomes.add(clients.use(gateway, client -> client.sendUnordered(request, statistics, push::add)));
        }
        outcome(request, targets, outcomes).whenComplete((response, failure) -> {
            if (!push.isCancelled()) {
                statistics.begin(false);
                statistics.end(
                        failure == null
                                ? CompletableFuture.completedFuture(response)
                                : CompletableFuture.failedFuture(failure));
            }
            if (failure != null) {
                push.fail(failure);
            }
        });
    }

    private static CompletionStage<PushResponse> outcome(
            PushRequest request, List<ClientSettings> targets, List<CompletionStage<PushResponse>> outcomes) {
        if (outcomes.size() == 1) {
            return outcomes.get(0);
        }
        List<CompletableFuture<GatewayOutcome>> captured = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            captured.add(GatewayOutcome.capture(targets.get(i).url(), outcomes.get(i)));
        }
        return GatewayOutcome.combine(
                request.operation().toString(), request.groupingKey().toString(), captured);
    }

    /**
     * Deletes a listed group on the gateway that holds it, or on all mirrored gateways, and counts the deletion as a
     * push.
     */
    public CompletionStage<PushResponse> delete(GatewayGroup group) {
        PushRequest request = PushRequest.delete(group.key());
        if (isMirror()) {
            return sendToAll(request, null);
        }
        // not the gateway that the hash selects: the group may be older than the current list of gateways
        ClientSettings holder = gateways.stream()
                .filter(gateway -> gateway.url().toString().equals(group.gateway()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no gateway " + group.gateway()));
        return statistics.end(sendTo(holder, request, statistics.begin(false)));
    }

    /** Checks whether all gateways are ready. The stage completes as for a push to all gateways. */
    public CompletionStage<PushResponse> ready() {
        return all("health check", PushgatewayClient::ready);
    }

    /** Deletes all groups of all gateways. The stage completes as for a push to all gateways. */
    public CompletionStage<PushResponse> wipe() {
        return all("wipe", PushgatewayClient::wipe);
    }

    private CompletionStage<PushResponse> all(
            String operation, Function<PushgatewayClient, CompletionStage<PushResponse>> request) {
        if (gateways.size() == 1) {
            return clients.use(gateways.get(0), request);
        }
        List<CompletableFuture<GatewayOutcome>> outcomes = new ArrayList<>();
        for (ClientSettings gateway : gateways) {
            outcomes.add(GatewayOutcome.capture(gateway.url(), clients.use(gateway, request)));
        }
        return GatewayOutcome.combine(operation, "", outcomes);
    }

    /** Reads the state of each gateway. The keys are the URLs of the gateways. */
    public Map<String, CompletionStage<Map<String, Object>>> status() {
        Map<String, CompletionStage<Map<String, Object>>> states = new LinkedHashMap<>();
        for (ClientSettings gateway : gateways) {
            states.put(gateway.url().toString(), clients.use(gateway, PushgatewayClient::status));
        }
        return states;
    }

    /**
     * Lists the groups of all gateways that a filter selects. Copies of a group on mirrored gateways are listed as one
     * group, whose age is that of the youngest copy. The stage completes with the oldest group first, or with the first
     * failure.
     */
    public CompletionStage<List<GatewayGroup>> groups(GroupFilter filter) {
        return groups(filter, true);
    }

    /** Lists the groups that a filter selects, each with only the parts that the filter needs, to save memory. */
    CompletionStage<List<GatewayGroup>> groupsForComparison(GroupFilter filter) {
        return groups(filter, false);
    }

    private CompletionStage<List<GatewayGroup>> groups(GroupFilter filter, boolean withMetrics) {
        boolean dependsOnAge = filter.staleAfter() != null;
        List<CompletableFuture<List<GatewayGroup>>> listings = new ArrayList<>();
        for (ClientSettings gateway : gateways) {
            listings.add(clients.use(
                            gateway, client -> client.groups(dependsOnAge, group -> select(filter, group, withMetrics)))
                    .toCompletableFuture());
        }
        return GroupListing.combine(listings, filter, isMirror());
    }

    /** The age of mirrored groups is known only when all copies are. */
    private Optional<GatewayGroup> select(GroupFilter filter, GatewayGroup group, boolean withMetrics) {
        if (!(isMirror() ? filter.matchesLabels(group) : filter.selects(group))) {
            return Optional.empty();
        }
        return Optional.of(withMetrics ? group : filter.relevantPart(group));
    }

    /** Returns whether each push goes to several gateways. */
    private boolean isMirror() {
        return gateways.size() > 1 && distribution == Distribution.MIRROR;
    }

    /** Returns the leases of the clients. Later requests lease a client until they complete. */
    @Override
    public void close() {
        for (SharedClients.Lease lease : leases) {
            lease.close();
        }
        leases.clear();
    }
}
