package io.github.camelpushgateway.client.http;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.HeaderHandler;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.client.transport.Redaction;
import java.io.IOException;
import java.util.List;

/** The handlers of requests. A request passes through them in order before it is sent. */
final class HandlerChain {

    private final List<PushgatewayHandler> handlers;
    private final boolean seesResponses;

    HandlerChain(List<PushgatewayHandler> handlers) {
        this.handlers = handlers;
        boolean onlyHeaders = true;
        for (PushgatewayHandler handler : handlers) {
            onlyHeaders &= handler instanceof HeaderHandler;
        }
        seesResponses = !onlyHeaders;
    }

    /** Returns whether a handler may read a response. A handler that only sets a header does not. */
    boolean seesResponses() {
        return seesResponses;
    }

    /** Passes a request through all handlers and then to the sender. */
    GatewayResponse handle(GatewayRequest request, PushgatewayHandler.Next sender) throws IOException {
        PushgatewayHandler.Next next = sender;
        for (int i = handlers.size() - 1; i >= 0; i--) {
            PushgatewayHandler handler = handlers.get(i);
            PushgatewayHandler.Next following = next;
            next = each -> new Redaction(each.headers()).apply(handler.handle(each, following));
        }
        return next.handle(request);
    }
}
