package io.github.camelpushgateway.client.http;

import java.io.IOException;

/**
 * Thrown when a request fails after it was sent, for example in a handler, or because the JVM ran out of memory for
 * the response.
 */
final class FailedAfterSendingException extends IOException {

    private static final long serialVersionUID = 1L;

    FailedAfterSendingException(Throwable cause) {
        super("it was sent, but then failed (" + cause + "); it is unknown whether the gateway executed it", cause);
    }
}
