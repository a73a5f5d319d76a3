package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.testing.IncreaseSequences;
import io.github.camelpushgateway.testing.ModelGateway;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.StoredSamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Any sequence of requests of one client leaves a real gateway with the values of a model. */
class AccumulateModelIT {

    private static final int GROUPS = 2;
    private static final int MAX_THREADS = 16;

    @Nullable
    private static Pushgateway gateway;

    private static final ExecutorService CALLERS = Executors.newFixedThreadPool(MAX_THREADS);

    @BeforeContainer
    static void start() {
        gateway = Pushgateway.start();
    }

    @AfterContainer
    static void stop() {
        CALLERS.shutdownNow();
        running().close();
    }

    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
    void groupsHaveTheValuesOfTheModel(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = MAX_THREADS) int threads,
            @ForAll boolean coalesce,
            @ForAll boolean withConflicts)
            throws Exception {
        ModelGateway model = new ModelGateway();
        List<GroupingKey> groups = new ArrayList<>();
        // whether requests to different groups are consistent depends on their order
        for (int i = 0; i < (withConflicts ? 1 : GROUPS); i++) {
            groups.add(group(i));
        }
        List<CompletableFuture<PushResponse>> outcomes = Collections.synchronizedList(new ArrayList<>());
        List<PushRequest> sequence = Collections.synchronizedList(new ArrayList<>());
        List<Boolean> expected = Collections.synchronizedList(new ArrayList<>());
        try (PushgatewayClient client =
                new PushgatewayClient(Pushes.settings(running().url(), coalesce))) {
            deleteAll(client);
            List<CompletableFuture<Void>> callers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                long seed = random.nextLong();
                callers.add(CompletableFuture.runAsync(
                        () -> {
                            Random own = new Random(seed);
                            for (int i = 0; i < 20; i++) {
                                GroupingKey group = groups.get(own.nextInt(groups.size()));
                                PushRequest request = IncreaseSequences.request(own, group, withConflicts, i + 1);
                                synchronized (model) {
                                    sequence.add(request);
                                    expected.add(model.accepts(request));
                                    outcomes.add(client.send(request).toCompletableFuture());
                                }
                            }
                        },
                        CALLERS));
            }
            CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            List<Boolean> succeeded = new ArrayList<>();
            for (CompletableFuture<PushResponse> outcome : outcomes) {
                succeeded.add(
                        outcome.handle((response, failure) -> failure == null).get(60, TimeUnit.SECONDS));
            }

            assertThat(succeeded).as(() -> describe(sequence)).isEqualTo(expected);
            for (GroupingKey group : groups) {
                // a delete is queued by the gateway, so it may be executed after its response
                await().untilAsserted(() -> assertThat(stored(client, group))
                        .isEqualTo(StoredSamples.of(model.stored(group).values())));
            }
        }
    }

    /** The requests are sent one after the other, each by any of several clients, some of which are replaced. */
    @Property(tries = 15, edgeCases = EdgeCasesMode.NONE)
    void anyClientsLeaveTheValuesOfTheModel(@ForAll Random random, @ForAll boolean withConflicts) throws Exception {
        ModelGateway model = new ModelGateway();
        GroupingKey group = group(0);
        List<PushRequest> sequence = new ArrayList<>();
        List<PushgatewayClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                clients.add(client(i));
            }
            deleteAll(clients.get(0));
            for (int i = 0; i < 40; i++) {
                int number = random.nextInt(clients.size());
                if (random.nextInt(6) == 0) {
                    clients.set(number, client(number)).close();
                }
                PushRequest request = IncreaseSequences.request(random, group, withConflicts, i + 1);
                sequence.add(request);
                boolean isAccepted = model.accepts(request);
                assertThat(clients.get(number)
                                .send(request)
                                .toCompletableFuture()
                                .handle((response, failure) -> failure == null)
                                .get(60, TimeUnit.SECONDS))
                        .as(() -> describe(sequence))
                        .isEqualTo(isAccepted);
            }
            await().untilAsserted(() -> assertThat(stored(clients.get(0), group))
                    .isEqualTo(StoredSamples.of(model.stored(group).values())));
        } finally {
            clients.forEach(PushgatewayClient::close);
        }
    }

    /** Deletes all groups: one may contradict the requests to another. */
    private static void deleteAll(PushgatewayClient client) throws Exception {
        for (int i = 0; i < GROUPS; i++) {
            GroupingKey group = group(i);
            Futures.await(client.send(PushRequest.delete(group)));
            await().until(() -> stored(client, group).isEmpty());
        }
    }

    private static PushgatewayClient client(int number) {
        return new PushgatewayClient(
                Pushes.settings(running().url(), Duration.ofSeconds(30 + number), 0, number % 2 == 0));
    }

    private static GroupingKey group(int number) {
        return GroupingKey.of("model", Map.of("group", String.valueOf(number)));
    }

    private static String describe(List<PushRequest> sequence) {
        return sequence.stream()
                .map(request -> request.operation() + " "
                        + StoredSamples.of(request.snapshots().stream().toList()) + " + "
                        + StoredSamples.of(request.increments().stream().toList()))
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, Double> stored(PushgatewayClient client, GroupingKey key) throws Exception {
        return Futures.await(client.groups(
                        group -> group.key().equals(key) ? Optional.of(StoredSamples.of(group)) : Optional.empty()))
                .stream()
                .findFirst()
                .orElse(Map.of());
    }

    private static Pushgateway running() {
        return Objects.requireNonNull(gateway);
    }
}
