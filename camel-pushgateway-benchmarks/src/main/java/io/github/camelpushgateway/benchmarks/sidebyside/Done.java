package io.github.camelpushgateway.benchmarks.sidebyside;

import org.jspecify.annotations.Nullable;

/** Is told how a push has ended. */
interface Done {

    /**
     * Tells it.
     *
     * @param failure why it failed, or null if it did not
     */
    void with(@Nullable Exception failure);
}
