package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.client.PushStatistics;
import io.github.camelpushgateway.client.http.FailureMessages;
import io.github.camelpushgateway.client.http.RequestDescription;
import io.github.camelpushgateway.testing.ModelGateway;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Queues that send to a model of a gateway, which responds to a request when the test decides it. */
final class ModelledQueues {

    private record Sent(PushRequest request, CompletableFuture<PushResponse> response) {}

    private final ModelGateway gateway;
    private final Deque<Sent> sent = new ArrayDeque<>();
    private final GroupQueues queues;

    ModelledQueues(ModelGateway gateway) {
        this.gateway = gateway;
        ScheduledThreadPoolExecutor noTimer = new ScheduledThreadPoolExecutor(1);
        noTimer.shutdownNow();
        queues = new GroupQueues(
                true,
                new Linger(noTimer),
                new ContinuationRelay(Runnable::run, noTimer),
                (request, listener, onCallersThread) -> {
                    Sent one = new Sent(request, new CompletableFuture<>());
                    sent.add(one);
                    return new SentRequest(one.response(), () -> false);
                });
    }

    CompletionStage<PushResponse> send(PushRequest request, CountedPush push) {
        return queues.send(request, push);
    }

    /** Sends requests, and responds at random times between two of them, so that any number of requests is pending. */
    List<CompletableFuture<PushResponse>> sendAll(List<PushRequest> sequence, Random random) {
        List<CompletableFuture<PushResponse>> outcomes = new ArrayList<>();
        for (PushRequest request : sequence) {
            outcomes.add(
                    send(request, new CountedPush(new PushStatistics(), false)).toCompletableFuture());
            if (random.nextInt(8) == 0) {
                respondToFirst();
            }
        }
        while (!isEmpty()) {
            respondToFirst();
        }
        return outcomes;
    }

    int pending() {
        return queues.pending();
    }

    /** Returns whether each request that was sent has a response. */
    boolean isEmpty() {
        return sent.isEmpty();
    }

    /** Returns the first request without a response. */
    PushRequest first() {
        return sent.element().request();
    }

    /** Responds to the first request without a response. */
    void respondToFirst() {
        Sent first = sent.remove();
        if (gateway.accepts(first.request())) {
            first.response().complete(new PushResponse(200));
        } else {
            first.response()
                    .completeExceptionally(FailureMessages.refused(
                            RequestDescription.of(first.request(), GatewayUrl.parse("localhost:9091")),
                            1,
                            GatewayResponse.of(400)));
        }
    }
}
