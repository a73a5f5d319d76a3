package io.github.camelpushgateway.client.transport;

import io.github.camelpushgateway.api.GatewayResponse;
import org.jspecify.annotations.Nullable;

/** A listener for the progress of a request. */
public interface RequestProgress {

    /**
     * Called before a request is sent, for the first time, or again because its connection broke before a response.
     */
    void beforeSend();

    /**
     * Called before a proxy receives anything, or before a connection without a proxy is opened.
     *
     * @param proxy a description of the proxy with its address, or null for a connection without a proxy
     */
    void onProxy(@Nullable String proxy);

    /** Called when the request may have reached the gateway. */
    void onSent();

    /** Called when the head of a response was received. */
    void onResponse();

    /** Called when the response is a refusal, before its text is read. */
    void onRefusal(GatewayResponse withoutText);
}
