package io.github.camelpushgateway.client.queue;

/** A listener for the progress of the requests that carry its pushes. */
public interface PushListener {

    /** Called before an HTTP request that carries a push is sent. */
    void sent();

    /** Called when such a request is retried. */
    void retried();

    /**
     * Called when the gateway has responded to such a request.
     *
     * @param bodyBytes the size of the body of the request
     */
    void responded(long bodyBytes);

    /** Called when a push shares an HTTP request with other pushes. */
    void coalesced();
}
