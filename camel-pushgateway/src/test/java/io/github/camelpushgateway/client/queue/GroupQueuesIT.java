package io.github.camelpushgateway.client.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.ClientSettings;
import io.github.camelpushgateway.client.PushgatewayClient;
import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.testing.Pushes;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * Queues with a real gateway: the final groups are those of the sequence of all pushes, whether they are coalesced or
 * not.
 */
class GroupQueuesIT {

    private static final int THREADS = 8;
    private static final int GROUPS = 3;
    private static final String ORDER = "order";

    @Nullable
    private static Pushgateway gateway;

    private static final ExecutorService CALLERS = Executors.newFixedThreadPool(THREADS);

    /** The expected metrics of a group, and the numbers of its requests in their order. */
    private static final class Expected {

        private final GroupingKey key;
        private final List<Double> sentNumbers = new ArrayList<>();

        @Nullable
        private Map<String, Double> families;

        Expected(GroupingKey key) {
            this.key = key;
        }

        /** Applies a request. Called in the order in which the requests are sent. */
        void apply(PushRequest request, double number) {
            sentNumbers.add(number);
            switch (request.operation()) {
                case DELETE -> families = null;
                case PUSH -> families = values(request);
                case PUSHADD, REPORT, ACCUMULATE -> {
                    Map<String, Double> overlaid = families == null ? new HashMap<>() : new HashMap<>(families);
                    overlaid.putAll(values(request));
                    families = overlaid;
                }
            }
        }
    }

    @BeforeContainer
    static void start() {
        gateway = Pushgateway.start();
    }

    @AfterContainer
    static void stop() {
        CALLERS.shutdownNow();
        running().close();
    }

    @Property(tries = 12, edgeCases = EdgeCasesMode.NONE)
    void finalGroupsAreThoseOfTheSequence(@ForAll Random random, @ForAll boolean coalesce) throws Exception {
        Map<String, List<Double>> wire = new ConcurrentHashMap<>();
        AtomicInteger completions = new AtomicInteger();
        List<Expected> groups = new ArrayList<>();
        for (int i = 0; i < GROUPS; i++) {
            groups.add(new Expected(GroupingKey.of("queues", Map.of("group", String.valueOf(i)))));
        }
        AtomicInteger numbers = new AtomicInteger();
        List<CompletableFuture<PushResponse>> outcomes = Collections.synchronizedList(new ArrayList<>());
        try (PushgatewayClient client = new PushgatewayClient(settings(coalesce, wire))) {
            List<CompletableFuture<Void>> callers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                long seed = random.nextLong();
                callers.add(CompletableFuture.runAsync(
                        () -> {
                            Random own = new Random(seed);
                            for (int i = 0; i < 20; i++) {
                                Expected group = groups.get(own.nextInt(GROUPS));
                                synchronized (group) {
                                    double number = numbers.incrementAndGet();
                                    PushRequest request = any(own, group.key, number);
                                    group.apply(request, number);
                                    outcomes.add(client.send(request)
                                            .whenComplete((response, failure) -> completions.incrementAndGet())
                                            .toCompletableFuture());
                                }
                            }
                        },
                        CALLERS));
            }
            CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        }

