package io.github.camelpushgateway.client;

/** Is notified of the progress of a request. */
interface RequestListener {

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
