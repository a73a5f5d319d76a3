package io.github.camelpushgateway.api;

import java.util.HashSet;
import java.util.Set;

/**
 * The identity of a push that adds to metrics. If it fails, it may be delivered again, and must then not be added twice.
 * So it remembers the gateways that have counted it: others may have failed, and a gateway may have counted it although
 * its caller was told otherwise.
 */
public final class PushIdentity {

    private final Set<GatewayUrl> counted = new HashSet<>(2);

    /** Records that a gateway has counted the push. */
    public synchronized void markCounted(GatewayUrl gateway) {
        counted.add(gateway);
    }

    /** Returns whether a gateway has counted the push. */
    public synchronized boolean isCounted(GatewayUrl gateway) {
        return counted.contains(gateway);
    }
}