        assertThat(completions).hasValue(THREADS * 20);
        for (Expected group : groups) {
            // a delete is queued by the gateway, so it may be executed after its response
            await().untilAsserted(() -> assertThat(stored(group.key)).isEqualTo(group.families));
            List<Double> sent = wire.getOrDefault(group.key.path(), List.of());
            assertThat(sent).isSorted();
            assertThat(sent).isSubsetOf(group.sentNumbers);
            if (coalesce) {
                assertThat(sent).hasSizeLessThanOrEqualTo(group.sentNumbers.size());
            }
        }
    }

    @Example
    void singleInvalidPushAmongAThousandFailsAlone() throws Exception {
        GroupingKey key = GroupingKey.of("coalesced");
        try (PushgatewayClient client = new PushgatewayClient(settings(true, new ConcurrentHashMap<>()))) {
            MetricsBuilder counter = new MetricsBuilder(Map.of());
            counter.metric("conflicting", MetricType.GAUGE, null, 1);
            client.send(new PushRequest(PushOperation.PUSH, GroupingKey.of("other"), counter.build()))
                    .toCompletableFuture()
                    .join();
            MetricsBuilder untyped = new MetricsBuilder(Map.of());
            untyped.metric("conflicting", MetricType.UNTYPED, null, 1);

            List<CompletableFuture<PushResponse>> good = new ArrayList<>();
            CompletableFuture<PushResponse> bad = new CompletableFuture<>();
            for (int i = 0; i < 1_000; i++) {
                good.add(client.send(new PushRequest(PushOperation.PUSHADD, key, Pushes.gauge("good_" + i % 10, i)))
                        .toCompletableFuture());
                if (i == 500) {
                    bad = client.send(new PushRequest(PushOperation.PUSHADD, key, untyped.build()))
                            .toCompletableFuture();
                }
            }

            CompletableFuture.allOf(good.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            assertThat(bad)
                    .failsWithin(60, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(PushgatewayException.class, refused -> {
                        assertThat(refused.getStatusCode()).isEqualTo(400);
                        assertThat(refused.getResponseBody()).contains("conflicting");
                    });
            Map<String, Double> stored = stored(key);
            for (int i = 0; i < 10; i++) {
                assertThat(stored).containsEntry("good_" + i, 990.0 + i);
            }
            assertThat(stored).doesNotContainKey("conflicting");
        }
    }

    private static PushRequest any(Random random, GroupingKey key, double number) {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return PushRequest.delete(key);
        }
        MetricsBuilder metrics = new MetricsBuilder(Map.of());
        metrics.metric(ORDER, MetricType.GAUGE, null, number);
        for (int i = 0; i < 3; i++) {
            if (random.nextBoolean()) {
                metrics.metric("family_" + i, MetricType.GAUGE, null, number);
            }
        }
        return new PushRequest(kind < 4 ? PushOperation.PUSH : PushOperation.PUSHADD, key, metrics.build());
    }

    private static Map<String, Double> values(PushRequest request) {
        return values(request.snapshots());
    }

    private static Map<String, Double> values(MetricSnapshots snapshots) {
        Map<String, Double> values = new HashMap<>();
        snapshots.forEach(family -> values.put(
                family.getMetadata().getName(),
                ((GaugeSnapshot) family).getDataPoints().get(0).getValue()));
        return values;
    }

    private static @Nullable Map<String, Double> stored(GroupingKey key) {
        Map<String, String> labels = new HashMap<>(key.labels());
        labels.put("job", key.job());
        return running().groups().stream()
                .filter(group -> group.labels().equals(labels))
                .findFirst()
                .map(GroupQueuesIT::values)
                .orElse(null);
    }

    private static Map<String, Double> values(PushgatewayGroup group) {
        Map<String, Double> values = new HashMap<>();
        group.families().keySet().stream()
                .filter(name -> !name.startsWith("push_"))
                .forEach(name -> values.put(name, group.value(name)));
        return values;
    }

    /** @param wire receives the number of each request by the path of its group, in the order of sending */
    private static ClientSettings settings(boolean coalesce, Map<String, List<Double>> wire) {
        return Pushes.settings(running().url(), coalesce, (request, next) -> {
            byte[] body = request.body();
            if (body != null) {
                new String(body, UTF_8)
                        .lines()
                        .filter(line -> line.startsWith(ORDER + ' '))
                        .forEach(line -> wire.computeIfAbsent(
                                        request.url().getRawPath(),
                                        path -> Collections.synchronizedList(new ArrayList<>()))
                                .add(Double.parseDouble(line.substring(ORDER.length() + 1))));
            }
            return next.handle(request);
        });
    }

    private static Pushgateway running() {
        if (gateway == null) {
            throw new IllegalStateException();
        }
        return gateway;
    }
}
