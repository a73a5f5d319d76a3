package io.github.camelpushgateway.api;

import java.io.IOException;

/**
 * Stands between a request and the gateway: it may change the request, look at the answer, or carry the request out itself.
 * Credentials and fixed headers are handlers, too; a custom handler comes after them and sees what they did. It is asked
 * once for each attempt, so it can give every attempt a fresh token.
 *
 * <p>A handler is called by several threads at once, and may block: the request's timeout goes on. Whatever it throws fails
 * the attempt; an {@link IOException} may be retried.
 */
@FunctionalInterface
public interface PushgatewayHandler {

    /**
     * Handles one attempt.
     *
     * @param request what is about to be sent
     * @param next what carries it out; need not be called
     * @return the answer, whatever its status
     */
    GatewayResponse handle(GatewayRequest request, Next next) throws IOException;

    /** What comes after a handler: the next one, and in the end the connection to the gateway. */
    @FunctionalInterface
    interface Next {

        /** Goes on with that request, which may be another than the handler was given. */
        GatewayResponse handle(GatewayRequest request) throws IOException;
    }
}
