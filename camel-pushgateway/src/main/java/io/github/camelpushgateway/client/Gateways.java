package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.Distribution;
import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupFilter;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The gateways of an endpoint. Routes requests to one gateway, selected by the group, or to all. Each gateway has a
 * separate client with separate queues, connections and retries. The caller provides the clients.
 */
public final class Gateways {

    private final List<ClientSettings> gateways;
    private final Distribution distribution;
    private final RendezvousHash rendezvous;

    /**
     * Creates the gateways.
     *
     * @param gateways the settings of at least one gateway, with different identities
     * @param distribution how requests are distributed over several gateways
     */
    public Gateways(List<ClientSettings> gateways, Distribution distribution) {
        this.gateways = List.copyOf(gateways);
        this.distribution = distribution;
        List<String> identities = new ArrayList<>();
        for (ClientSettings gateway : gateways) {
            identities.add(gateway.url().identity());
        }
        rendezvous = new RendezvousHash(identities);
    }

    /** Returns the settings of the gateways, in their order. */
    public List<ClientSettings> all() {
        return gateways;
    }

    /**
     * Sends a request to its gateway or gateways.
     *
     * @param sender sends the request to one gateway; its stage completes like that of {@link PushgatewayClient#send}
     * @return a stage that completes like that of the sender. A request to several gateways completes when all have an
     *     outcome: with the response of the first gateway if all succeeded, or with one exception that names the
     *     gateways that failed
     */
    public CompletionStage<PushResponse> send(
            PushRequest request, Function<ClientSettings, CompletionStage<PushResponse>> sender) {
        if (gateways.size() == 1) {
            return sender.apply(gateways.get(0));
        }
        return switch (distribution) {
            case SHARD -> sender.apply(gateways.get(rendezvous.choose(request.groupingKey())));
            case MIRROR ->
                sendToAll(request.operation().toString(), request.groupingKey().toString(), sender);
        };
    }

    /**
     * Sends a request that is not a push to all gateways.
     *
     * @param operation the name of the operation, for the message
     * @param sender sends the request to one gateway, like {@link PushgatewayClient#ready}
     * @return a stage that completes like that of a push to all gateways
     */
    public CompletionStage<PushResponse> all(
            String operation, Function<ClientSettings, CompletionStage<PushResponse>> sender) {
        return gateways.size() == 1 ? sender.apply(gateways.get(0)) : sendToAll(operation, "", sender);
    }

    /**
     * The selection of groups while a listing is read.
     *
     * @param byAge whether the selection depends on the age of groups
     * @param choice returns the part of a group to keep, or empty if the group is not selected
     */
    public record Keep(boolean byAge, Function<GatewayGroup, Optional<GatewayGroup>> choice) {}

    /**
     * Lists the groups of all gateways that a filter selects. Copies of a group on mirrored gateways are listed as one
     * group, whose age is that of the youngest copy.
     *
     * @param mapper returns the part of a group to keep
     * @param lister lists the groups of one gateway, like {@link PushgatewayClient#groups}
     * @return a stage that completes with the oldest group first, or like the first stage that failed
     */
    public CompletionStage<List<GatewayGroup>> groups(
            GroupFilter filter,
            UnaryOperator<GatewayGroup> mapper,
            BiFunction<ClientSettings, Keep, CompletionStage<List<GatewayGroup>>> lister) {
        boolean mirrored = isMirror();
        Keep keep = new Keep(
                filter.staleAfter() != null,
                group -> (mirrored ? filter.names(group) : filter.selects(group))
                        ? Optional.of(mapper.apply(group))
                        : Optional.empty());
        return GroupListing.of(
                gateways.stream().map(gateway -> lister.apply(gateway, keep)).toList(),
                groups -> mirrored ? GroupListing.merged(groups).filter(filter::isOldEnough) : groups);
    }

    /**
     * Deletes a listed group on the gateway that holds it, or on all mirrored gateways.
     *
     * @param sender sends the request to one gateway, as for {@link #send}
     * @return a stage that completes like that of {@link #send}
     */
    public CompletionStage<PushResponse> delete(
            GatewayGroup group, BiFunction<ClientSettings, PushRequest, CompletionStage<PushResponse>> sender) {
        PushRequest request = PushRequest.delete(group.key());
        if (isMirror()) {
            return send(request, settings -> sender.apply(settings, request));
        }
        // not the gateway that the hash selects: the group may be older than the current list of gateways
        ClientSettings holder = gateways.stream()
                .filter(gateway -> gateway.url().toString().equals(group.gateway()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no gateway " + group.gateway()));
        return sender.apply(holder, request);
    }

    /** Returns whether each push goes to several gateways. */
    public boolean isMirror() {
        return gateways.size() > 1 && distribution == Distribution.MIRROR;
    }

    private CompletionStage<PushResponse> sendToAll(
            String operation, String group, Function<ClientSettings, CompletionStage<PushResponse>> sender) {
        return GatewayOutcome.combine(
                operation,
                group,
                gateways.stream()
                        .map(gateway -> GatewayOutcome.capture(gateway.url(), sender.apply(gateway)))
                        .toList());
    }
}
