package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.metrics.Excerpt;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a request to one of several gateways.
 *
 * @param gateway the gateway
 * @param response the response of a success, or null
 * @param failure the failure, or null
 */
record GatewayOutcome(
        GatewayUrl gateway,
        @Nullable PushResponse response,
        @Nullable PushgatewayException failure) {

    /** The maximum length of the message of one gateway. */
    private static final int MAX_REASON = 500;

    /** Returns a future that completes with the outcome, even if the outcome is a failure. */
    static CompletableFuture<GatewayOutcome> capture(GatewayUrl gateway, CompletionStage<PushResponse> sent) {
        return sent.handle((response, failure) -> new GatewayOutcome(gateway, response, (PushgatewayException) failure))
                .toCompletableFuture();
    }

    /**
     * Combines the outcomes of all gateways when the last one has completed.
     *
     * @param operation the name of the operation, for the message
     * @param group the group of the request, or an empty text
     */
    static CompletionStage<PushResponse> combine(
            String operation, String group, List<CompletableFuture<GatewayOutcome>> gateways) {
        return Futures.compose(Futures.all(gateways), outcomes -> {
            PushResponse first = outcomes.get(0).response();
            return first != null && outcomes.stream().allMatch(one -> one.failure() == null)
                    ? CompletableFuture.completedFuture(first)
                    : CompletableFuture.failedFuture(failure(operation, group, outcomes));
        });
    }

    /**
     * Returns the exception for a request that failed on some gateways. Its details are those of the first failure, and
     * its message has a clause for each.
     */
    private static PushgatewayException failure(String operation, String group, List<GatewayOutcome> outcomes) {
        List<PushgatewayException> failures = outcomes.stream()
                .map(GatewayOutcome::failure)
                .filter(Objects::nonNull)
                .toList();
        PushgatewayException first = failures.get(0);
        StringBuilder reason = new StringBuilder(" succeeded on ")
                .append(outcomes.size() - failures.size())
                .append(" of ")
                .append(outcomes.size())
                .append(" gateways");
        for (GatewayOutcome outcome : outcomes) {
            PushgatewayException failure = outcome.failure();
            if (failure != null) {
                reason.append("; on ")
                        .append(outcome.gateway())
                        .append(" it ")
                        .append(Excerpt.shortened(failure.reason(), MAX_REASON));
            }
        }
        PushgatewayException one = PushgatewayException.of(
                operation,
                group,
                group.isEmpty() ? "" : " of the group " + group,
                reason.toString(),
                first.getAttempts(),
                first.getStatusCode(),
                first.getResponseBody(),
                first.getCause());
        failures.stream().skip(1).forEach(one::addSuppressed);
        return one;
    }
}
