package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.GroupingKey;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Groups whose last request failed without a response. A gateway that stalls may still carry it out later, after the next request.
 */
final class UnansweredGroups {

    /** More cannot time out in the time that a gateway is likely to stall. The oldest is dropped then. */
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

    /** Returns whether the group was there. */
    synchronized boolean remove(GroupingKey group) {
        return groups.remove(group);
    }
}
