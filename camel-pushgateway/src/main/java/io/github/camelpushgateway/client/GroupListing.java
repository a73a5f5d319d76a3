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

/** The combined list of the groups of several gateways. */
final class GroupListing {

    private static final Comparator<GatewayGroup> OLDEST_FIRST = Comparator.comparingDouble(GatewayGroup::age)
            .reversed()
            .thenComparing(GatewayGroup::toString)
            .thenComparing(GatewayGroup::gateway);

    private static final Comparator<GatewayGroup> PUSHED_FIRST =
            Comparator.comparing(GatewayGroup::since, Comparator.nullsFirst(Comparator.<Double>naturalOrder()));

    private GroupListing() {}

    /**
     * Combines the listings of all gateways. The stage completes when all listings have completed, or fails with the
     * first failure in the order of the gateways.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    static CompletionStage<List<GatewayGroup>> of(
            List<CompletionStage<List<GatewayGroup>>> gateways, UnaryOperator<Stream<GatewayGroup>> selection) {
        List<CompletableFuture<List<GatewayGroup>>> all =
                gateways.stream().map(CompletionStage::toCompletableFuture).toList();
        CompletableFuture<List<GatewayGroup>> listing = new CompletableFuture<>();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).whenComplete((ignored, anyFailure) -> {
            for (CompletableFuture<List<GatewayGroup>> one : all) {
                // whenComplete provides the exception without a wrapper
                one.whenComplete((groups, failure) -> {
                    if (failure != null) {
                        listing.completeExceptionally(failure);
                    }
                });
            }
            if (anyFailure == null) {
                listing.complete(selection
                        .apply(all.stream().map(CompletableFuture::join).flatMap(Collection::stream))
                        .sorted(OLDEST_FIRST)
                        .toList());
            }
        });
        // not the stage of whenComplete, which would wrap the exception
        return listing;
    }

    /**
     * Merges groups with the same labels into the one with the last push. The times of the pushes decide, because ages
     * depend on the time of the query. The age of the merged group is the lowest one, because clocks may differ.
     */
    static Stream<GatewayGroup> merged(Stream<GatewayGroup> groups) {
        Map<Map<String, String>, GatewayGroup> merged = new LinkedHashMap<>();
        groups.forEach(group -> merged.merge(
                group.labels(),
                group,
                (known, other) -> PUSHED_FIRST.compare(other, known) > 0
                        ? other.noOlderThan(known.age())
                        : known.noOlderThan(other.age())));
        return merged.values().stream();
    }
}
