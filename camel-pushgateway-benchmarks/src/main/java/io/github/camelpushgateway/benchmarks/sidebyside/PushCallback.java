package io.github.camelpushgateway.benchmarks.sidebyside;

import org.jspecify.annotations.Nullable;

/** Callback for the end of a push. */
interface PushCallback {

    /**
     * Reports the end of a push.
     *
     * @param failure the failure, or null on success
     */
    void completed(@Nullable Exception failure);
}
