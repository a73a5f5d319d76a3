package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.client.http.RequestListener;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The listeners of the pushes in a request. Each listener is notified once, even if several of its pushes are in the
 * request.
 */
record PushListeners(Collection<PushListener> listeners) implements RequestListener {

    /** Returns the listeners of a request, and marks its pushes as shared if there are several. */
    static PushListeners in(List<PendingRequest> part) {
        List<QueuedPush> first = part.get(0).pushes();
        if (part.size() == 1 && first.size() == 1) {
            return new PushListeners(List.of(first.get(0).push().listener()));
        }
        Set<PushListener> listeners = new LinkedHashSet<>();
        for (PendingRequest pending : part) {
            for (QueuedPush push : pending.pushes()) {
                push.push().markShared();
                listeners.add(push.push().listener());
            }
        }
        return new PushListeners(listeners);
    }

    @Override
    public void sent() {
        for (PushListener each : listeners) {
            each.sent();
        }
    }

    @Override
    public void retried() {
        for (PushListener each : listeners) {
            each.retried();
        }
    }

    @Override
    public void responded(GatewayRequest request) {
        byte[] body = request.body();
        if (body != null) {
            for (PushListener each : listeners) {
                each.responded(body.length);
            }
        }
    }
}
