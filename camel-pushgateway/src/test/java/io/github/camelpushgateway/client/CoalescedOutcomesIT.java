package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.testing.PushSequences;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.VersionedGateways;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same sequences of pushes are sent separately and coalesced to real gateways whose other groups contradict some of
 * the pushes. The outcomes and the final group are the same.
 */
class CoalescedOutcomesIT {

    private static final int SEQUENCES = 75;
    private static final PushRequest CLEAR = PushRequest.delete(PushSequences.GROUP);

    /** A gateway responds to a delete before it executes it, but executes it before the next push. */
    private static final PushRequest AWAIT_DELETE =
            new PushRequest(PushOperation.PUSHADD, PushSequences.GROUP, MetricSnapshots.of());

    private static final VersionedGateways GATEWAYS = new VersionedGateways();

    @AfterAll
    static void stop() {
        GATEWAYS.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {VersionedGateways.OLD, VersionedGateways.NEW})
    void coalescedPushesHaveOutcomesAndStateOfSingleRequests(String version) throws Exception {
        Optional<Pushgateway> found = GATEWAYS.find(version);
        assumeTrue(found.isPresent(), "no gateway " + version);
        Pushgateway gateway = found.get();
        Random random = new Random(1);
        int refused = 0;
        int coalesced = 0;
        try (PushgatewayClient single = new PushgatewayClient(Pushes.settings(gateway.url(), false))) {
            for (PushRequest other : PushSequences.others()) {
                send(single, other);
            }
            for (int i = 0; i < SEQUENCES; i++) {
                List<PushRequest> sequence = PushSequences.any(random);
                List<Boolean> expected = outcomes(single, sequence);
                send(single, AWAIT_DELETE);
                Map<String, String> state = stored(gateway);
                send(single, CLEAR);
                PushStatistics statistics = new PushStatistics();
                List<Boolean> outcomes = coalesced(gateway, sequence, statistics);

                String description = PushSequences.describe(sequence, expected);
                assertThat(outcomes).as(description).isEqualTo(expected);
                send(single, AWAIT_DELETE);
                assertThat(stored(gateway)).as(description).isEqualTo(state);
                send(single, CLEAR);
                refused += (int) expected.stream().filter(each -> !each).count();
                coalesced += (int) statistics.pushesCoalesced();
            }
        }
        // otherwise the test would not cover anything
        assertThat(refused).isGreaterThan(SEQUENCES);
        assertThat(coalesced).isGreaterThan(SEQUENCES);
    }

    private static void send(PushgatewayClient client, PushRequest request) throws Exception {
        client.send(request).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** Sends the sequence while its first request is blocked, so that the others are coalesced. */
    private static List<Boolean> coalesced(Pushgateway gateway, List<PushRequest> sequence, PushStatistics statistics)
            throws Exception {
        CountDownLatch allWait = new CountDownLatch(1);
        PushgatewayHandler gate = (request, next) -> {
            try {
                allWait.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return next.handle(request);
        };
        try (PushgatewayClient client = new PushgatewayClient(Pushes.settings(gateway.url(), true, gate))) {
            List<CompletableFuture<PushResponse>> outcomes = new ArrayList<>();
            for (PushRequest request : sequence) {
                outcomes.add(Pushes.send(client, request, statistics).toCompletableFuture());
            }
            allWait.countDown();
            return areSuccesses(outcomes);
        }
    }

    private static List<Boolean> outcomes(PushgatewayClient client, List<PushRequest> sequence) throws Exception {
        List<CompletableFuture<PushResponse>> outcomes = new ArrayList<>();
        for (PushRequest request : sequence) {
            outcomes.add(client.send(request).toCompletableFuture());
        }
        return areSuccesses(outcomes);
    }

    private static List<Boolean> areSuccesses(List<CompletableFuture<PushResponse>> outcomes) throws Exception {
        List<Boolean> done = new ArrayList<>();
        for (CompletableFuture<PushResponse> outcome : outcomes) {
            done.add(outcome.handle((response, failure) -> {
                        if (failure != null) {
                            assertThat(((PushgatewayException) failure).getStatusCode())
                                    .isEqualTo(400);
                        }
                        return failure == null;
                    })
                    .get(30, TimeUnit.SECONDS));
        }
        return done;
    }

    /** Returns each series of the group with its value. */
    private static Map<String, String> stored(Pushgateway gateway) {
        Map<String, String> stored = new TreeMap<>();
        gateway.group("job", PushSequences.GROUP.job())
                .map(PushgatewayGroup::families)
                .orElse(Map.of())
                .forEach((name, family) -> {
                    if (!name.startsWith("push_")) {
                        stored.put(name, Objects.toString(family));
                    }
                });
        return stored;
    }
}
