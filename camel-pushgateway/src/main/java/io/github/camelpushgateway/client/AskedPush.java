package io.github.camelpushgateway.client;

/** One push on its way, for those who count. It may be on its way to several gateways, and is still one. */
public final class AskedPush {

    private final PushCounters counters;
    private boolean shared;

    AskedPush(PushCounters counters) {
        this.counters = counters;
    }

    PushCounters counters() {
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
        counters.shared();
    }
}
