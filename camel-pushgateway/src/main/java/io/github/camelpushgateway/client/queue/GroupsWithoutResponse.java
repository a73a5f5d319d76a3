package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.GroupingKey;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The groups whose last request failed without a response. A gateway that stalls may still execute it later, after the
 * next request.
 */
final class GroupsWithoutResponse {

    /**
     * The maximum number of groups. More requests are unlikely to time out while a gateway stalls. If there are more,
     * the oldest group is dropped.
     */
    static final int MAX_GROUPS = 1_000;

    private final Set<GroupingKey> groups = new LinkedHashSet<>();

    synchronized void add(GroupingKey group) {
        groups.remove(group);
        groups.add(group);
        if (groups.size() > MAX_GROUPS) {
            Iterator<GroupingKey> oldest = groups.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Removes the group. Returns whether it was present. */
    synchronized boolean remove(GroupingKey group) {
        return groups.remove(group);
    }
}
