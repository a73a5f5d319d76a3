package io.github.camelpushgateway;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupFilter;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.Futures;
import io.github.camelpushgateway.client.GroupSweeper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/**
 * Binding of operations on several groups or on the gateway itself. They run on the thread of the exchange because
 * they are long and rare. An interrupt of that thread ends them.
 */
final class QueryBinding {

    private final PushgatewayEndpoint endpoint;
    private final ExchangeBinding binding;

    QueryBinding(PushgatewayEndpoint endpoint, ExchangeBinding binding) {
        this.endpoint = endpoint;
        this.binding = binding;
    }

    /** Executes the operation and writes its result to the exchange. */
    void execute(PushgatewayOperation operation, Exchange exchange) throws PushgatewayException {
        try {
            switch (operation) {
                case GROUPS -> setResult(exchange, list(binding.filter(operation, exchange)));
                case SWEEP -> setResult(exchange, sweep(operation, exchange));
                case STATUS -> setResult(exchange, status());
                case WIPE ->
                    binding.respond(exchange, Futures.await(endpoint.gateways().wipe()));
                default -> throw new IllegalArgumentException(operation + " applies to one group");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PushgatewayException.of(operation.toString(), "was interrupted; the outcome is unknown", e);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw PushgatewayException.of(operation.toString(), "was not executed: " + e.getMessage(), e);
        }
    }

    private Object sweep(PushgatewayOperation operation, Exchange exchange)
            throws PushgatewayException, InterruptedException {
        GroupFilter filter = binding.filter(operation, exchange);
        return endpoint.getConfiguration().isDryRun()
                ? list(filter)
                : new GroupSweeper(filter, endpoint.gateways()).run();
    }

    private List<GatewayGroup> list(GroupFilter filter) throws PushgatewayException, InterruptedException {
        return Futures.await(endpoint.gateways().groups(filter));
    }

    /** Returns the status of a single gateway, or the statuses of several gateways by URL. */
    private Object status() throws PushgatewayException, InterruptedException {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Map.Entry<String, CompletionStage<Map<String, Object>>> each :
                endpoint.gateways().status().entrySet()) {
            all.put(each.getKey(), Futures.await(each.getValue()));
        }
        return all.size() == 1 ? all.values().iterator().next() : all;
    }

    private static void setResult(Exchange exchange, Object body) {
        exchange.getMessage().setBody(body);
    }
}
