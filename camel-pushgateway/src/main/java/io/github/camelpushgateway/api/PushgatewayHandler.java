package io.github.camelpushgateway.api;

import java.io.IOException;

/**
 * A request handler between a request and the gateway. It may change the request, read the response, or execute
 * the request itself. Credentials and configured headers are also set by handlers. A custom handler runs after them and
 * receives the changed request. It is called once for each attempt, so it can set a new token for each attempt.
 *
 * <p>A handler must be thread-safe. It may block; this counts towards the timeout of the request. Any exception fails
 * the attempt. An {@link IOException} may be retried.
 */
@FunctionalInterface
public interface PushgatewayHandler {

    /**
     * Handles one attempt.
     *
     * @param request the request to send
     * @param next passes the request on; need not be called
     * @return the response, whatever its status
     * @throws IOException if the attempt fails; it may be retried
     */
    GatewayResponse handle(GatewayRequest request, Next next) throws IOException;

    /** The next handler, or the connection to the gateway after the last handler. */
    @FunctionalInterface
    interface Next {

        /** Passes on a request, which may differ from the one that the handler received. */
        GatewayResponse handle(GatewayRequest request) throws IOException;
    }
}
