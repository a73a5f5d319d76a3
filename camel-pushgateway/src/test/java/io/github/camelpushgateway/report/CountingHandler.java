package io.github.camelpushgateway.report;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.PushgatewayHandler;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Handler that records each request to a real gateway. */
final class CountingHandler implements PushgatewayHandler {

    private final Queue<String> requests = new ConcurrentLinkedQueue<>();

    @Override
    public GatewayResponse handle(GatewayRequest request, Next next) throws IOException {
        GatewayResponse response = next.handle(request);
        // after the response, so that the gateway has stored the push when the request is recorded
        requests.add(request.method() + ' ' + request.url().getPath());
        return response;
    }

    /** Returns the method and path of each request, in order. */
    List<String> requests() {
        return List.copyOf(requests);
    }
}
