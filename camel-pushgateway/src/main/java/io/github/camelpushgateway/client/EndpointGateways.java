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
 * Asks the gateways of one endpoint, by clients that it shares with endpoints of equal settings. Also when it is closed: Camel may evict an
 * endpoint while exchanges are on their way to it.
 */
public final class EndpointGateways implements GroupSweeper.Place, AutoCloseable {

    private final Gateways gateways;
    private final SharedClients clients;
    private final PushStatistics counters;
    private final List<SharedClients.Lease> leases = new ArrayList<>();

    /** @param counters count the pushes */
    public EndpointGateways(Gateways gateways, SharedClients clients, PushStatistics counters) {
        this.gateways = gateways;
        this.clients = clients;
        this.counters = counters;
        for (ClientSettings settings : gateways.all()) {
            leases.add(clients.lease(settings));
        }
    }

    /**
     * Sends the request to where it belongs, and counts it. The stage completes as that of a client.
     *
     * @param callerWaits whether the calling thread will block until there is an outcome, so that it may send the request itself
     */
    public CompletionStage<PushResponse> send(PushRequest request, boolean callerWaits) {
        return counters.follow(
                request,
                // to all gateways at the same time, and not to one after the other
                callerWaits && !gateways.isMirror(),
                push -> gateways.send(request, settings -> use(settings, client -> client.send(request, push))));
    }

    /** Asks all gateways whether they are ready. The stage completes as that of a client. */
    public CompletionStage<PushResponse> ready() {
        return gateways.all("health check", settings -> use(settings, PushgatewayClient::ready));
    }

    /** Deletes all groups of all gateways. The stage completes as that of a client. */
    public CompletionStage<PushResponse> wipe() {
        return gateways.all("wipe", settings -> use(settings, PushgatewayClient::wipe));
    }

    /** Asks each gateway for its state, by its URL. */
    public Map<String, CompletionStage<Map<String, Object>>> status() {
        Map<String, CompletionStage<Map<String, Object>>> states = new LinkedHashMap<>();
        for (ClientSettings settings : gateways.all()) {
            states.put(settings.url().toString(), use(settings, PushgatewayClient::status));
        }
        return states;
    }

    @Override
    public CompletionStage<List<GatewayGroup>> groups(GroupFilter filter, UnaryOperator<GatewayGroup> as) {
        return gateways.groups(filter, as, (settings, keep) -> use(settings, client -> client.groups(keep)));
    }

    /** Deletes that group where it was listed, and counts that as a push. */
    @Override
    public CompletionStage<PushResponse> delete(GatewayGroup group) {
        return counters.follow(
                PushRequest.delete(GroupingKey.of(group.job(), group.groupingKey())),
                push -> gateways.delete(
                        group, (settings, request) -> use(settings, client -> client.send(request, push))));
    }

    private <T> CompletionStage<T> use(ClientSettings settings, Function<PushgatewayClient, CompletionStage<T>> task) {
        return clients.use(settings, task);
    }

    /** Lets go of the clients: what is asked later gets one for as long as it takes. */
    @Override
    public void close() {
        leases.forEach(SharedClients.Lease::close);
        leases.clear();
    }
}
