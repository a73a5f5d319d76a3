package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayGroup;
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
final class GroupListing {

    private static final Comparator<GatewayGroup> OLDEST_FIRST = Comparator.comparingDouble(GatewayGroup::age)
            .reversed()
            .thenComparing(GatewayGroup::toString)
            .thenComparing(GatewayGroup::gateway);

    private static final Comparator<GatewayGroup> PUSHED_FIRST =
            Comparator.comparing(GatewayGroup::since, Comparator.nullsFirst(Comparator.<Double>naturalOrder()));

    private GroupListing() {}

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

    /**
     * Makes one group of those with the same labels: that which was pushed to last. Which this is, the times of the pushes say and not
     * the ages, which depend on when a gateway was asked; but the group is as young as the youngest of them, since clocks may differ.
     */
    static Stream<GatewayGroup> together(Stream<GatewayGroup> groups) {
        Map<Map<String, String>, GatewayGroup> together = new LinkedHashMap<>();
        groups.forEach(group -> together.merge(
                group.labels(),
                group,
                (known, other) -> PUSHED_FIRST.compare(other, known) > 0
                        ? other.noOlderThan(known.age())
                        : known.noOlderThan(other.age())));
        return together.values().stream();
    }
}
