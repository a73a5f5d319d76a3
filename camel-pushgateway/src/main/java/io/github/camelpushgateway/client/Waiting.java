package io.github.camelpushgateway.client;

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
record Waiting(PushRequest request, List<Asker> askers, boolean isRepeated) {

    static Waiting of(PushRequest request, Asker asker) {
        List<Asker> askers = new ArrayList<>(1);
        askers.add(asker);
        return new Waiting(request, askers, false);
    }

    /**
     * Returns a request that is sent once more. Its outcome is reported to nobody; it is counted as the first time.
     *
     * @param part what it was made of
     */
    static Waiting repeated(PushRequest request, List<Waiting> part) {
        Map<PushListener, Asker> askers = new LinkedHashMap<>();
        part.stream()
                .flatMap(waiting -> waiting.askers().stream())
                .forEach(asker -> askers.putIfAbsent(
                        asker.push().counters(), new Asker(asker.push(), new CompletableFuture<>())));
        return new Waiting(request, List.copyOf(askers.values()), true);
    }

    /** Makes a later request of the same shape stand for this one as well. */
    Waiting replacedBy(PushRequest later, Asker asker) {
        askers.add(asker);
        return new Waiting(later, askers, false);
    }
}
