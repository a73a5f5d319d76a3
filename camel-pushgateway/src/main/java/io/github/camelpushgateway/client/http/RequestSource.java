package io.github.camelpushgateway.client.http;

import io.github.camelpushgateway.api.GatewayRequest;

/** The source of an HTTP request, such as a push to be encoded. */
public interface RequestSource {

    /**
     * Creates the request.
     *
     * @throws IllegalArgumentException if the request cannot be sent
     */
    GatewayRequest create();

    /** Called if the gateway has responded {@code 202}: it executes the request later. The outcome is not complete yet. */
    default void accepted() {}
}
