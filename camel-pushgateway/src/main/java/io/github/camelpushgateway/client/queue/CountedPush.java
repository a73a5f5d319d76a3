package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.PushIdentity;
import org.jspecify.annotations.Nullable;

/** A push in flight, with the listener that counts it. A push to several gateways is counted once. */
public final class CountedPush {

    private final PushListener listener;
    private final boolean callerWaits;

    @Nullable
    private final PushIdentity identity;

    private boolean shared;

    /** Whether the push must not be added to others, because an earlier delivery of it may have been counted. */
    private volatile boolean separate;

    /**
     * Creates a push.
     *
     * @param listener counts the push
     * @param callerWaits whether the calling thread will block until there is an outcome, so that it may send the
     *     request itself
     */
    public CountedPush(PushListener listener, boolean callerWaits) {
        this(listener, callerWaits, null);
    }

    /**
     * Creates a push that can be recognised when it is delivered again.
     *
     * @param identity identifies the push, or null if it is not delivered again
     */
    public CountedPush(PushListener listener, boolean callerWaits, @Nullable PushIdentity identity) {
        this.listener = listener;
        this.callerWaits = callerWaits;
        this.identity = identity;
    }

    /** Returns the identity of the push, or null if it is not delivered again. */
    public @Nullable PushIdentity identity() {
        return identity;
    }

    /** Sends the push in a request of its own, so that it can be left out. */
    public void separate() {
        separate = true;
    }

    /** Returns whether the push is sent in a request of its own. */
    public boolean isSeparate() {
        return separate;
    }

    boolean callerWaits() {
        return callerWaits;
    }

    PushListener listener() {
        return listener;
    }

    /** Records that the push shares an HTTP request with other pushes. */
    void markShared() {
        synchronized (this) {
            if (shared) {
                return;
            }
            shared = true;
        }
        listener.coalesced();
    }
}
