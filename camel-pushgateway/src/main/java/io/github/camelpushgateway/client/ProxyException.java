package io.github.camelpushgateway.client;

import java.io.IOException;

/** Tells that an HTTP proxy has refused to connect to the gateway. */
final class ProxyException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int statusCode;

    ProxyException(String message, int statusCode) {
        super(message);
        this.statusCode = statusCode;
    }

    int statusCode() {
        return statusCode;
    }
}
