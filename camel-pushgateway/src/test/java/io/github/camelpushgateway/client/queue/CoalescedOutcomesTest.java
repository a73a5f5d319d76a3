package io.github.camelpushgateway.client.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.client.PushStatistics;
import io.github.camelpushgateway.client.http.FailureMessages;
import io.github.camelpushgateway.client.http.RequestDescription;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.github.camelpushgateway.testing.ModelGateway;
import io.github.camelpushgateway.testing.PushSequences;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A coalesced push has the same outcome as if each request was sent separately. */
public class CoalescedOutcomesTest {

    private record Sent(PushRequest request, CompletableFuture<PushResponse> response) {}

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void coalescedPushesHaveOutcomesAndStateOfSingleRequests(@ForAll Random random) {
        List<PushRequest> sequence = PushSequences.any(random);
        ModelGateway single = new ModelGateway();
        ModelGateway coalesced = new ModelGateway();
        PushSequences.others()
                .forEach(other -> assertThat(single.accepts(other) && coalesced.accepts(other))
                        .isTrue());
        List<Boolean> expected = sequence.stream().map(single::accepts).toList();

        List<CompletableFuture<PushResponse>> outcomes = sendAll(sequence, coalesced, random);

        assertThat(outcomes).allMatch(CompletableFuture::isDone);
        assertThat(outcomes.stream().map(each -> !each.isCompletedExceptionally()))
                .as(() -> describe(sequence, expected))
                .containsExactlyElementsOf(expected);
        assertThat(coalesced.stored(PushSequences.GROUP))
                .as(() -> describe(sequence, expected))
                .isEqualTo(single.stored(PushSequences.GROUP));
    }

    /** Responds at random times between two requests, so that any number of requests is pending. */
    private static List<CompletableFuture<PushResponse>> sendAll(
            List<PushRequest> sequence, ModelGateway gateway, Random random) {
        ScheduledThreadPoolExecutor noTimer = new ScheduledThreadPoolExecutor(1);
        noTimer.shutdownNow();
        List<Sent> sent = new ArrayList<>();
        GroupQueues queues = new GroupQueues(
                true,
                new Linger(noTimer),
                new ContinuationRelay(Runnable::run, noTimer),
                (request, listener, onCallersThread) -> {
                    Sent one = new Sent(request, new CompletableFuture<>());
                    sent.add(one);
                    return new SentRequest(one.response(), () -> false);
                });
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

    public static String describe(List<PushRequest> sequence, List<Boolean> expected) {
        List<String> lines = new ArrayList<>();
        IntStream.range(0, sequence.size())
                .forEach(i -> lines.add((expected.get(i) ? "accepted " : "refused ")
                        + sequence.get(i).operation()
                        + ' '
                        + sequence.get(i).snapshots().stream()
                                .map(family -> ExposedNames.nameOf(family)
                                        + ' '
                                        + ExposedNames.typeOf(family)
                                        + family.getDataPoints().stream()
                                                .map(point -> point.getLabels().toString())
                                                .toList())
                                .toList()));
        return String.join("\n", lines);
    }
}
