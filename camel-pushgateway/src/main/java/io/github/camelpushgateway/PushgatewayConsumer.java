package io.github.camelpushgateway;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupFilter;
import io.github.camelpushgateway.client.Futures;
import io.github.camelpushgateway.client.NewlyStaleGroups;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledBatchPollingConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Polls the gateway for the groups that the endpoint selects, and makes an exchange of each, the oldest first: its body is the
 * group, and with its headers {@code delete} deletes exactly this group. A poll that fails is the poll strategy's business.
 */
public class PushgatewayConsumer extends ScheduledBatchPollingConsumer {

    private final GroupFilter filter;

    @Nullable
    private final NewlyStaleGroups newlyStale;

    /** @throws IllegalArgumentException if the options do not say which groups */
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
        List<GatewayGroup> groups = Futures.await(getEndpoint().gateways().groups(filter, UnaryOperator.identity()));
        List<GatewayGroup> wanted = newlyStale == null ? groups : newlyStale.select(groups);
        int most = maxMessagesPerPoll > 0 ? Math.min(maxMessagesPerPoll, wanted.size()) : wanted.size();
        return processBatch(new ArrayDeque<>(wanted.subList(0, most)));
    }

    /** One after the other, each made only when it is due: there may be thousands of groups. */
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
