package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.PushRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A request that is queued, with its pushes.
 *
 * @param request the last request of its shape, or the sum if its requests add to metrics
 * @param pushes the pushes of this request, and of earlier requests that it replaces
 * @param isRepeated whether it has been sent before
 */
record PendingRequest(PushRequest request, List<QueuedPush> pushes, boolean isRepeated) {

    static PendingRequest of(PushRequest request, QueuedPush push) {
        List<QueuedPush> pushes = new ArrayList<>(1);
        pushes.add(push);
        return new PendingRequest(request, pushes, false);
    }

    /**
     * Returns a request that is sent once more. Its outcome is not reported. Its HTTP requests are counted like those
     * of the first time. It adds nothing to metrics, since the first time did.
     *
     * @param part the pending requests that it was built from
     */
    static PendingRequest repeated(PushRequest request, List<PendingRequest> part) {
        Map<PushListener, QueuedPush> pushes = new LinkedHashMap<>();
        part.stream()
                .flatMap(pending -> pending.pushes().stream())
                .forEach(push -> pushes.putIfAbsent(
                        push.push().listener(), new QueuedPush(push.push(), new CompletableFuture<>())));
        return new PendingRequest(
                request.accumulates() ? Coalescer.addingNothing(request) : request, List.copyOf(pushes.values()), true);
    }

    /** Returns whether the request must not be merged with others. */
    boolean isSeparate() {
        return pushes.size() == 1 && pushes.get(0).push().isSeparate();
    }

    /** Returns a later request of the same shape that replaces this one and carries the pushes of both. */
    PendingRequest replacedBy(PushRequest later, QueuedPush push) {
        pushes.add(push);
        return new PendingRequest(later, pushes, false);
    }
}
