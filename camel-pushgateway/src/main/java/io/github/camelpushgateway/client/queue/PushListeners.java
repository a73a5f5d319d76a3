package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.client.http.RequestListener;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Those who have a push in a request. What happens to it is counted once for each, however many pushes of his are in it. */
record PushListeners(Collection<PushListener> counters) implements RequestListener {

    /** Notes in each push whether it is in this request with others. */
    static PushListeners in(List<PendingRequest> part) {
        List<QueuedPush> first = part.get(0).askers();
        if (part.size() == 1 && first.size() == 1) {
            return new PushListeners(List.of(first.get(0).push().counters()));
        }
        Set<PushListener> counters = new LinkedHashSet<>();
        for (PendingRequest waiting : part) {
            for (QueuedPush asker : waiting.askers()) {
                asker.push().share();
                counters.add(asker.push().counters());
            }
        }
        return new PushListeners(counters);
    }

    @Override
    public void sent() {
        for (PushListener each : counters) {
            each.sent();
        }
    }

    @Override
    public void retried() {
        for (PushListener each : counters) {
            each.retried();
        }
    }

    @Override
    public void answered(GatewayRequest request) {
        byte[] body = request.body();
        if (body != null) {
            for (PushListener each : counters) {
                each.answered(body.length);
            }
        }
    }
}
