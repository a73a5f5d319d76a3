package io.github.camelpushgateway.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A request that waits for its turn, and who asked for it.
 *
 * @param request the last one of its kind
 * @param askers who asked for it, and for earlier ones that it stands for
 */
record Waiting(PushRequest request, List<Asker> askers) {

    static Waiting of(PushRequest request, Asker asker) {
        List<Asker> askers = new ArrayList<>(1);
        askers.add(asker);
        return new Waiting(request, askers);
    }

    /** Makes a later request of the same kind stand for this one as well. */
    Waiting replacedBy(PushRequest later, Asker asker) {
        askers.add(asker);
        return new Waiting(later, askers);
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
