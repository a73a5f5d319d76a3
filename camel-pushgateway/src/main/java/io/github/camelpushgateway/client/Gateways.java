package io.github.camelpushgateway.client;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Knows which of several gateways a request goes to: one, chosen by its group, or all. Each gateway has a client of its own, with
 * lanes, connections and retries of its own; how to come by it is the caller's business.
 */
public final class Gateways {

    private final List<ClientSettings> gateways;
    private final Distribution distribution;
    private final Rendezvous rendezvous;

    /**
     * Takes the gateways.
     *
     * @param gateways at least one, each at another place
     * @param distribution which of several a request goes to
     */
    public Gateways(List<ClientSettings> gateways, Distribution distribution) {
        this.gateways = List.copyOf(gateways);
        this.distribution = distribution;
        rendezvous = new Rendezvous(
                gateways.stream().map(gateway -> gateway.url().place()).toList());
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
     * Asks all gateways whether they are ready.
     *
     * @param asker asks one, as {@link PushgatewayClient#ready}
     * @return completes as that of a request to all
     */
    public CompletionStage<PushResponse> ready(Function<ClientSettings, CompletionStage<PushResponse>> asker) {
        return gateways.size() == 1
                ? asker.apply(gateways.get(0))
                : everyOne(PushgatewayClient.HEALTH_CHECK, "", asker);
    }

    private CompletionStage<PushResponse> everyOne(
            String operation, String group, Function<ClientSettings, CompletionStage<PushResponse>> sender) {
        return Outcome.ofAll(
                operation,
                group,
                gateways.stream()
                        .map(gateway -> Outcome.at(gateway.url(), sender.apply(gateway)))
                        .toList());
    }
}
