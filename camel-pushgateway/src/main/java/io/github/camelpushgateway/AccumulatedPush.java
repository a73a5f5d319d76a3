package io.github.camelpushgateway;

import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.client.Futures;
import io.github.camelpushgateway.client.GatewayPool;
import io.github.camelpushgateway.metrics.Increments;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A push of an exchange that adds to metrics. If it fails, it is stored in the exchange, so that it is not added twice if
 * Camel redelivers the exchange. Copies of the exchange share it, and only one of them repeats it: the others are pushes
 * of their own.
 *
 * @param identity identifies the push
 * @param request the request
 * @param endpoint the endpoint that has sent it
 * @param exchangeId the exchange
 * @param redeliveries how often Camel had redelivered the exchange before
 * @param isRepeated whether another push repeats this one
 */
record AccumulatedPush(
        PushIdentity identity,
        PushRequest request,
        Endpoint endpoint,
        String exchangeId,
        int redeliveries,
        AtomicBoolean isRepeated) {

    /** The property of the exchange with the pushes that failed, the last one first. */
    static final String FAILED = "CamelPushgatewayFailedPushes";

    /** The maximum number of failed pushes of an exchange, since a route may ignore the failures of a long loop. */
    private static final int MAX_FAILED = 32;

    /**
     * Sends the push of an exchange.
     *
     * @param isRedelivered whether the push may be repeated if it fails
     */
    static CompletionStage<PushResponse> send(
            PushRequest request,
            GatewayPool gateways,
            boolean callerWaits,
            Exchange exchange,
            Endpoint endpoint,
            boolean isRedelivered) {
        int redeliveries = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
        List<AccumulatedPush> earlier = failed(exchange);
        AccumulatedPush repeated = earlier.isEmpty()
                ? null
                : takeRepeated(earlier, request, endpoint, exchange.getExchangeId(), redeliveries);
        if (repeated != null) {
            store(earlier.stream().filter(each -> !each.isRepeated.get()).toList(), exchange);
        }
        PushIdentity identity = repeated == null ? new PushIdentity() : repeated.identity();
        return Futures.after(gateways.send(request, callerWaits, identity), (response, failure) -> {
            if (failure != null && isRedelivered) {
                List<AccumulatedPush> all = new ArrayList<>();
                all.add(new AccumulatedPush(
                        identity, request, endpoint, exchange.getExchangeId(), redeliveries, new AtomicBoolean()));
                all.addAll(failed(exchange));
                store(List.copyOf(all.subList(0, Math.min(all.size(), MAX_FAILED))), exchange);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static List<AccumulatedPush> failed(Exchange exchange) {
        Object stored = exchange.getProperty(FAILED);
        return stored == null ? List.of() : (List<AccumulatedPush>) stored;
    }

    private static void store(List<AccumulatedPush> failed, Exchange exchange) {
        if (failed.isEmpty()) {
            exchange.removeProperty(FAILED);
        } else {
            exchange.setProperty(FAILED, failed);
        }
    }

    /** Returns the failed push that a request repeats, and that no other one repeats, or null. */
    private static @Nullable AccumulatedPush takeRepeated(
            List<AccumulatedPush> failed, PushRequest request, Endpoint endpoint, String exchangeId, int redeliveries) {
        for (AccumulatedPush each : failed) {
            boolean isRepeated = each.isSame(request)
                    || (each.exchangeId.equals(exchangeId) && each.isRepeatedBy(request, endpoint, redeliveries));
            if (isRepeated && each.isRepeated.compareAndSet(false, true)) {
                return each;
            }
        }
        return null;
    }

    /**
     * Returns whether Camel has redelivered the exchange to the endpoint, or to another one of its URI, as {@code toD}
     * does without a cache. The values may be others: a registry continues to count.
     */
    private boolean isRepeatedBy(PushRequest other, Endpoint repeating, int afterRedeliveries) {
        return endpoint.getEndpointUri().equals(repeating.getEndpointUri())
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
