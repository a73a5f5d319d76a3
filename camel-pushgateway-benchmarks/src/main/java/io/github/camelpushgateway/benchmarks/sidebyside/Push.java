package io.github.camelpushgateway.benchmarks.sidebyside;

/** A push that is made again and again, of another value each time. */
interface Push {

    /** Pushes, and comes back when the gateway has taken it; an exception tells that it has not. */
    void run(double value) throws Exception;
}
