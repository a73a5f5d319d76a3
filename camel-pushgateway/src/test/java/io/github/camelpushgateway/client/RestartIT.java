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
import io.github.camelpushgateway.testing.GatewayLives;
import io.github.camelpushgateway.testing.GroupHistory;
import io.github.camelpushgateway.testing.GroupHistory.Asked;
import io.github.camelpushgateway.testing.GroupHistory.Reported;
import io.github.camelpushgateway.testing.Pushes;
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
 * A gateway that ends and is started again, several times, while many threads push to a few groups: whenever somebody looks, what was
 * reported as done is there, as far as the gateway can still have it; what cannot have been done was reported as failed.
 *
 * <p>A gateway that is killed loses all that it held, so what is looked for then is what was done since. One that is asked to end
 * and has a file keeps all.
 */
class RestartIT {

    private static final int CALLERS = 16;
    private static final int GROUPS = 4;
    private static final int ENDS = 2;

    /** Enough to come through any end. */
    private static final int PATIENT = 15;

    private static final int IMPATIENT = 1;
    private static final String ORDER = "order";
    private static final String WHILE_DEAD = "while_dead";
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    private final List<GroupHistory> groups = new ArrayList<>();
    private final List<String> families = new ArrayList<>(List.of(ORDER, WHILE_DEAD));
    private final Map<String, List<Double>> wire = new ConcurrentHashMap<>();
    private final PushStatistics counters = new PushStatistics();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger completions = new AtomicInteger();
    private volatile boolean enough;

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whatWasDoneSinceAGatewayWasKilledIsThere() throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withRestarts())) {
            load(true, gateway, new GatewayLives(gateway, false));
        }
    }

    @Test
    void whatWasDoneIsThereAfterOrderlyEnds() throws Exception {
        PushgatewaySetup keeping = PushgatewaySetup.plain().withRestarts().withFlag("--persistence.file=held");
        try (Pushgateway gateway = Pushgateway.start(keeping)) {
            load(false, gateway, new GatewayLives(gateway, true));
        }
    }

    private void load(boolean coalesce, Pushgateway gateway, GatewayLives lives) throws Exception {
        for (int i = 0; i < GROUPS; i++) {
            groups.add(new GroupHistory(GroupingKey.of("restart", Map.of("group", String.valueOf(i))), lives));
        }
        try (PushgatewayClient patient = client(gateway, PATIENT, coalesce);
                PushgatewayClient impatient = client(gateway, IMPATIENT, coalesce)) {
            Function<GroupHistory, PushgatewayClient> clients = group -> isPatient(group) ? patient : impatient;
            List<CompletableFuture<PushResponse>> whileDead = new ArrayList<>();
            List<CompletableFuture<Void>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                String own = "caller_" + i;
                families.add(own);
                Random random = new Random(i);
                int kind = i % 2;
                callers.add(CompletableFuture.runAsync(
                        () -> pushUntilItIsEnough(clients, kind, own, random, lives), threads));
            }
            CompletableFuture<Void> all = CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new));

            for (int end = 0; end < ENDS; end++) {
                awaitDoneInEveryGroup(gateway, lives, 20);
                lives.end();
                groups.stream()
                        .filter(this::isPatient)
                        .forEach(group -> whileDead.add(ask(clients, group, PushOperation.PUSHADD, WHILE_DEAD, lives)));
                await().atMost(LONGEST).until(() -> reportedWhileItWasDead(lives) >= CALLERS);
                lives.startAgain();
            }
            awaitDoneInEveryGroup(gateway, lives, 20);
            enough = true;

            all.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            whileDead.forEach(RestartIT::awaitReport);
            // a delete is certain to be carried out only when something after it is
            groups.forEach(group -> push(clients, group, PushOperation.PUSHADD, ORDER, lives));
            look(gateway, lives);
            await().untilAsserted(() ->
                    assertThat(patient.isIdle() && impatient.isIdle()).isTrue());
        }
        checkReports(lives);
        groups.forEach(group -> assertThat(wire.get(group.key().path())).isSorted());
    }

    private PushgatewayClient client(Pushgateway gateway, int retries, boolean coalesce) {
        return new PushgatewayClient(
                Pushes.settings(gateway.url(), Duration.ofSeconds(2), retries, coalesce, this::note));
    }

    private boolean isPatient(GroupHistory group) {
        return groups.indexOf(group) % 2 == 0;
    }

    private void pushUntilItIsEnough(
            Function<GroupHistory, PushgatewayClient> clients,
            int first,
            String own,
            Random random,
            GatewayLives lives) {
        while (!enough) {
            int kind = random.nextInt(20);
            push(
                    clients,
                    groups.get(first + 2 * random.nextInt(GROUPS / 2)),
                    kind == 0 ? PushOperation.DELETE : kind < 4 ? PushOperation.PUSH : PushOperation.PUSHADD,
                    own,
                    lives);
        }
    }

    /** Pushes the next number, and waits until it is reported what became of it. */
    private void push(
            Function<GroupHistory, PushgatewayClient> clients,
            GroupHistory group,
            PushOperation operation,
            String own,
            GatewayLives lives) {
        awaitReport(ask(clients, group, operation, own, lives));
    }

    /** Has the next number pushed. */
    private CompletableFuture<PushResponse> ask(
            Function<GroupHistory, PushgatewayClient> clients,
            GroupHistory group,
            PushOperation operation,
            String own,
            GatewayLives lives) {
        synchronized (group) {
            PushRequest request = request(group.key(), operation, own, numbers.incrementAndGet());
            Asked asked = group.ask(request);
            return Pushes.send(clients.apply(group), request, counters)
                    .whenComplete((response, failure) -> {
                        asked.report(lives.moment(), failure);
                        completions.incrementAndGet();
                    })
                    .toCompletableFuture();
        }
    }

    private static void awaitReport(CompletableFuture<PushResponse> outcome) {
        try {
            outcome.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // its kind is looked at in the end
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("no outcome", e);
        }
    }

    private static PushRequest request(GroupingKey key, PushOperation operation, String own, double number) {
        if (operation == PushOperation.DELETE) {
            return PushRequest.delete(key);
        }
        MetricsBuilder metrics = new MetricsBuilder(Map.of());
        metrics.metric(ORDER, MetricType.GAUGE, null, number);
        if (!own.equals(ORDER)) {
            metrics.metric(own, MetricType.GAUGE, null, number);
        }
        return new PushRequest(operation, key, metrics.build());
    }

    /** Notes the number of each attempt, in the order of sending. */
    private GatewayResponse note(GatewayRequest request, PushgatewayHandler.Next next) throws IOException {
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

    private void awaitDoneInEveryGroup(Pushgateway gateway, GatewayLives lives, int least) {
        int now = lives.moment();
        await().atMost(LONGEST).pollInterval(Duration.ofMillis(10)).until(() -> {
            look(gateway, lives);
            return groups.stream()
                    .allMatch(group -> group.asked().stream()
                                    .filter(each -> each.from() == now && isDone(each))
                                    .count()
                            >= least);
        });
    }

    private static boolean isDone(Asked asked) {
        Reported reported = asked.reported();
        return reported != null && reported.isDone();
    }

    private long reportedWhileItWasDead(GatewayLives lives) {
        return groups.stream()
                .flatMap(group -> group.asked().stream())
                .filter(each -> {
                    Reported reported = each.reported();
                    return reported != null
                            && reported.to() == lives.moment()
                            && lives.wasDead(each.from(), reported.to());
                })
                .count();
    }

    /** Compares what the gateway holds with what was reported before it was asked. */
    private void look(Pushgateway gateway, GatewayLives lives) {
        List<List<@Nullable Reported>> reported =
                groups.stream().map(GroupHistory::reported).toList();
        List<PushgatewayGroup> held = gateway.groups();
        for (int i = 0; i < GROUPS; i++) {
            GroupHistory group = groups.get(i);
            Map<String, String> labels = new HashMap<>(group.key().labels());
            labels.put("job", group.key().job());
            PushgatewayGroup found = held.stream()
                    .filter(each -> each.labels().equals(labels))
                    .findFirst()
                    .orElse(new PushgatewayGroup(labels, Map.of()));
            for (String family : families) {
                assertThat(found.has(family) ? found.value(family) : GroupHistory.NONE)
                        .as(() -> family + " of the group " + group.key() + ", moment " + lives.moment() + ", after "
                                + group + "; sent: " + wire.get(group.key().path()))
                        .isIn(group.possible(family, reported.get(i), lives.moment()));
            }
        }
    }

    private void checkReports(GatewayLives lives) {
        int all = 0;
        int failed = 0;
        int doneAfterDeath = 0;
        for (GroupHistory group : groups) {
            for (Asked each : group.asked()) {
                Reported reported = Objects.requireNonNull(each.reported(), "each has an outcome");
                all++;
                if (reported.isDone()) {
                    assertThat(lives.wasDead(each.from(), reported.to())).isFalse();
                    doneAfterDeath += lives.wasDead(each.from(), each.from()) ? 1 : 0;
                } else {
                    failed++;
                    assertThat(isPatient(group)).isFalse();
                    checkFailure(group, each, reported.failure());
                }
            }
        }
        System.out.println(all + " pushes, " + failed + " of them failed, " + doneAfterDeath
                + " were asked for while the gateway was dead, and done; " + counters.requests() + " requests, "
                + counters.requestsRetried() + " of them retries");
        assertThat(failed).isPositive();
        assertThat(doneAfterDeath).isGreaterThanOrEqualTo(ENDS * GROUPS / 2);
        assertThat(completions).hasValue(all);
        assertThat(counters.requested()).isEqualTo(all);
        assertThat(counters.failed()).isEqualTo(failed);
        assertThat(counters.rejected()).isZero();
        assertThat(counters.inFlight()).isZero();
    }

    private static void checkFailure(GroupHistory group, Asked asked, @Nullable Throwable failure) {
        assertThat(failure).isInstanceOfSatisfying(PushgatewayException.class, reason -> {
            assertThat(reason.getOperation()).isEqualTo(asked.operation().toString());
            assertThat(reason.getGroup()).isEqualTo(group.key().toString());
            // each of them may have been sent again, since its kept connection broke
            assertThat(reason.getAttempts()).isBetween(IMPATIENT + 1, 2 * (IMPATIENT + 1));
            assertThat(reason.getStatusCode()).isZero();
            assertThat(reason).hasCauseInstanceOf(IOException.class);
        });
    }
}
