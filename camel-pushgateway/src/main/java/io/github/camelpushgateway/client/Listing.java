package io.github.camelpushgateway.client;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Makes one list of those of several gateways. */
final class Listing {

    private static final Comparator<GatewayGroup> OLDEST_FIRST = Comparator.comparingDouble(GatewayGroup::age)
            .reversed()
            .thenComparing(GatewayGroup::toString)
            .thenComparing(GatewayGroup::gateway);

    private Listing() {}

    /** Completes when all are there, with what is chosen of them; if one has failed, as the first of those. */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows an outcome has none of its own
    static CompletionStage<List<GatewayGroup>> of(
            List<CompletionStage<List<GatewayGroup>>> gateways, UnaryOperator<Stream<GatewayGroup>> choice) {
        List<CompletableFuture<List<GatewayGroup>>> all =
                gateways.stream().map(CompletionStage::toCompletableFuture).toList();
        CompletableFuture<List<GatewayGroup>> listing = new CompletableFuture<>();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).whenComplete((none, broken) -> {
            for (CompletableFuture<List<GatewayGroup>> one : all) {
                // no other way to its exception without another one around it
                one.whenComplete((groups, failure) -> {
                    if (failure != null) {
                        listing.completeExceptionally(failure);
                    }
                });
            }
            if (broken == null) {
                listing.complete(
                        choice.apply(all.stream().map(CompletableFuture::join).flatMap(Collection::stream))
                                .sorted(OLDEST_FIRST)
                                .toList());
            }
        });
        // not the stage that whenComplete gives: it would wrap the exception
        return listing;
    }

    /** Of the groups with the same labels, leaves the youngest. */
    static Stream<GatewayGroup> youngest(Stream<GatewayGroup> groups) {
        Map<Map<String, String>, GatewayGroup> youngest = new LinkedHashMap<>();
        groups.forEach(group ->
                youngest.merge(group.labels(), group, (known, other) -> other.age() < known.age() ? other : known));
        return youngest.values().stream();
    }
}
