package io.github.camelpushgateway.report;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.SafeCopyProperty;
import org.jspecify.annotations.Nullable;

/**
 * The scope in which an exchange belongs to at most one run: the routes of one factory, or the routes of a single policy.
 *
 * <p>The run is kept in a safe-copy property of the exchange. It follows the exchange into called routes and split parts, is invisible to
 * routes, and is not stored by repositories.
 */
final class RunScope {

    private static final String PROPERTY = "CamelPushgatewayRuns";

    private record Entry(Run run, String exchangeId) {}

    private record Runs(Map<RunScope, Entry> byScope) implements SafeCopyProperty {

        @Override
        public SafeCopyProperty safeCopy() {
            // immutable
            return this;
        }
    }

    /** Returns the run to which the exchange belongs, even if the run is over, or null if there is none. */
    @Nullable
    Run of(Exchange exchange) {
        Entry entry = entry(exchange);
        return entry == null ? null : entry.run();
    }

    /** Returns whether the exchange belongs to a run that waits for it. A run does not wait for a copy sent by {@code wireTap}. */
    boolean isWithin(Exchange exchange) {
        Entry entry = entry(exchange);
        return entry != null && !entry.run().isOver() && TrackedExchange.isCalledBy(entry.exchangeId(), exchange);
    }

    /** Returns whether this exchange itself, rather than one that it was copied from, was assigned to a run that is not over. */
    boolean hasBegun(Exchange exchange) {
        Entry entry = entry(exchange);
        return entry != null && !entry.run().isOver() && entry.exchangeId().equals(exchange.getExchangeId());
    }

    private @Nullable Entry entry(Exchange exchange) {
        Runs runs = exchange.getExchangeExtension().getSafeCopyProperty(PROPERTY, Runs.class);
        return runs == null ? null : runs.byScope().get(this);
    }

    void put(Exchange exchange, Run run) {
        Runs previous = exchange.getExchangeExtension().getSafeCopyProperty(PROPERTY, Runs.class);
        Map<RunScope, Entry> runs = previous == null ? new HashMap<>() : new HashMap<>(previous.byScope());
        runs.put(this, new Entry(run, exchange.getExchangeId()));
        exchange.getExchangeExtension().setSafeCopyProperty(PROPERTY, new Runs(runs));
    }
}
