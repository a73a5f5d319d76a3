package io.github.camelpushgateway.report;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Makes one outcome of those of a batch, for who sees its exchanges one after the other. A part that never came by has failed on its
 * way.
 */
public final class BatchReports {

    private final Map<String, Collected> byRoute = new HashMap<>();

    private record Collected(RunOutcome outcome, int lastIndex, int parts) {}

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
        Collected all;
        synchronized (byRoute) {
            Collected before = byRoute.remove(exchange.getFromRouteId());
            all = before == null || before.lastIndex() >= part.index()
                    ? new Collected(outcome, part.index(), 1)
                    : new Collected(before.outcome().and(outcome), part.index(), before.parts() + 1);
            if (!part.last()) {
                byRoute.put(exchange.getFromRouteId(), all);
                return null;
            }
        }
        return all.parts() == part.size() ? all.outcome() : all.outcome().withSuccess(false);
    }
}
