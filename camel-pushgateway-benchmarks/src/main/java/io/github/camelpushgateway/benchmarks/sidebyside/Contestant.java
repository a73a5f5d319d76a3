package io.github.camelpushgateway.benchmarks.sidebyside;

import java.io.IOException;

/**
 * Client of a Pushgateway, used as its own documentation recommends. All contestants push by POST, so metrics of
 * other names stay in the group.
 */
interface Contestant extends AutoCloseable {

    /** Prepares pushes of one gauge, {@code rows}, to the group of a job. */
    Push one(String job) throws Exception;

    /**
     * Prepares pushes of one gauge with the given number of series, which are already in a registry or a byte array.
     */
    default Push series(String job, int series) throws Exception {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " does not push series");
    }

    /** Prepares pushes of the given number of gauges. Each push sets all values again. */
    default Push gauges(String job, int gauges) throws Exception {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " does not push gauges");
    }

    /** Prepares everything that belongs to a push, without the push itself. */
    default Push none() throws Exception {
        return value -> {};
    }

    /** Releases the resources; anything that remains ends with the JVM. */
    @Override
    default void close() throws IOException {}
}
