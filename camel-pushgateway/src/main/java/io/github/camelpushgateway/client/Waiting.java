package io.github.camelpushgateway.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A request that waits for its turn, and who wants to know its outcome.
 *
 * @param request the last one of its kind
 * @param outcomes its own, and those of earlier ones that it stands for
 */
record Waiting(PushRequest request, List<CompletableFuture<PushResponse>> outcomes) {

    static Waiting of(PushRequest request, CompletableFuture<PushResponse> outcome) {
        List<CompletableFuture<PushResponse>> outcomes = new ArrayList<>(1);
        outcomes.add(outcome);
        return new Waiting(request, outcomes);
    }

    /** Makes a later request of the same kind stand for this one as well. */
    Waiting replacedBy(PushRequest later, CompletableFuture<PushResponse> outcome) {
        outcomes.add(outcome);
        return new Waiting(later, outcomes);
    }

    /**
     * Returns what a gateway goes by when it takes or refuses a request: the method, and names and types of the families. Of
     * two requests of one kind, the later one leaves nothing of the earlier one, and the same happens to both.
     */
    static Object kind(PushRequest request) {
        Set<Object> kind = new HashSet<>();
        kind.add(request.operation().method());
        request.snapshots()
                .forEach(family -> kind.add(ExposedNames.nameOf(family) + ' ' + ExposedNames.typeOf(family)));
        return kind;
    }
}
