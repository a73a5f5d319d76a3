package io.github.camelpushgateway.report;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.SafeCopyProperty;
import org.jspecify.annotations.Nullable;

/**
 * Within which an exchange belongs to one run: the routes of a factory, or those of a single policy. An exchange takes the
 * knowledge with it into routes that it is sent to and parts that it is split into, where no user sees it and no repository
 * tries to store it.
 */
final class RunScope {

    private static final String PROPERTY = "CamelPushgatewayRuns";

    private record Entry(Run run, String exchangeId) {}

    private record Runs(Map<RunScope, Entry> byScope) implements SafeCopyProperty {

        @Override
        public SafeCopyProperty safeCopy() {
            return this; // never changed
        }
    }

    /** Returns the run that the exchange belongs to, whether it is over or not. */
    @Nullable
    Run of(Exchange exchange) {
        Entry entry = entry(exchange);
        return entry == null ? null : entry.run();
    }

    /** Tells whether the exchange belongs to a run that waits for it, unlike for one that {@code wireTap} has sent off. */
    boolean isWithin(Exchange exchange) {
        Entry entry = entry(exchange);
        return entry != null && !entry.run().isOver() && TrackedExchange.isCalledBy(entry.exchangeId(), exchange);
    }

    /** Tells whether it was this exchange that was said to belong to a run, and not one of which it is a copy. */
    boolean hasBegun(Exchange exchange) {
        Entry entry = entry(exchange);
        return entry != null && !entry.run().isOver() && entry.exchangeId().equals(exchange.getExchangeId());
    }

    private @Nullable Entry entry(Exchange exchange) {
        Runs runs = exchange.getExchangeExtension().getSafeCopyProperty(PROPERTY, Runs.class);
        return runs == null ? null : runs.byScope().get(this);
    }

    void put(Exchange exchange, Run run) {
        Runs before = exchange.getExchangeExtension().getSafeCopyProperty(PROPERTY, Runs.class);
        Map<RunScope, Entry> runs = before == null ? new HashMap<>() : new HashMap<>(before.byScope());
        runs.put(this, new Entry(run, exchange.getExchangeId()));
        exchange.getExchangeExtension().setSafeCopyProperty(PROPERTY, new Runs(runs));
    }
}
