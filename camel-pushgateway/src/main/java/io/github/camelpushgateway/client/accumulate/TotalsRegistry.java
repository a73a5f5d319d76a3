package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The totals of all groups, which the clients of a JVM share. Totals are kept as long as a client holds them. Without a
 * holder, their values are unknown, since others may write to the group. They remain only as long as a push is in use of
 * which it is unknown whether it was counted.
 */
public final class TotalsRegistry {

    /**
     * The maximum number of groups that are kept without a client, because the gateway may not have executed their last
     * request yet: a delete, or a push that it does not check for consistency. A read would show older values.
     */
    private static final int MAX_KEPT = 1_000;

    /** The maximum length of all grouping keys of these groups, since a key may be long. */
    private static final int MAX_KEPT_CHARS = 100_000;

    private final Writers writers;
    private final Map<Key, Entry> entries = new HashMap<>();
    private final ReferenceQueue<GroupTotals> collected = new ReferenceQueue<>();
    private final Map<Key, Hold> kept = new LinkedHashMap<>();

    /** The times at which all groups of a gateway were deleted, by the identity of the gateway. */
    private final Map<String, Long> wiped = new HashMap<>(2);

    private int keptChars;

    private record Key(String gateway, GroupingKey group) {

        /** Returns about the number of characters. */
        int length() {
            int length = group.job().length();
            for (Map.Entry<String, String> label : group.labels().entrySet()) {
                length += label.getKey().length() + label.getValue().length();
            }
            return length;
        }
    }

    private static final class Entry extends WeakReference<GroupTotals> {
        private final Key key;
        private int holders;

        Entry(Key key, GroupTotals totals, ReferenceQueue<GroupTotals> queue) {
            super(totals, queue);
            this.key = key;
        }
    }

    /** A use of the totals of a group, which ends when it is released. */
    public final class Hold {

        private final Entry entry;
        private final GroupTotals totals;
        private boolean released;

        private Hold(Entry entry, GroupTotals totals) {
            this.entry = entry;
            this.totals = totals;
        }

        /** Returns the group. */
        public GroupingKey group() {
            return entry.key.group();
        }

        GroupTotals totals() {
            return totals;
        }

        void release() {
            synchronized (TotalsRegistry.this) {
                if (released) {
                    return;
                }
                if (entry.holders == 1 && kept.get(entry.key) != this && totals.mayBeExecutedLater()) {
                    totals.forgetUnlessReplacedLater();
                    keep();
                    return;
                }
                released = true;
                if (--entry.holders == 0) {
                    totals.overwrite();
                    if (!totals.hasDoubts()) {
                        entries.remove(entry.key, entry);
                    }
                }
            }
        }

        /**
         * Keeps the totals, because the last request may be executed later. They are released by the next request to the
         * group, or when there are too many.
         */
        void keep() {
            synchronized (TotalsRegistry.this) {
                Hold earlier = kept.put(entry.key, this);
                if (earlier == null) {
                    keptChars += entry.key.length();
                } else {
                    earlier.release();
                }
                while (kept.size() > MAX_KEPT || (keptChars > MAX_KEPT_CHARS && kept.size() > 1)) {
                    Iterator<Hold> oldest = kept.values().iterator();
                    Hold dropped = oldest.next();
                    dropped.release();
                    oldest.remove();
                    keptChars -= dropped.entry.key.length();
                }
            }
        }
    }

    /** Creates an empty registry. */
    public TotalsRegistry(Writers writers) {
        this.writers = writers;
    }

    /** Holds the totals of a group. */
    synchronized Hold hold(GatewayUrl gateway, GroupingKey group) {
        removeCollected();
        Key key = new Key(gateway.identity(), group);
        Entry entry = entries.get(key);
        GroupTotals totals = entry == null ? null : entry.get();
        if (entry == null || totals == null) {
            // a client that does not see this entry yet has queued its request before
            totals = new GroupTotals(gateway, group, writers.busy(gateway, group));
            if (isWiped(key.gateway())) {
                totals.wiped();
            }
            entry = new Entry(key, totals, collected);
            entries.put(key, entry);
        }
        return hold(entry, totals);
    }

    private Hold hold(Entry entry, GroupTotals totals) {
        entry.holders++;
        Hold earlier = kept.remove(entry.key);
        if (earlier != null) {
            keptChars -= entry.key.length();
            totals.overwriteIfExecuted();
            earlier.release();
        }
        return new Hold(entry, totals);
    }

    /**
     * Holds the totals of a group to which a request without increments is sent, if there are any, or if it deletes the
     * group.
     */
    public synchronized @Nullable Hold holdIfKnown(GatewayUrl gateway, PushRequest request) {
        if (request.operation() == PushOperation.DELETE) {
            return hold(gateway, request.groupingKey());
        }
        Entry entry = entries.get(new Key(gateway.identity(), request.groupingKey()));
        GroupTotals totals = entry == null ? null : entry.get();
        return entry == null || totals == null ? null : hold(entry, totals);
    }

    /**
     * Records a push without increments to a group without totals, which the gateway executes after its response.
     *
     * @param access what the client sends with each request, besides the URL
     * @param client identifies the client
     */
    public void accepted(GatewayUrl gateway, PushRequest request, Object access, Object client) {
        Hold hold = hold(gateway, request.groupingKey());
        hold.totals().accepted(access, client, request);
        hold.release();
    }

    /** Holds the totals of all groups of a gateway. */
    public synchronized List<Hold> holdAll(GatewayUrl gateway) {
        List<Hold> all = new ArrayList<>();
        for (Entry entry : entries.values()) {
            GroupTotals totals = entry.key.gateway().equals(gateway.identity()) ? entry.get() : null;
            if (totals != null) {
                entry.holders++;
                all.add(new Hold(entry, totals));
            }
        }
        return all;
    }

    /** Records that a gateway has accepted a request that deletes all groups, and executes it later. */
    public synchronized void wiped(GatewayUrl gateway) {
        wiped.put(gateway.identity(), System.nanoTime());
        for (Hold hold : holdAll(gateway)) {
            hold.totals().wiped();
            hold.release();
        }
    }

    private boolean isWiped(String gateway) {
        Long nanos = wiped.get(gateway);
        boolean isRecent = nanos != null && System.nanoTime() - nanos < ExecutionTime.MAX_DELAY.toNanos();
        if (!isRecent) {
            wiped.remove(gateway);
        }
        return isRecent;
    }

    /** Returns the number of groups with totals. */
    synchronized int size() {
        removeCollected();
        return entries.size();
    }

    private void removeCollected() {
        for (Reference<?> each = collected.poll(); each != null; each = collected.poll()) {
            if (each instanceof Entry entry) {
                entries.remove(entry.key, entry);
            }
        }
    }
}
