package io.github.camelpushgateway;

import io.github.camelpushgateway.client.GatewayGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Remembers which stale groups were dealt with, for as long as they stay as they are. */
final class TurnedStale {

    /** When the last push was, by which a group is as old as it is. */
    private final Map<Place, Double> dealtWith = new HashMap<>();

    private record Place(String gateway, Map<String, String> labels) {

        static Place of(GatewayGroup group) {
            return new Place(group.gateway(), group.labels());
        }
    }

    /**
     * Returns those that were not dealt with since they were pushed to, and forgets those that are not stale any more.
     *
     * @param stale all groups that are stale now
     */
    List<GatewayGroup> anew(List<GatewayGroup> stale) {
        dealtWith.keySet().retainAll(stale.stream().map(Place::of).collect(Collectors.toSet()));
        return stale.stream()
                .filter(group -> !Objects.equals(dealtWith.get(Place.of(group)), group.since()))
                .toList();
    }

    void dealtWith(GatewayGroup group) {
        Double last = group.since();
        if (last != null) {
            dealtWith.put(Place.of(group), last);
        }
    }
}
