package io.github.camelpushgateway;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupFilter;
import io.github.camelpushgateway.client.Futures;
import io.github.camelpushgateway.client.NewlyStaleGroups;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledBatchPollingConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Consumer that polls the gateway for the selected groups and creates an exchange for each, the oldest first. The
 * body is the group. The headers identify the group, so that {@code delete} can delete it. Camel's poll
 * strategy handles a failed poll.
 */
public class PushgatewayConsumer extends ScheduledBatchPollingConsumer {

    private final GroupFilter filter;

    @Nullable
    private final NewlyStaleGroups newlyStale;

    /**
     * Creates the consumer of an endpoint.
     *
     * @throws IllegalArgumentException if the options do not form a valid filter
     */
    PushgatewayConsumer(PushgatewayEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        PushgatewayConfiguration configuration = endpoint.getConfiguration();
        filter = ConsumerFilter.of(endpoint);
        newlyStale = configuration.isNewlyStaleOnly() ? new NewlyStaleGroups() : null;
    }

    @Override
    public PushgatewayEndpoint getEndpoint() {
        return (PushgatewayEndpoint) super.getEndpoint();
    }

    @Override
    protected int poll() throws Exception {
        shutdownRunningTask = null;
        pendingExchanges = 0;
        List<GatewayGroup> groups = Futures.await(getEndpoint().gateways().groups(filter));
        List<GatewayGroup> selected = newlyStale == null ? groups : newlyStale.select(groups);
        int count = maxMessagesPerPoll > 0 ? Math.min(maxMessagesPerPoll, selected.size()) : selected.size();
        return processBatch(new ArrayDeque<>(selected.subList(0, count)));
    }

    /**
     * Processes the groups one after another. Each exchange is created only when its turn comes, because there may be
     * thousands of groups.
     */
    @Override
    public int processBatch(Queue<Object> groups) {
        int total = groups.size();
        for (int index = 0; index < total && isBatchAllowed(); index++) {
            GatewayGroup group = (GatewayGroup) groups.remove();
            Exchange exchange = exchange(group);
            exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, index);
            exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, total);
            exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, index == total - 1);
            pendingExchanges = total - index - 1;
            process(exchange, group);
        }
        return total;
    }

    private Exchange exchange(GatewayGroup group) {
        Exchange exchange = createExchange(false);
        exchange.getMessage().setBody(group);
        exchange.getMessage().setHeader(PushgatewayConstants.JOB, group.job());
        exchange.getMessage().setHeader(PushgatewayConstants.GROUPING_KEY, group.groupingKey());
        return exchange;
    }

    private void process(Exchange exchange, GatewayGroup group) {
        try {
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (newlyStale != null && exchange.getException() == null) {
            newlyStale.markHandled(group);
        }
        defaultConsumerCallback(exchange, true).done(true);
    }
}
