package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request at one of several gateways.
 *
 * @param response the answer, if it succeeded
 * @param failure why it did not
 */
record GatewayOutcome(
        GatewayUrl gateway,
        @Nullable PushResponse response,
        @Nullable PushgatewayException failure) {

    /** Of the message of one gateway. */
    private static final int MAX_REASON = 500;

    /** Completes with the outcome, also if that is a failure. */
    static CompletableFuture<GatewayOutcome> at(GatewayUrl gateway, CompletionStage<PushResponse> sent) {
        return sent.handle((response, failure) -> new GatewayOutcome(gateway, response, (PushgatewayException) failure))
                .toCompletableFuture();
    }

    /** Makes one outcome of those at all gateways, when the last one is there. */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows an outcome has none of its own
    static CompletionStage<PushResponse> ofAll(
            String operation, String group, List<CompletableFuture<GatewayOutcome>> gateways) {
        CompletableFuture<PushResponse> outcome = new CompletableFuture<>();
        CompletableFuture.allOf(gateways.toArray(CompletableFuture[]::new)).whenComplete((none, broken) -> {
            if (broken != null) {
                outcome.completeExceptionally(broken);
                return;
            }
            List<GatewayOutcome> all =
                    gateways.stream().map(CompletableFuture::join).toList();
            PushResponse first = all.get(0).response();
            if (first != null && all.stream().allMatch(one -> one.failure() == null)) {
                outcome.complete(first);
            } else {
                outcome.completeExceptionally(failure(operation, group, all));
            }
        });
        // not the stage that whenComplete gives: it would wrap the exception
        return outcome;
    }

    /** Returns the exception for what not all gateways have done: that of the first of them, with a sentence on each. */
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
                reason.append("; on ").append(outcome.gateway()).append(" it ").append(bounded(failure.reason()));
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

    private static String bounded(String reason) {
        return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON - 3) + "...";
    }
}
