package io.github.camelpushgateway.client;

import java.util.ArrayList;
import java.util.List;

/**
 * A request that waits for its turn, and who asked for it.
 *
 * @param request the last one of its shape
 * @param askers who asked for it, and for earlier ones that it stands for
 */
record Waiting(PushRequest request, List<Asker> askers) {

    static Waiting of(PushRequest request, Asker asker) {
        List<Asker> askers = new ArrayList<>(1);
        askers.add(asker);
        return new Waiting(request, askers);
    }

    /** Makes a later request of the same shape stand for this one as well. */
    Waiting replacedBy(PushRequest later, Asker asker) {
        askers.add(asker);
        return new Waiting(later, askers);
    }
}
