package io.github.camelpushgateway;

import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.client.Futures;
import io.github.camelpushgateway.client.GatewayPool;
import io.github.camelpushgateway.metrics.Increments;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;

/**
 * A push of an exchange that adds to metrics. If it fails, it is stored in the exchange, so that it is not added twice if
 * Camel redelivers the exchange.
 *
 * @param identity identifies the push
 * @param request the request
 * @param endpoint the endpoint that has sent it
 * @param redeliveries how often Camel had redelivered the exchange before
 */
record AccumulatedPush(PushIdentity identity, PushRequest request, Endpoint endpoint, int redeliveries) {

    /** The property of the exchange with the push that failed last. */
    static final String FAILED = "CamelPushgatewayFailedPush";

    /** Sends the push of an exchange. */
    static CompletionStage<PushResponse> send(
            PushRequest request, GatewayPool gateways, boolean callerWaits, Exchange exchange, Endpoint endpoint) {
        AccumulatedPush failed = (AccumulatedPush) exchange.removeProperty(FAILED);
        int redeliveries = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
        boolean isRedelivered =
                failed != null && (failed.isSame(request) || failed.isRepeatedBy(request, endpoint, redeliveries));
        PushIdentity identity = isRedelivered ? failed.identity() : new PushIdentity();
        AccumulatedPush push = new AccumulatedPush(identity, request, endpoint, redeliveries);
        return Futures.after(gateways.send(request, callerWaits, identity), (response, failure) -> {
            if (failure != null) {
                exchange.setProperty(FAILED, push);
            }
        });
    }

    /**
     * Returns whether Camel has redelivered the exchange to the endpoint. The values may be others: a registry continues
     * to count.
     */
    private boolean isRepeatedBy(PushRequest other, Endpoint repeating, int afterRedeliveries) {
        return endpoint == repeating
                && afterRedeliveries == redeliveries + 1
                && request.groupingKey().equals(other.groupingKey());
    }

    /** Returns whether a request adds the same values to the same group. */
    private boolean isSame(PushRequest other) {
        MetricSnapshots own = request.increments();
        MetricSnapshots others = other.increments();
        if (!request.groupingKey().equals(other.groupingKey()) || own.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < own.size(); i++) {
            if (!own.get(i)
                            .getMetadata()
                            .getName()
                            .equals(others.get(i).getMetadata().getName())
                    || !Increments.haveSameValues(own.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }
}
