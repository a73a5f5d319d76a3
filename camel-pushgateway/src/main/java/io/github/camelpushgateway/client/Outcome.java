package io.github.camelpushgateway.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request at one of several gateways.
 *
 * @param response the answer, if it succeeded
 * @param failure why it did not
 */
record Outcome(
        GatewayUrl gateway,
        @Nullable PushResponse response,
        @Nullable PushgatewayException failure) {

    /** Completes with the outcome, also if that is a failure. */
    static CompletableFuture<Outcome> at(GatewayUrl gateway, CompletionStage<PushResponse> sent) {
        return sent.handle((response, failure) -> new Outcome(gateway, response, (PushgatewayException) failure))
                .toCompletableFuture();
    }

    /** Makes one outcome of those at all gateways, when the last one is there. */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows an outcome has none of its own
    static CompletionStage<PushResponse> ofAll(
            String operation, String group, List<CompletableFuture<Outcome>> gateways) {
        CompletableFuture<PushResponse> outcome = new CompletableFuture<>();
        CompletableFuture.allOf(gateways.toArray(CompletableFuture[]::new)).whenComplete((none, broken) -> {
            if (broken != null) {
                outcome.completeExceptionally(broken);
                return;
            }
            List<Outcome> all = gateways.stream().map(CompletableFuture::join).toList();
            PushResponse first = all.get(0).response();
            if (first != null && all.stream().allMatch(one -> one.failure() == null)) {
                outcome.complete(first);
            } else {
                outcome.completeExceptionally(PushgatewayException.ofSeveral(operation, group, all));
            }
        });
        // not the stage that whenComplete gives: it would wrap the exception
        return outcome;
    }
}
