package io.github.camelpushgateway.client.queue;

/** One push on its way, for those who count. It may be on its way to several gateways, and is still one. */
public final class CountedPush {

    private final PushListener counters;
    private final boolean callerWaits;
    private boolean shared;

    /**
     * Creates a push.
     *
     * @param callerWaits whether the calling thread will block until there is an outcome, so that it may send the request itself
     */
    public CountedPush(PushListener counters, boolean callerWaits) {
        this.counters = counters;
        this.callerWaits = callerWaits;
    }

    boolean callerWaits() {
        return callerWaits;
    }

    PushListener counters() {
        return counters;
    }

    /** Notes that it is in an HTTP request with others. */
    void share() {
        synchronized (this) {
            if (shared) {
                return;
            }
            shared = true;
        }
        counters.coalesced();
    }
}
