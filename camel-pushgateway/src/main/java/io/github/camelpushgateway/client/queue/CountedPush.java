package io.github.camelpushgateway.client.queue;

/** A push in flight, with the listener that counts it. A push to several gateways is counted once. */
public final class CountedPush {

    private final PushListener listener;
    private final boolean callerWaits;
    private boolean shared;

    /**
     * Creates a push.
     *
     * @param listener counts the push
     * @param callerWaits whether the calling thread will block until there is an outcome, so that it may send the
     *     request itself
     */
    public CountedPush(PushListener listener, boolean callerWaits) {
        this.listener = listener;
        this.callerWaits = callerWaits;
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
