package io.github.camelpushgateway.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Builds one outcome from those of the exchanges of a poll, for a step that they reach one by one, in any order. An exchange that ends
 * without having reached the step has failed before.
 */
public final class BatchReports {

    private final Map<String, Collected> byRoute = new HashMap<>();

    private static final class Collected {

        private final Poll poll;
        private final Set<Integer> arrived = new HashSet<>();
        private RunOutcome outcome;
        private boolean over;

        Collected(Poll poll, RunOutcome first) {
            this.poll = poll;
            outcome = first;
        }

        @Nullable
        RunOutcome add(int index, RunOutcome part) {
            outcome = arrived.isEmpty() ? part : outcome.and(part);
            arrived.add(index);
            if (over || !poll.isOver(arrived)) {
                return null;
            }
            over = true;
            return arrived.size() == poll.begun() ? outcome : outcome.withSuccess(false);
        }
    }

    /**
     * Adds the outcome of an exchange.
     *
     * @return the outcome of the whole run if this was its end, that of the exchange itself if it is not one of a batch, and nothing
     *     if more is to come
     */
    public @Nullable RunOutcome add(RunOutcome outcome, Exchange exchange) {
        BatchPart part = TrackedExchange.batchPart(exchange);
        if (part == null) {
            return outcome;
        }
        synchronized (byRoute) {
            Collected collected = byRoute.compute(
                    exchange.getFromRouteId(),
                    (route, before) -> before != null && before.poll == part.poll()
                            ? before
                            : new Collected(part.poll(), outcome));
            return collected.add(part.index(), outcome);
        }
    }
}
