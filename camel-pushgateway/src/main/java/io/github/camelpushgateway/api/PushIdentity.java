package io.github.camelpushgateway.api;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The identity of a push that adds to metrics. If it fails, it may be delivered again, and must then not be added twice.
 * So it remembers the gateways that have counted it: others may have failed, and a gateway may have counted it although
 * its caller was told otherwise. It also remembers the gateways that may have counted it, until that is known. Both are
 * independent of the client that has sent it.
 */
public final class PushIdentity {

    /** The identities of the gateways that have counted the push. */
    private final Set<String> counted = new HashSet<>(2);

    /** What is needed to determine whether a gateway has counted the push, by the identity of the gateway. */
    private final Map<String, Object> doubts = new HashMap<>(2);

    /** Records that a gateway has counted the push. */
    public synchronized void markCounted(GatewayUrl gateway) {
        doubts.remove(gateway.identity());
        counted.add(gateway.identity());
    }

    /** Returns whether a gateway has counted the push. */
    public synchronized boolean isCounted(GatewayUrl gateway) {
        return counted.contains(gateway.identity());
    }

    /**
     * Records that it is unknown whether a gateway has counted the push.
     *
     * @param evidence is kept in memory as long as it is unknown and this identity is in use
     */
    public synchronized void markInDoubt(GatewayUrl gateway, Object evidence) {
        if (!isCounted(gateway)) {
            doubts.put(gateway.identity(), evidence);
        }
    }

    /** Records that a gateway has not counted the push, or that this will never be known. */
    public synchronized void markNotCounted(GatewayUrl gateway) {
        doubts.remove(gateway.identity());
    }

    /** Returns whether no gateway has counted the push, and none may have done so. */
    public synchronized boolean isUncounted() {
        return counted.isEmpty() && doubts.isEmpty();
    }

    /** Returns whether it is unknown if a gateway has counted the push. */
    public synchronized boolean isInDoubt(GatewayUrl gateway) {
        return doubts.containsKey(gateway.identity());
    }
}
