package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.PushResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a gateway executes a request. */
enum ExecutionTime {
    BEFORE_RESPONSE,
    /** A gateway executes a delete, and a push that it does not check for consistency, after it has responded {@code 202}. */
    AFTER_RESPONSE,
    /** There was no response, or the request has failed. */
    UNKNOWN;

    /** The time in which a gateway has executed a request after its response. */
    static final Duration MAX_DELAY = Duration.ofSeconds(10);

    private static final int ACCEPTED = 202;

    /** Returns when a request is executed that had a response, or null if it has failed. */
    static ExecutionTime of(@Nullable PushResponse response) {
        if (response == null) {
            return UNKNOWN;
        }
        return response.statusCode() == ACCEPTED ? AFTER_RESPONSE : BEFORE_RESPONSE;
    }
}
