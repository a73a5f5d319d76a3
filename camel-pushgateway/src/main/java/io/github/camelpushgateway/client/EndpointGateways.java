package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupFilter;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The gateways of one endpoint. The endpoint shares clients with endpoints of equal settings. Requests are also
 * possible after closing, because Camel may evict an endpoint while exchanges are on their way to it.
 */
public final class EndpointGateways implements GroupSweeper.Target, AutoCloseable {

    private final Gateways gateways;
    private final SharedClients clients;
    private final PushStatistics statistics;
    private final List<SharedClients.Lease> leases = new ArrayList<>();

    /**
     * Creates the gateways of an endpoint, and leases a client for each.
     *
     * @param gateways the gateways
     * @param clients the clients of all endpoints
     * @param statistics counts the pushes
     */
    public EndpointGateways(Gateways gateways, SharedClients clients, PushStatistics statistics) {
        this.gateways = gateways;
        this.clients = clients;
        this.statistics = statistics;
        for (ClientSettings settings : gateways.all()) {
            leases.add(clients.lease(settings));
        }
    }

    /**
     * Sends a push to its gateway or gateways, and counts it. The stage completes like that of {@link
     * PushgatewayClient#send(PushRequest)}.
     *
     * @param callerWaits whether the calling thread will block until there is an outcome, so that it may send the
     *     request itself
     */
    public CompletionStage<PushResponse> send(PushRequest request, boolean callerWaits) {
        return statistics.follow(
                request,
                // mirrored gateways receive the push at the same time, so the caller cannot send it
                callerWaits && !gateways.isMirror(),
                push -> gateways.send(request, settings -> use(settings, client -> client.send(request, push))));
    }

    /** Checks whether all gateways are ready. The stage completes like that of a push. */
    public CompletionStage<PushResponse> ready() {
        return gateways.all("health check", settings -> use(settings, PushgatewayClient::ready));
    }

    /** Deletes all groups of all gateways. The stage completes like that of a push. */
    public CompletionStage<PushResponse> wipe() {
        return gateways.all("wipe", settings -> use(settings, PushgatewayClient::wipe));
    }

    /** Reads the state of each gateway. The keys are the URLs of the gateways. */
    public Map<String, CompletionStage<Map<String, Object>>> status() {
        Map<String, CompletionStage<Map<String, Object>>> states = new LinkedHashMap<>();
        for (ClientSettings settings : gateways.all()) {
            states.put(settings.url().toString(), use(settings, PushgatewayClient::status));
        }
        return states;
    }

    @Override
    public CompletionStage<List<GatewayGroup>> groups(GroupFilter filter, UnaryOperator<GatewayGroup> mapper) {
        return gateways.groups(filter, mapper, (settings, keep) -> use(settings, client -> client.groups(keep)));
    }

    /** Deletes a listed group on the gateway that holds it, and counts the deletion as a push. */
    @Override
    public CompletionStage<PushResponse> delete(GatewayGroup group) {
        return statistics.follow(
                PushRequest.delete(GroupingKey.of(group.job(), group.groupingKey())),
                push -> gateways.delete(
                        group, (settings, request) -> use(settings, client -> client.send(request, push))));
    }

    private <T> CompletionStage<T> use(ClientSettings settings, Function<PushgatewayClient, CompletionStage<T>> task) {
        return clients.use(settings, task);
    }

    /** Returns the leases of the clients. Later requests lease a client until they complete. */
    @Override
    public void close() {
        leases.forEach(SharedClients.Lease::close);
        leases.clear();
    }
}
