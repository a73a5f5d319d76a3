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
 * Knows which of several gateways a request goes to: one, chosen by its group, or all. Each gateway has a client of its own, with
 * lanes, connections and retries of its own; how to come by it is the caller's business.
 */
public final class Gateways {

    private final List<ClientSettings> gateways;
    private final Distribution distribution;
    private final RendezvousHash rendezvous;

    /**
     * Takes the gateways.
     *
     * @param gateways at least one, each at another place
     * @param distribution which of several a request goes to
     */
    public Gateways(List<ClientSettings> gateways, Distribution distribution) {
        this.gateways = List.copyOf(gateways);
        this.distribution = distribution;
        List<String> places = new ArrayList<>();
        for (ClientSettings gateway : gateways) {
            places.add(gateway.url().place());
        }
        rendezvous = new RendezvousHash(places);
    }

    /** Returns the settings of each, in their order. */
    public List<ClientSettings> all() {
        return gateways;
    }

    /**
     * Has the request sent to where it belongs.
     *
     * @param sender sends it to one gateway; its stage completes as that of {@link PushgatewayClient#send}
     * @return completes as the sender's stage. If the request goes to several gateways, it completes when all have an outcome: with
     *     the answer of the first of them if all have succeeded, or with one exception that names those that have not
     */
    public CompletionStage<PushResponse> send(
            PushRequest request, Function<ClientSettings, CompletionStage<PushResponse>> sender) {
        if (gateways.size() == 1) {
            return sender.apply(gateways.get(0));
        }
        return switch (distribution) {
            case SHARD -> sender.apply(gateways.get(rendezvous.choose(request.groupingKey())));
            case MIRROR ->
                everyOne(request.operation().toString(), request.groupingKey().toString(), sender);
        };
    }

    /**
     * Has all gateways asked for something else than a push.
     *
     * @param operation what it is, for the message
     * @param asker asks one, as {@link PushgatewayClient#ready} does
     * @return completes as that of a request to all
     */
    public CompletionStage<PushResponse> all(
            String operation, Function<ClientSettings, CompletionStage<PushResponse>> asker) {
        return gateways.size() == 1 ? asker.apply(gateways.get(0)) : everyOne(operation, "", asker);
    }

    /**
     * What is kept of a group, if anything is.
     *
     * @param byAge whether the age of a group decides that
     * @param choice returns what is kept
     */
    public record Keep(boolean byAge, Function<GatewayGroup, Optional<GatewayGroup>> choice) {}

    /**
     * Lists the groups that a filter selects, on all gateways. Those that mirror each other hold one group together, which is as
     * young as it is on any of them.
     *
     * @param as what is kept of each
     * @param asker asks one, as {@link PushgatewayClient#groups} does
     * @return completes with the oldest first; or as the first stage that failed
     */
    public CompletionStage<List<GatewayGroup>> groups(
            GroupFilter filter,
            UnaryOperator<GatewayGroup> as,
            BiFunction<ClientSettings, Keep, CompletionStage<List<GatewayGroup>>> asker) {
        boolean together = isMirror();
        Keep keep = new Keep(
                filter.staleAfter() != null,
                group -> (together ? filter.names(group) : filter.selects(group))
                        ? Optional.of(as.apply(group))
                        : Optional.empty());
        return GroupListing.of(
                gateways.stream().map(gateway -> asker.apply(gateway, keep)).toList(),
                groups -> together ? GroupListing.together(groups).filter(filter::isOldEnough) : groups);
    }

    /**
     * Has a group deleted that was listed: on the gateway that has it, or on all if they mirror each other.
     *
     * @param sender as for {@link #send}
     * @return completes as that of {@link #send}
     */
    public CompletionStage<PushResponse> delete(
            GatewayGroup group, BiFunction<ClientSettings, PushRequest, CompletionStage<PushResponse>> sender) {
        PushRequest request = PushRequest.delete(group.key());
        if (isMirror()) {
            return send(request, settings -> sender.apply(settings, request));
        }
        // not the one that the group belongs to: it may have been left behind where it was before there was another
        // gateway
        ClientSettings holder = gateways.stream()
                .filter(gateway -> gateway.url().toString().equals(group.gateway()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no gateway " + group.gateway()));
        return sender.apply(holder, request);
    }

    /** Returns whether a request goes to several gateways. */
    public boolean isMirror() {
        return gateways.size() > 1 && distribution == Distribution.MIRROR;
    }

    private CompletionStage<PushResponse> everyOne(
            String operation, String group, Function<ClientSettings, CompletionStage<PushResponse>> sender) {
        return GatewayOutcome.ofAll(
                operation,
                group,
                gateways.stream()
                        .map(gateway -> GatewayOutcome.at(gateway.url(), sender.apply(gateway)))
                        .toList());
    }
}
