package io.github.camelpushgateway.benchmarks.sidebyside;

/** Repeatable push, with a different value each time. */
interface Push {

    /** Pushes a value, and returns when the gateway has accepted it. Throws an exception on failure. */
    void run(double value) throws Exception;
}
