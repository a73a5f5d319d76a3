package io.github.camelpushgateway.client.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.client.PushStatistics;
import io.github.camelpushgateway.testing.IncreaseSequences;
import io.github.camelpushgateway.testing.Increases;
import io.github.camelpushgateway.testing.ModelGateway;
import io.github.camelpushgateway.testing.PushSequences;
import io.github.camelpushgateway.testing.StoredSamples;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Coalesced requests that add to metrics have the effect and the outcomes of single requests. */
class AccumulatedOutcomesTest {

    private static final GroupingKey GROUP = GroupingKey.of("sequence");

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void coalescedRequestsHaveOutcomesAndStateOfSingleRequests(@ForAll Random random, @ForAll boolean withConflicts) {
        List<PushRequest> sequence = IncreaseSequences.any(random, GROUP, withConflicts);
        ModelGateway single = new ModelGateway();
        ModelGateway coalesced = new ModelGateway();
        List<Boolean> expected = sequence.stream().map(single::accepts).toList();

        List<CompletableFuture<PushResponse>> outcomes = new ModelledQueues(coalesced).sendAll(sequence, random);

        assertThat(outcomes).allMatch(CompletableFuture::isDone);
        assertThat(outcomes.stream().map(each -> !each.isCompletedExceptionally()))
                .as(() -> PushSequences.describe(sequence, expected))
                .containsExactlyElementsOf(expected);
        assertThat(StoredSamples.of(coalesced.stored(GROUP).values()))
                .as(() -> PushSequences.describe(sequence, expected))
                .isEqualTo(StoredSamples.of(single.stored(GROUP).values()));
    }

    @Example
    void requestsOfOneShapeAreSummedWhileTheyWait() {
        ModelGateway gateway = new ModelGateway();
        ModelledQueues queues = new ModelledQueues(gateway);
        for (int i = 0; i < 1_001; i++) {
            queues.send(
                    Increases.accumulate(GROUP, Increases.counter("rows", 1)),
                    new CountedPush(new PushStatistics(), false));
        }

        assertThat(queues.pending()).isEqualTo(1);
        queues.respondToFirst();
        assertThat(StoredSamples.of(queues.first().increments().stream().toList()))
                .containsValue(1_000.0);
    }

    @Example
    void separateRequestIsNotSummed() {
        ModelGateway gateway = new ModelGateway();
        ModelledQueues queues = new ModelledQueues(gateway);
        for (int i = 0; i < 4; i++) {
            CountedPush push = new CountedPush(new PushStatistics(), false);
            if (i == 2) {
                push.separate();
            }
            queues.send(Increases.accumulate(GROUP, Increases.counter("rows", i)), push);
        }
        int requests = 0;
        for (; !queues.isEmpty(); requests++) {
            queues.respondToFirst();
        }

        assertThat(requests).isEqualTo(3);
        assertThat(StoredSamples.of(gateway.stored(GROUP).values())).containsValue(6.0);
    }
}
