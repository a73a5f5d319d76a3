package io.github.camelpushgateway.api;

import java.io.IOException;

/**
 * A handler of HTTP requests to the gateway. It may change the request, read the response, or execute the request
 * itself. The component calls it once for each attempt, so it can set a new token for each attempt. The component sets
 * the credentials and the configured headers before it calls a custom handler.
 *
 * <p>A handler must be thread-safe. It may block; the time counts towards the timeout of the request. Any exception
 * fails the attempt. After an {@link IOException} the request may be retried.
 */
@FunctionalInterface
public interface PushgatewayHandler {

    /**
     * Handles one attempt.
     *
     * @param request the request to send
     * @param next passes the request to the next handler or to the gateway. A handler may return a response without it
     * @return the response, of any status
     * @throws IOException if the attempt fails; the request may be retried
     */
    GatewayResponse handle(GatewayRequest request, Next next) throws IOException;

    /** The next handler, or the connection to the gateway after the last handler. */
    @FunctionalInterface
    interface Next {

        /** Passes on a request, which may differ from the request that the handler received. */
        GatewayResponse handle(GatewayRequest request) throws IOException;
    }
}
