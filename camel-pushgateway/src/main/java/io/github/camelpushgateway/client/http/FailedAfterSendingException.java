package io.github.camelpushgateway.client.http;

import java.io.IOException;

/** Reports that something failed after a request was sent, such as a handler, or the memory for the response. */
final class FailedAfterSendingException extends IOException {

    private static final long serialVersionUID = 1L;

    FailedAfterSendingException(Throwable cause) {
        super("it was sent, but then failed (" + cause + "); whether the gateway carried it out is not known", cause);
    }
}
