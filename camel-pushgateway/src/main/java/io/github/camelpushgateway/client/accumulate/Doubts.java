package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GatewayUrl;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests to a group of which it is unknown whether the gateway has executed them: the last one of each access,
 * since only a read with the same access shows the same gateway. Not thread-safe.
 */
final class Doubts {

    /** The maximum number of accesses with a request whose outcome is unknown. */
    private static final int MAX_DOUBTS = 8;

    private final GatewayUrl gateway;
    private final Map<Object, Doubt> doubts = new LinkedHashMap<>(2);

    /** A request whose outcome is unknown, and the client that has sent it. */
    static final class Doubt {
        private final Attempted attempted;
        private final GroupAccess client;
        private boolean isAsked;

        private Doubt(Attempted attempted, GroupAccess client) {
            this.attempted = attempted;
            this.client = client;
        }

        GroupAccess client() {
            return client;
        }
    }

    Doubts(GatewayUrl gateway) {
        this.gateway = gateway;
    }

    /**
     * Adds a request. An earlier one of the same access remains unknown.
     *
     * @param evidence is kept in memory as long as one of the pushes is in use
     */
    void add(Attempted attempted, GroupAccess client, Object evidence) {
        drop(client.access());
        doubts.put(client.access(), new Doubt(attempted, client));
        attempted.pushes().forEach(push -> push.markInDoubt(gateway, evidence));
        if (doubts.size() > MAX_DOUBTS) {
            Iterator<Doubt> oldest = doubts.values().iterator();
            notCounted(oldest.next().attempted);
            oldest.remove();
        }
    }

    /** Removes the request of an access, or returns null. */
    @Nullable
    Attempted remove(Object access) {
        Doubt removed = doubts.remove(access);
        return removed == null ? null : removed.attempted;
    }

    /** Removes the request of an access. Its pushes will be counted when they are delivered again. */
    void drop(Object access) {
        Attempted removed = remove(access);
        if (removed != null) {
            notCounted(removed);
        }
    }

    /** Records that the pushes of a request were not counted, or that this will never be known. */
    void notCounted(Attempted attempted) {
        attempted.pushes().forEach(push -> push.markNotCounted(gateway));
    }

    /** Records that the pushes of a request were counted. */
    void counted(Attempted attempted) {
        attempted.pushes().forEach(push -> push.markCounted(gateway));
    }

    /** Returns whether it is unknown if a push was counted. */
    boolean isInUse() {
        return doubts.values().stream()
                .anyMatch(each -> !each.attempted.pushes().isEmpty());
    }

    /** Returns a request of another access, once, or null. */
    @Nullable
    Doubt takeOfOthers(Object access) {
        for (Map.Entry<Object, Doubt> each : doubts.entrySet()) {
            Doubt doubt = each.getValue();
            if (!each.getKey().equals(access)
                    && !doubt.isAsked
                    && !doubt.attempted.pushes().isEmpty()) {
                doubt.isAsked = true;
                return doubt;
            }
        }
        return null;
    }

    /**
     * Records what a read with the access of a request has shown.
     *
     * @param held the group, or null if there is none
     */
    void resolve(Doubt doubt, @Nullable GatewayGroup held) {
        if (doubts.remove(doubt.client.access(), doubt)) {
            GroupValues values = new GroupValues();
            values.read(held, null);
            resolve(doubt, values.compare(doubt.attempted));
        }
    }

    private void resolve(Doubt doubt, Attempted.Comparison comparison) {
        switch (comparison) {
            case AFTER -> counted(doubt.attempted);
            case BEFORE, OTHER -> notCounted(doubt.attempted);
        }
    }

    /**
     * Records what a read with another access has shown. It counts for the requests whose own client cannot read the group
     * any more, for example because it is closed: most probably, both clients use the same gateway.
     */
    void resolveUnreadable(GroupValues values) {
        for (Iterator<Doubt> each = doubts.values().iterator(); each.hasNext(); ) {
            Doubt doubt = each.next();
            Attempted.Comparison comparison = values.compare(doubt.attempted);
            if (doubt.isAsked && comparison != Attempted.Comparison.OTHER) {
                each.remove();
                resolve(doubt, comparison);
            }
        }
    }
}
