package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The stale groups that were handled, until they are pushed to again. */
public final class NewlyStaleGroups {

    /** The time of the last push to each group that was handled. */
    private final Map<GroupId, Double> handled = new HashMap<>();

    private record GroupId(String gateway, Map<String, String> labels) {

        static GroupId of(GatewayGroup group) {
            return new GroupId(group.gateway(), group.labels());
        }
    }

    /**
     * Returns the groups that became stale since they were handled. Groups that are no longer stale are removed.
     *
     * @param stale all groups that are stale now
     */
    public List<GatewayGroup> select(List<GatewayGroup> stale) {
        handled.keySet().retainAll(stale.stream().map(GroupId::of).collect(Collectors.toSet()));
        return stale.stream()
                .filter(group -> !Objects.equals(handled.get(GroupId.of(group)), group.since()))
                .toList();
    }

    /** Records that a stale group was handled. */
    public void markHandled(GatewayGroup group) {
        Double last = group.since();
        if (last != null) {
            handled.put(GroupId.of(group), last);
        }
    }
}
