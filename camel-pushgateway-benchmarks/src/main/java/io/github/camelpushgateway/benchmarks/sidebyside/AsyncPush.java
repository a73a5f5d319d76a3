package io.github.camelpushgateway.benchmarks.sidebyside;

/** A push for which no thread needs to wait. */
interface AsyncPush extends Push {

    /** Begins to push, and tells when it is done. */
    void begin(double value, Done done);
}
