package io.github.camelpushgateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.testing.GroupHistory;
import io.github.camelpushgateway.testing.GroupHistory.Result;
import io.github.camelpushgateway.testing.GroupHistory.Sent;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.RestartableGateway;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A gateway is stopped and started again several times, while many threads push to a few groups. At any time, the
 * gateway stores the pushes with a success that it can still have, and pushes that cannot have been executed have
 * failed.
 *
 * <p>A killed gateway loses all metrics, so only later pushes are expected. A terminated gateway with a persistence
 * file keeps all metrics.
 */
class RestartIT {

    private static final int CALLERS = 16;
    private static final int GROUPS = 4;
    private static final int RESTARTS = 2;

    /** Enough retries to outlast a restart. */
    private static final int PATIENT = 15;

    private static final int IMPATIENT = 1;
    private static final String ORDER = "order";
    private static final String WHILE_STOPPED = "while_stopped";
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    private final List<GroupHistory> groups = new ArrayList<>();
    private final List<String> families = new ArrayList<>(List.of(ORDER, WHILE_STOPPED));
    private final Map<String, List<Double>> wire = new ConcurrentHashMap<>();
    private final PushStatistics statistics = new PushStatistics();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger completions = new AtomicInteger();
    private volatile boolean enough;

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void pushesSinceAGatewayWasKilledAreStored() throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withRestarts())) {
            load(true, gateway, new RestartableGateway(gateway, false));
        }
    }

    @Test
    void pushesAreStoredAfterOrderlyRestarts() throws Exception {
        PushgatewaySetup keeping = PushgatewaySetup.plain().withRestarts().withFlag("--persistence.file=stored");
        try (Pushgateway gateway = Pushgateway.start(keeping)) {
            load(false, gateway, new RestartableGateway(gateway, true));
        }
    }

    private void load(boolean coalesce, Pushgateway gateway, RestartableGateway lives) throws Exception {
        for (int i = 0; i < GROUPS; i++) {
            groups.add(new GroupHistory(GroupingKey.of("restart", Map.of("group", String.valueOf(i))), lives));
        }
        try (PushgatewayClient patient = client(gateway, PATIENT, coalesce);
                PushgatewayClient impatient = client(gateway, IMPATIENT, coalesce)) {
            Function<GroupHistory, PushgatewayClient> clients = group -> isPatient(group) ? patient : impatient;
            List<CompletableFuture<PushResponse>> whileStopped = new ArrayList<>();
            List<CompletableFuture<Void>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                String family = "caller_" + i;
                families.add(family);
                Random random = new Random(i);
                int kind = i % 2;
                callers.add(CompletableFuture.runAsync(
                        () -> pushUntilEnough(clients, kind, family, random, lives), threads));
            }
            CompletableFuture<Void> all = CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new));

            for (int end = 0; end < RESTARTS; end++) {
                awaitSuccessesInEveryGroup(gateway, lives, 20);
                lives.stop();
                groups.stream()
                        .filter(this::isPatient)
                        .forEach(group ->
                                whileStopped.add(send(clients, group, PushOperation.PUSHADD, WHILE_STOPPED, lives)));
                await().atMost(MAX_WAIT).until(() -> resultsWhileStopped(lives) >= CALLERS);
                lives.restart();
            }
            awaitSuccessesInEveryGroup(gateway, lives, 20);
            enough = true;

            all.get(MAX_WAIT.toSeconds(), TimeUnit.SECONDS);
            whileStopped.forEach(RestartIT::awaitResult);
            // a delete was certainly executed only if a later push succeeded
            groups.forEach(group -> push(clients, group, PushOperation.PUSHADD, ORDER, lives));
            checkStoredMetrics(gateway, lives);
            await().untilAsserted(() ->
                    assertThat(patient.isIdle() && impatient.isIdle()).isTrue());
        }
        checkResults(lives);
        groups.forEach(group -> assertThat(wire.get(group.key().path())).isSorted());
    }

    private PushgatewayClient client(Pushgateway gateway, int retries, boolean coalesce) {
        return new PushgatewayClient(
                Pushes.settings(gateway.url(), Duration.ofSeconds(2), retries, coalesce, this::recordNumbers));
    }

    private boolean isPatient(GroupHistory group) {
        return groups.indexOf(group) % 2 == 0;
    }

    private void pushUntilEnough(
            Function<GroupHistory, PushgatewayClient> clients,
            int first,
            String family,
            Random random,
            RestartableGateway lives) {
        while (!enough) {
            int kind = random.nextInt(20);
            push(
                    clients,
                    groups.get(first + 2 * random.nextInt(GROUPS / 2)),
                    kind == 0 ? PushOperation.DELETE : kind < 4 ? PushOperation.PUSH : PushOperation.PUSHADD,
                    family,
                    lives);
        }
    }

    /** Pushes the next number, and waits for the outcome. */
    private void push(
            Function<GroupHistory, PushgatewayClient> clients,
            GroupHistory group,
            PushOperation operation,
            String family,
            RestartableGateway lives) {
        awaitResult(send(clients, group, operation, family, lives));
    }

    /** Sends a push of the next number. */
    private CompletableFuture<PushResponse> send(
            Function<GroupHistory, PushgatewayClient> clients,
            GroupHistory group,
            PushOperation operation,
            String family,
            RestartableGateway lives) {
        synchronized (group) {
            PushRequest request = request(group.key(), operation, family, numbers.incrementAndGet());
            Sent sent = group.record(request);
            return Pushes.send(clients.apply(group), request, statistics)
                    .whenComplete((response, failure) -> {
                        sent.report(lives.moment(), failure);
                        completions.incrementAndGet();
                    })
                    .toCompletableFuture();
        }
    }

    private static void awaitResult(CompletableFuture<PushResponse> outcome) {
        try {
            outcome.get(MAX_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // the failure is checked at the end
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("no outcome", e);
        }
    }

    private static PushRequest request(GroupingKey key, PushOperation operation, String family, double number) {
        if (operation == PushOperation.DELETE) {
            return PushRequest.delete(key);
        }
        MetricsBuilder metrics = new MetricsBuilder(Map.of());
        metrics.metric(ORDER, MetricType.GAUGE, null, number);
        if (!family.equals(ORDER)) {
            metrics.metric(family, MetricType.GAUGE, null, number);
        }
        return new PushRequest(operation, key, metrics.build());
    }

    /** Records the number of each attempt, in the order of sending. */
    private GatewayResponse recordNumbers(GatewayRequest request, PushgatewayHandler.Next next) throws IOException {
        byte[] body = request.body();
        if (body != null) {
            new String(body, UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(ORDER + ' '))
                    .forEach(line -> wire.computeIfAbsent(
                                    request.url().getRawPath(), path -> Collections.synchronizedList(new ArrayList<>()))
                            .add(Double.parseDouble(line.substring(ORDER.length() + 1))));
        }
        return next.handle(request);
    }

    private void awaitSuccessesInEveryGroup(Pushgateway gateway, RestartableGateway lives, int least) {
        int now = lives.moment();
        await().atMost(MAX_WAIT).pollInterval(Duration.ofMillis(10)).until(() -> {
            checkStoredMetrics(gateway, lives);
            return groups.stream()
                    .allMatch(group -> group.sent().stream()
                                    .filter(each -> each.from() == now && isSuccess(each))
                                    .count()
                            >= least);
        });
    }

    private static boolean isSuccess(Sent sent) {
        Result result = sent.result();
        return result != null && result.isSuccess();
    }

    private long resultsWhileStopped(RestartableGateway lives) {
        return groups.stream()
                .flatMap(group -> group.sent().stream())
                .filter(each -> {
                    Result result = each.result();
                    return result != null
                            && result.to() == lives.moment()
                            && lives.wasStopped(each.from(), result.to());
                })
                .count();
    }

    /** Compares the stored metrics with the results before the query. */
    private void checkStoredMetrics(Pushgateway gateway, RestartableGateway lives) {
        List<List<@Nullable Result>> results =
                groups.stream().map(GroupHistory::results).toList();
        List<PushgatewayGroup> stored = gateway.groups();
        for (int i = 0; i < GROUPS; i++) {
            GroupHistory group = groups.get(i);
            Map<String, String> labels = new HashMap<>(group.key().labels());
            labels.put("job", group.key().job());
            PushgatewayGroup found = stored.stream()
                    .filter(each -> each.labels().equals(labels))
                    .findFirst()
                    .orElse(new PushgatewayGroup(labels, Map.of()));
            for (String family : families) {
                assertThat(found.has(family) ? found.value(family) : GroupHistory.NONE)
                        .as(() -> family + " of the group " + group.key() + ", moment " + lives.moment() + ", after "
                                + group + "; sent: " + wire.get(group.key().path()))
                        .isIn(group.possible(family, results.get(i), lives.moment()));
            }
        }
    }

    private void checkResults(RestartableGateway lives) {
        int all = 0;
        int failed = 0;
        int succeededAfterRestart = 0;
        for (GroupHistory group : groups) {
            for (Sent each : group.sent()) {
                Result result = Objects.requireNonNull(each.result(), "each has an outcome");
                all++;
                if (result.isSuccess()) {
                    assertThat(lives.wasStopped(each.from(), result.to())).isFalse();
                    succeededAfterRestart += lives.wasStopped(each.from(), each.from()) ? 1 : 0;
                } else {
                    failed++;
                    assertThat(isPatient(group)).isFalse();
                    checkFailure(group, each, result.failure());
                }
            }
        }
        System.out.println(all + " pushes, " + failed + " of them failed, " + succeededAfterRestart
                + " were sent while the gateway was stopped, and succeeded; " + statistics.requests() + " requests, "
                + statistics.requestsRetried() + " of them retries");
        assertThat(failed).isPositive();
        assertThat(succeededAfterRestart).isGreaterThanOrEqualTo(RESTARTS * GROUPS / 2);
        assertThat(completions).hasValue(all);
        assertThat(statistics.requested()).isEqualTo(all);
        assertThat(statistics.failed()).isEqualTo(failed);
        assertThat(statistics.rejected()).isZero();
        assertThat(statistics.inFlight()).isZero();
    }

    private static void checkFailure(GroupHistory group, Sent sent, @Nullable Throwable failure) {
        assertThat(failure).isInstanceOfSatisfying(PushgatewayException.class, reason -> {
            assertThat(reason.getOperation()).isEqualTo(sent.operation().toString());
            assertThat(reason.getGroup()).isEqualTo(group.key().toString());
            // each of them may have been sent again because its reused connection broke
            assertThat(reason.getAttempts()).isBetween(IMPATIENT + 1, 2 * (IMPATIENT + 1));
            assertThat(reason.getStatusCode()).isZero();
            assertThat(reason).hasCauseInstanceOf(IOException.class);
        });
    }
}
