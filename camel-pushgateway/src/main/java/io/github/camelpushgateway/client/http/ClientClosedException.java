package io.github.camelpushgateway.client.http;

import java.io.IOException;

/** Tells that a client was closed before a request had its answer. */
public final class ClientClosedException extends IOException {

    private static final long serialVersionUID = 1L;

    public ClientClosedException() {
        super("the client was closed, since what uses it was stopped");
    }
}
