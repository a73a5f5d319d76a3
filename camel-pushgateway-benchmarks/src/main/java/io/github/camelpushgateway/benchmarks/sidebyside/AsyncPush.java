package io.github.camelpushgateway.benchmarks.sidebyside;

/** Asynchronous push, which needs no waiting thread. */
interface AsyncPush extends Push {

    /** Starts a push, and calls the callback when it is complete. */
    void start(double value, PushCallback callback);
}
