package io.github.camelpushgateway.benchmarks.sidebyside;

import java.io.IOException;

/** One way to push to a Pushgateway, used as its own documentation says. All push by POST: what the gateway has of other names stays. */
interface Contestant extends AutoCloseable {

    /** Prepares pushes of one gauge, {@code rows}, to the group of a job. */
    Push one(String job) throws Exception;

    /** Prepares pushes of one gauge with that many series, which a registry, or an array of bytes, holds already. */
    default Push series(String job, int series) throws Exception {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " does not push series");
    }

    /** Prepares pushes of that many gauges, each of which is given its value anew for each push. */
    default Push gauges(String job, int gauges) throws Exception {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " does not push gauges");
    }

    /** Prepares to do all that goes with a push, but not the push. */
    default Push none() throws Exception {
        return value -> {};
    }

    /** Lets go of what it holds; what it cannot let go of ends with its JVM. */
    @Override
    default void close() throws IOException {}
}
