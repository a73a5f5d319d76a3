package io.github.camelpushgateway.console;

import io.github.camelpushgateway.PushgatewayEndpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Console view of one endpoint, without secrets. */
final class EndpointView {

    private EndpointView() {}

    static Map<String, Object> of(PushgatewayEndpoint endpoint) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("uri", endpoint.toString());
        view.put("gateway", endpoint.getServiceUrl());
        view.put("operation", endpoint.getConfiguration().getOperation().toString());
        view.put("pushesRequested", endpoint.getPushesRequested());
        view.put("requestsSent", endpoint.getRequestsSent());
        view.put("pushesCoalesced", endpoint.getPushesCoalesced());
        view.put("pushesRejected", endpoint.getPushesRejected());
        view.put("pushesFailed", endpoint.getPushesFailed());
        view.put("requestsRetried", endpoint.getRequestsRetried());
        view.put("inFlight", endpoint.getInFlight());
        view.put("bytesSent", endpoint.getBytesSent());
        putIfKnown(view, "lastSuccess", endpoint.getLastSuccessTime());
        putIfKnown(view, "lastErrorTime", endpoint.getLastErrorTime());
        putIfKnown(view, "lastError", endpoint.getLastError());
        return view;
    }

    private static void putIfKnown(Map<String, Object> view, String name, @Nullable Object value) {
        if (value != null) {
            view.put(name, value.toString());
        }
    }
}
