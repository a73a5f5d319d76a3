package io.github.camelpushgateway.client.http;

import io.github.camelpushgateway.api.GatewayRequest;

/** A listener for the progress of a request. */
public interface RequestListener {

    /** A listener that does nothing. */
    RequestListener NONE = new RequestListener() {
        @Override
        public void sent() {}

        @Override
        public void retried() {}

        @Override
        public void responded(GatewayRequest request) {}
    };

    /** Called before an HTTP request is sent. */
    void sent();

    /** Called when the request is retried. */
    void retried();

    /** Called when the gateway has responded to the request. */
    void responded(GatewayRequest request);
}
