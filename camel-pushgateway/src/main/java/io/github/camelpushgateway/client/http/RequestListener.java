package io.github.camelpushgateway.client.http;

import io.github.camelpushgateway.api.GatewayRequest;

/** Is notified of the progress of a request. */
public interface RequestListener {

    /** For a request that nobody counts. */
    RequestListener NONE = new RequestListener() {
        @Override
        public void sent() {}

        @Override
        public void retried() {}

        @Override
        public void answered(GatewayRequest request) {}
    };

    /** An HTTP request is about to be sent. */
    void sent();

    /** The request is sent again. */
    void retried();

    /** The gateway has responded to the request. */
    void answered(GatewayRequest request);
}
