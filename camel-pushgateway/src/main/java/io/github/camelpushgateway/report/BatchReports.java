package io.github.camelpushgateway.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of the exchanges of each poll, combined into one outcome per run. The exchanges reach the reporting step one by one and in
 * any order. An exchange that ends without reaching the step counts as failed.
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
     * Adds the outcome of an exchange, and returns the outcome of the run if it is complete.
     *
     * @return the outcome of the whole run if it is complete, the given outcome if the exchange does not belong to a batch, or null if
     *     more exchanges can follow
     */
    public @Nullable RunOutcome add(RunOutcome outcome, Exchange exchange) {
        BatchPart part = TrackedExchange.batchPart(exchange);
        if (part == null) {
            return outcome;
        }
        synchronized (byRoute) {
            Collected collected = byRoute.compute(
                    exchange.getFromRouteId(),
                    (route, previous) -> previous != null && previous.poll == part.poll()
                            ? previous
                            : new Collected(part.poll(), outcome));
            return collected.add(part.index(), outcome);
        }
    }
}
