package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Remembers which stale groups were handled, until they are pushed to again. */
public final class NewlyStaleGroups {

    /** The time of the last push to each group that was handled. */
    private final Map<Place, Double> handled = new HashMap<>();

    private record Place(String gateway, Map<String, String> labels) {

        static Place of(GatewayGroup group) {
            return new Place(group.gateway(), group.labels());
        }
    }

    /**
     * Returns the groups that became stale since they were handled, and forgets those that are not stale any more.
     *
     * @param stale all groups that are stale now
     */
    public List<GatewayGroup> select(List<GatewayGroup> stale) {
        handled.keySet().retainAll(stale.stream().map(Place::of).collect(Collectors.toSet()));
        return stale.stream()
                .filter(group -> !Objects.equals(handled.get(Place.of(group)), group.since()))
                .toList();
    }

    public void markHandled(GatewayGroup group) {
        Double last = group.since();
        if (last != null) {
            handled.put(Place.of(group), last);
        }
    }
}
