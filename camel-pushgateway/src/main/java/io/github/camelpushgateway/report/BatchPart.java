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
 * @param size how many there are
 * @param last whether it is the one after which none comes
 */
record BatchPart(int index, int size, boolean last) {

    /** Returns the place; nothing for copies of an exchange, which keep its properties, and for what a split made of it. */
    static @Nullable BatchPart of(Exchange exchange) {
        Integer size = exchange.getProperty(ExchangePropertyKey.BATCH_SIZE, Integer.class);
        if (size == null
                || exchange.getFromRouteId() == null
                || exchange.getProperty(ExchangePropertyKey.SPLIT_INDEX) != null) {
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
