package io.github.camelpushgateway.client.http;

import java.io.IOException;

/** Thrown when the client is closed before a request has a response. */
public final class ClientClosedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public ClientClosedException() {
        super("the client was closed because its endpoint or component was stopped");
    }
}
