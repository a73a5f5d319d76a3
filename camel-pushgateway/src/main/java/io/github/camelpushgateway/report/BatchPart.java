package io.github.camelpushgateway.report;

import org.apache.camel.BatchConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;

/**
 * The position of an exchange in the batch of one poll.
 *
 * @param index from 0 on
 * @param size the number of exchanges of the poll
 * @param last whether no further exchange of the poll follows
 */
record BatchPart(int index, int size, boolean last) {

    /** Returns the position that the consumer has set; nothing if the consumer does not consume batches. */
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
