package io.github.camelpushgateway.client.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.testing.ModelGateway;
import io.github.camelpushgateway.testing.PushSequences;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A coalesced push has the same outcome as if each request was sent separately. */
class CoalescedOutcomesTest {

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void coalescedPushesHaveOutcomesAndStateOfSingleRequests(@ForAll Random random) {
        List<PushRequest> sequence = PushSequences.any(random);
        ModelGateway single = new ModelGateway();
        ModelGateway coalesced = new ModelGateway();
        PushSequences.others()
                .forEach(other -> assertThat(single.accepts(other) && coalesced.accepts(other))
                        .isTrue());
        List<Boolean> expected = sequence.stream().map(single::accepts).toList();

        List<CompletableFuture<PushResponse>> outcomes = new ModelledQueues(coalesced).sendAll(sequence, random);

        assertThat(outcomes).allMatch(CompletableFuture::isDone);
        assertThat(outcomes.stream().map(each -> !each.isCompletedExceptionally()))
                .as(() -> PushSequences.describe(sequence, expected))
                .containsExactlyElementsOf(expected);
        assertThat(coalesced.stored(PushSequences.GROUP))
                .as(() -> PushSequences.describe(sequence, expected))
                .isEqualTo(single.stored(PushSequences.GROUP));
    }
}
