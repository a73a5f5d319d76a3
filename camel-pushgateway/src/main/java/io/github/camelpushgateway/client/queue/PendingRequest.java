package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.PushRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A request that waits for its turn, and who asked for it.
 *
 * @param request the last one of its shape
 * @param askers who asked for it, and for earlier ones that it stands for
 * @param isRepeated whether it was sent before
 */
record PendingRequest(PushRequest request, List<QueuedPush> askers, boolean isRepeated) {

    static PendingRequest of(PushRequest request, QueuedPush asker) {
        List<QueuedPush> askers = new ArrayList<>(1);
        askers.add(asker);
        return new PendingRequest(request, askers, false);
    }

    /**
     * Returns a request that is sent once more. Its outcome is reported to nobody; it is counted as the first time.
     *
     * @param part what it was made of
     */
    static PendingRequest repeated(PushRequest request, List<PendingRequest> part) {
        Map<PushListener, QueuedPush> askers = new LinkedHashMap<>();
        part.stream()
                .flatMap(waiting -> waiting.askers().stream())
                .forEach(asker -> askers.putIfAbsent(
                        asker.push().counters(), new QueuedPush(asker.push(), new CompletableFuture<>())));
        return new PendingRequest(request, List.copyOf(askers.values()), true);
    }

    /** Makes a later request of the same shape stand for this one as well. */
    PendingRequest replacedBy(PushRequest later, QueuedPush asker) {
        askers.add(asker);
        return new PendingRequest(later, askers, false);
    }
}
