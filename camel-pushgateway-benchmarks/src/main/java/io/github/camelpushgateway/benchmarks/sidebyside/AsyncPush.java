package io.github.camelpushgateway.benchmarks.sidebyside;

/** Push that does not require a waiting thread. */
interface AsyncPush extends Push {

    /** Starts a push, and calls back when it is complete. */
    void begin(double value, Done done);
}
