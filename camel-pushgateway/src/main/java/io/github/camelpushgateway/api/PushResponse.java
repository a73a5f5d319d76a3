package io.github.camelpushgateway.api;

/**
 * A successful response.
 *
 * @param statusCode the HTTP status from 200 to 299: 200 for a push that the gateway has validated and stored, 202 for
 *     a delete that it has queued, other codes from other servers with the same API
 */
public record PushResponse(int statusCode) {

    /**
     * Validates the status.
     *
     * @throws IllegalArgumentException if the status is not from 200 to 299
     */
    public PushResponse {
        if (!isSuccess(statusCode)) {
            throw new IllegalArgumentException("the status " + statusCode + " is not a success");
        }
    }

    /** Returns whether an HTTP status is a success, from 200 to 299. */
    public static boolean isSuccess(int statusCode) {
        return statusCode >= 200 && statusCode < 300;
    }
}
