package io.github.camelpushgateway.client.queue;

/** Is notified of the progress of the requests that carry its pushes. */
public interface PushListener {

    /** An HTTP request that carries a push is about to be sent. */
    void sent();

    /** Such a request is sent again. */
    void retried();

    /** The gateway has responded to such a request, whose body has that many bytes. */
    void answered(long bodyBytes);

    /** A push is in one HTTP request with others. */
    void coalesced();
}
