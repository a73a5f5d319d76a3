package io.github.camelpushgateway.client.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.client.PushStatistics;
import io.github.camelpushgateway.client.http.FailureMessages;
import io.github.camelpushgateway.client.http.RequestDescription;
import io.github.camelpushgateway.testing.IncreaseSequences;
import io.github.camelpushgateway.testing.Increases;
import io.github.camelpushgateway.testing.ModelGateway;
import io.github.camelpushgateway.testing.StoredSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Coalesced requests that add to metrics have the effect and the outcomes of single requests. */
class AccumulatedOutcomesTest {

    private static final GroupingKey GROUP = GroupingKey.of("sequence");

    private record Sent(PushRequest request, CompletableFuture<PushResponse> response) {}

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void coalescedRequestsHaveOutcomesAndStateOfSingleRequests(@ForAll Random random, @ForAll boolean withConflicts) {
        List<PushRequest> sequence = IncreaseSequences.any(random, GROUP, withConflicts);
        ModelGateway single = new ModelGateway();
        ModelGateway coalesced = new ModelGateway();
        List<Boolean> expected = sequence.stream().map(single::accepts).toList();

        List<CompletableFuture<PushResponse>> outcomes = sendAll(sequence, coalesced, random);

        assertThat(outcomes).allMatch(CompletableFuture::isDone);
        assertThat(outcomes.stream().map(each -> !each.isCompletedExceptionally()))
                .as(() -> CoalescedOutcomesTest.describe(sequence, expected))
                .containsExactlyElementsOf(expected);
        assertThat(StoredSamples.of(coalesced.stored(GROUP).values()))
                .as(() -> CoalescedOutcomesTest.describe(sequence, expected))
                .isEqualTo(StoredSamples.of(single.stored(GROUP).values()));
    }

    @Example
    void requestsOfOneShapeAreSummedWhileTheyWait() {
        List<Sent> sent = new ArrayList<>();
        GroupQueues queues = queues(sent);
        for (int i = 0; i < 1_001; i++) {
            queues.send(
                    Increases.accumulate(GROUP, Increases.counter("rows", 1)),
                    new CountedPush(new PushStatistics(), false));
        }

        assertThat(queues.pending()).isEqualTo(1);
        sent.get(0).response().complete(new PushResponse(200));
        assertThat(StoredSamples.of(sent.get(1).request().increments().stream().toList()))
                .containsValue(1_000.0);
    }

    @Example
    void separateRequestIsNotSummed() {
        List<Sent> sent = new ArrayList<>();
        GroupQueues queues = queues(sent);
        for (int i = 0; i < 4; i++) {
            CountedPush push = new CountedPush(new PushStatistics(), false);
            if (i == 2) {
                push.separate();
            }
            queues.send(Increases.accumulate(GROUP, Increases.counter("rows", i)), push);
        }
        ModelGateway gateway = new ModelGateway();
        int requests = 0;
        for (; !sent.isEmpty(); requests++) {
            respondToFirst(sent, gateway);
        }

        assertThat(requests).isEqualTo(3);
        assertThat(StoredSamples.of(gateway.stored(GROUP).values())).containsValue(6.0);
    }

    private static GroupQueues queues(List<Sent> sent) {
        ScheduledThreadPoolExecutor noTimer = new ScheduledThreadPoolExecutor(1);
        noTimer.shutdownNow();
        return new GroupQueues(
                true,
                new Linger(noTimer),
                new ContinuationRelay(Runnable::run, noTimer),
                (request, listener, onCallersThread) -> {
                    Sent one = new Sent(request, new CompletableFuture<>());
                    sent.add(one);
                    return new SentRequest(one.response(), () -> false);
                });
    }

    /** Responds at random times between two requests, so that any number of requests is pending. */
    private static List<CompletableFuture<PushResponse>> sendAll(
            List<PushRequest> sequence, ModelGateway gateway, Random random) {
        List<Sent> sent = new ArrayList<>();
        GroupQueues queues = queues(sent);
        List<CompletableFuture<PushResponse>> outcomes = new ArrayList<>();
        for (PushRequest request : sequence) {
            outcomes.add(queues.send(request, new CountedPush(new PushStatistics(), false))
                    .toCompletableFuture());
            if (random.nextInt(8) == 0) {
                respondToFirst(sent, gateway);
            }
        }
        while (!sent.isEmpty()) {
            respondToFirst(sent, gateway);
        }
        return outcomes;
    }

    private static void respondToFirst(List<Sent> sent, ModelGateway gateway) {
        Sent first = sent.remove(0);
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
