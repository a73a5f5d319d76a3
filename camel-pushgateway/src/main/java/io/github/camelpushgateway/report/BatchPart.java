package io.github.camelpushgateway.report;

import org.apache.camel.BatchConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;

/**
 * The place of an exchange among those of one poll.
 *
 * @param index from 0 on
 * @param size the number of exchanges of the poll
 * @param last whether no further exchange of the poll follows
 */
record BatchPart(int index, int size, boolean last) {

    /** Returns the place that the consumer of an exchange has given it; nothing if that is no consumer of batches. */
    static @Nullable BatchPart read(Exchange exchange) {
        Integer size = exchange.getProperty(ExchangePropertyKey.BATCH_SIZE, Integer.class);
        if (size == null || exchange.getFromRouteId() == null) {
            return null;
        }
        Route from = exchange.getContext().getRoute(exchange.getFromRouteId());
        if (from == null || !(from.getConsumer() instanceof BatchConsumer)) {
            return null;
        }
        return new BatchPart(
                exchange.getProperty(ExchangePropertyKey.BATCH_INDEX, 0, Integer.class),
                size,
                exchange.getProperty(ExchangePropertyKey.BATCH_COMPLETE, false, Boolean.class));
    }
}
