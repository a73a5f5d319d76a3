package io.github.camelpushgateway.api;

/**
 * How the gateway said yes.
 *
 * @param statusCode the HTTP status, any of 200 to 299: 200 for a push that the gateway has checked and stored, 202 for a
 *     delete that it has queued, other codes from other servers with the same API
 */
public record PushResponse(int statusCode) {

    /** @throws IllegalArgumentException if the status is no success */
    public PushResponse {
        if (!isSuccess(statusCode)) {
            throw new IllegalArgumentException("the status " + statusCode + " is no success");
        }
    }

    public static boolean isSuccess(int statusCode) {
        return statusCode >= 200 && statusCode < 300;
    }
}
