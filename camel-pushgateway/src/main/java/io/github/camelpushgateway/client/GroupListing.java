package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupFilter;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
     *
     * @param filter selects merged groups by age
     * @param mirrored whether the gateways hold copies of the same groups
     */
    static CompletionStage<List<GatewayGroup>> combine(
            List<CompletableFuture<List<GatewayGroup>>> gateways, GroupFilter filter, boolean mirrored) {
        return Futures.compose(Futures.all(gateways), listings -> {
            Stream<GatewayGroup> groups = listings.stream().flatMap(Collection::stream);
            return CompletableFuture.completedFuture((mirrored ? merge(groups).filter(filter::isOldEnough) : groups)
                    .sorted(OLDEST_FIRST)
                    .toList());
        });
    }

    /**
     * Merges groups with the same labels into the one with the last push. The times of the pushes decide, because ages
     * depend on the time of the query. The age of the merged group is the lowest one, because clocks may differ.
     */
    private static Stream<GatewayGroup> merge(Stream<GatewayGroup> groups) {
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
