package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.client.queue.CoalescedOutcomesTest;
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
 * The same sequences of pushes, sent separately and coalesced, to real gateways whose other groups contradict some of the pushes: the
 * outcomes and the group are the same.
 */
class CoalescedOutcomesIT {

    private static final int SEQUENCES = 75;
    private static final PushRequest CLEAR = PushRequest.delete(PushSequences.GROUP);

    /** A gateway answers a delete before it has done it, but does it before the next push. */
    private static final PushRequest AFTER_ALL =
            new PushRequest(PushOperation.PUSHADD, PushSequences.GROUP, MetricSnapshots.of());

    private static final VersionedGateways GATEWAYS = new VersionedGateways();

    @AfterAll
    static void stop() {
        GATEWAYS.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {VersionedGateways.OLD, VersionedGateways.NEW})
    void outcomesAndStateAreThoseOfSingleRequests(String version) throws Exception {
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
                send(single, AFTER_ALL);
                Map<String, String> state = held(gateway);
                send(single, CLEAR);
                PushStatistics counters = new PushStatistics();
                List<Boolean> outcomes = coalesced(gateway, sequence, counters);

                String description = CoalescedOutcomesTest.describe(sequence, expected);
                assertThat(outcomes).as(description).isEqualTo(expected);
                send(single, AFTER_ALL);
                assertThat(held(gateway)).as(description).isEqualTo(state);
                send(single, CLEAR);
                refused += (int) expected.stream().filter(each -> !each).count();
                coalesced += (int) counters.pushesCoalesced();
            }
        }
        // or nothing of this was tried
        assertThat(refused).isGreaterThan(SEQUENCES);
        assertThat(coalesced).isGreaterThan(SEQUENCES);
    }

    private static void send(PushgatewayClient client, PushRequest request) throws Exception {
        client.send(request).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** Has all of the sequence wait behind its first request. */
    private static List<Boolean> coalesced(Pushgateway gateway, List<PushRequest> sequence, PushStatistics counters)
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
                outcomes.add(Pushes.send(client, request, counters).toCompletableFuture());
            }
            allWait.countDown();
            return isDone(outcomes);
        }
    }

    private static List<Boolean> outcomes(PushgatewayClient client, List<PushRequest> sequence) throws Exception {
        List<CompletableFuture<PushResponse>> outcomes = new ArrayList<>();
        for (PushRequest request : sequence) {
            outcomes.add(client.send(request).toCompletableFuture());
        }
        return isDone(outcomes);
    }

    private static List<Boolean> isDone(List<CompletableFuture<PushResponse>> outcomes) throws Exception {
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
    private static Map<String, String> held(Pushgateway gateway) {
        Map<String, String> held = new TreeMap<>();
        gateway.group("job", PushSequences.GROUP.job())
                .map(PushgatewayGroup::families)
                .orElse(Map.of())
                .forEach((name, family) -> {
                    if (!name.startsWith("push_")) {
                        held.put(name, Objects.toString(family));
                    }
                });
        return held;
    }
}
