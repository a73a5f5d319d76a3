package io.github.camelpushgateway.report;

import java.util.concurrent.ConcurrentMap;
import org.apache.camel.BatchConsumer;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Route;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The position of an exchange in the batch of one poll.
 *
 * @param index the index, starting at 0
 * @param last whether this is the last exchange of the poll
 * @param poll the poll to which the exchange belongs
 */
record BatchPart(int index, boolean last, Poll poll) {

    /**
     * Returns the position that the consumer has set, or null if the consumer does not consume batches.
     *
     * @param polls the last poll of each route by route id; a new poll is added
     */
    static @Nullable BatchPart read(Exchange exchange, ConcurrentMap<String, Poll> polls) {
        String routeId = exchange.getFromRouteId();
        if (exchange.getProperty(ExchangePropertyKey.BATCH_SIZE) == null || routeId == null) {
            return null;
        }
        Route from = exchange.getContext().getRoute(routeId);
        Consumer consumer = from == null ? null : from.getConsumer();
        if (!(consumer instanceof BatchConsumer)) {
            return null;
        }
        int index = exchange.getProperty(ExchangePropertyKey.BATCH_INDEX, 0, Integer.class);
        boolean last = exchange.getProperty(ExchangePropertyKey.BATCH_COMPLETE, false, Boolean.class);
        long number = consumer instanceof ScheduledPollConsumer polling ? polling.getCounter() : 0;
        Poll previous = polls.get(routeId);
        if (previous != null && previous.begin(number, index, last)) {
            return new BatchPart(index, last, previous);
        }
        Poll poll = new Poll(number);
        poll.begin(number, index, last);
        polls.put(routeId, poll);
        return new BatchPart(index, last, poll);
    }
}
