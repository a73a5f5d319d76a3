package io.github.camelpushgateway.client;

import static io.github.camelpushgateway.testing.Increases.accumulate;
import static io.github.camelpushgateway.testing.Increases.counter;
import static io.github.camelpushgateway.testing.Increases.gauge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.queue.CountedPush;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.testing.LossyProxy;
import io.github.camelpushgateway.testing.Pushes;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many threads add to one group through a proxy that loses requests and responses, while the gateway may be restarted.
 * Each push adds 1 to a series of its own: a success is counted exactly once, and a failure at most once.
 */
class AccumulateFaultsIT {

    private static final GroupingKey GROUP = GroupingKey.of("lossy");
    private static final int REDELIVERIES = 3;

    /** The pushes of a case, by all callers together. */
    private static final int PUSHES = Integer.getInteger("faults.pushes", 12);

    private static final PushRequest PUSHADD =
            new PushRequest(PushOperation.PUSHADD, GROUP, MetricSnapshots.of(gauge("temperature", 1)));

    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private final AtomicInteger numbers = new AtomicInteger();

    /** The outcome of each push, and the life of the gateway in which it began. */
    private final Map<Integer, Result> results = new ConcurrentHashMap<>();

    private final AtomicInteger life = new AtomicInteger();

    private record Result(boolean isSuccess, int life) {}

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({"1, 0, false", "1, 1, true", "8, 0, true", "16, 2, false", "16, 1, true"})
    void lossesDoNotCountTwice(int callers, int retries, boolean redeliver) throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain());
                LossyProxy proxy = new LossyProxy(gateway.url(), callers + retries, 40);
                PushgatewayClient client = client(proxy, retries)) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                all.add(CompletableFuture.runAsync(() -> push(client, PUSHES / callers + 2, redeliver), threads));
            }
            // a counter never decreases because of this client
            List<Double> observed = new ArrayList<>();
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> {
                        observed.add(value(gateway, "all_total"));
                        return all.stream().allMatch(CompletableFuture::isDone);
                    });
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
            proxy.becomeReliable();
            Futures.await(
                    client.send(accumulate(GROUP, counter("all", 0), counter("each", 0, Labels.of("push", "0")))));

            assertThat(observed).isSorted();
            checkValues(gateway, 0, true);
            assertThat(proxy.losses()).isPositive();
            long failed =
                    results.values().stream().filter(each -> !each.isSuccess()).count();
            System.out.println(results.size() + " pushes, " + failed + " failed, " + proxy.losses() + " losses, "
                    + observed.size() + " observations");
        }
    }

    @Test
    void killedGatewayDoesNotCountTwice() throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withRestarts())) {
            interruptUnderLoad(gateway, gateway::kill, gateway::restart, false);
        }
    }

    @Test
    void restartedGatewayWithPersistenceCountsOnce() throws Exception {
        PushgatewaySetup keeping = PushgatewaySetup.plain().withRestarts().withFlag("--persistence.file=stored");
        try (Pushgateway gateway = Pushgateway.start(keeping)) {
            interruptUnderLoad(gateway, gateway::terminate, gateway::restart, true);
        }
    }

    /** A gateway that continues executes the requests that it has received in the meantime. */
    @Test
    void pausedGatewayCountsOnce() throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain())) {
            interruptUnderLoad(gateway, gateway::pause, gateway::resume, true);
        }
    }

    /** Failed pushes are delivered again by any client, also after the client that has sent them is closed. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void clientsThatAreClosedAndReplacedDoNotCountTwice(int count) throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain());
                LossyProxy proxy = new LossyProxy(gateway.url(), 3, 25)) {
            List<PushgatewayClient> clients = new CopyOnWriteArrayList<>();
            for (int i = 0; i < count; i++) {
                clients.add(client(proxy, i % 2));
            }
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                all.add(CompletableFuture.runAsync(() -> push(() -> any(clients), 8, true), threads));
            }
            // other metrics of the group are pushed meanwhile, by clients that add nothing
            all.add(CompletableFuture.runAsync(
                    () -> {
                        try (PushgatewayClient other = client(proxy, 1)) {
                            for (int i = 0; i < 30; i++) {
                                send(other, PUSHADD, new PushIdentity());
                            }
                        }
                    },
                    threads));
            for (int i = 0; i < 6; i++) {
                int sent = results.size();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> results.size() >= Math.min(sent + 10, 96)
                                || all.stream().allMatch(CompletableFuture::isDone));
                clients.set(i % count, client(proxy, 0)).close();
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            proxy.becomeReliable();
            for (PushgatewayClient each : clients) {
                Futures.await(
                        each.send(accumulate(GROUP, counter("all", 0), counter("each", 0, Labels.of("push", "0")))));
                each.close();
            }

            checkValues(gateway, 0, true);
            System.out.println(results.size() + " pushes of " + count + " clients, " + failures() + " failed, "
                    + proxy.losses() + " losses");
        }
    }

    private static PushgatewayClient any(List<PushgatewayClient> clients) {
        return clients.get(ThreadLocalRandom.current().nextInt(clients.size()));
    }

    private void interruptUnderLoad(Pushgateway gateway, Runnable stop, Runnable resume, boolean isPersistent)
            throws Exception {
        try (LossyProxy proxy = new LossyProxy(gateway.url(), 7, 20);
                PushgatewayClient client = client(proxy, 1)) {
            AtomicInteger running = new AtomicInteger(1);
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                boolean redeliver = i % 2 == 0;
                all.add(CompletableFuture.runAsync(
                        () -> {
                            while (running.get() == 1) {
                                push(client, 1, redeliver);
                            }
                        },
                        threads));
            }
            for (int restart = 0; restart < 2; restart++) {
                awaitSuccesses(10);
                stop.run();
                int failed = failures();
                await().until(() -> failures() > failed);
                resume.run();
                life.incrementAndGet();
            }
            awaitSuccesses(10);
            running.set(0);
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            proxy.becomeReliable();
            Futures.await(
                    client.send(accumulate(GROUP, counter("all", 0), counter("each", 0, Labels.of("push", "0")))));

            checkValues(gateway, isPersistent ? 0 : life.get(), isPersistent);
        }
    }

    private static PushgatewayClient client(LossyProxy proxy, int retries) {
        return new PushgatewayClient(Pushes.settings(proxy.url(), Duration.ofSeconds(1), retries, true));
    }

    private void awaitSuccesses(int least) {
        int now = life.get();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> results.values().stream()
                                .filter(each -> each.isSuccess() && each.life() == now)
                                .count()
                        >= least);
    }

    private int failures() {
        return (int) results.values().stream().filter(each -> !each.isSuccess()).count();
    }

    /** Pushes one after the other. A failed push is delivered again a few times if it is to be redelivered. */
    private void push(PushgatewayClient client, int count, boolean redeliver) {
        push(() -> client, count, redeliver);
    }

    private void push(Supplier<PushgatewayClient> client, int count, boolean redeliver) {
        for (int i = 0; i < count; i++) {
            int number = numbers.incrementAndGet();
            int began = life.get();
            PushRequest request =
                    accumulate(GROUP, counter("all", 1), counter("each", 1, Labels.of("push", String.valueOf(number))));
            PushIdentity identity = new PushIdentity();
            boolean success = send(client.get(), request, identity);
            for (int again = 0; redeliver && !success && again < REDELIVERIES; again++) {
                began = life.get();
                success = send(client.get(), request, identity);
            }
            results.put(number, new Result(success, began));
        }
    }

    private static boolean send(PushgatewayClient client, PushRequest request, PushIdentity identity) {
        CountedPush push = new CountedPush(new PushStatistics(), false, identity);
        CompletableFuture<PushResponse> outcome = client.send(request, push).toCompletableFuture();
        try {
            Futures.await(outcome);
            return true;
        } catch (PushgatewayException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void checkValues(Pushgateway gateway, int sinceLife, boolean isComplete) {
        Map<Integer, Double> values = new HashMap<>();
        PushgatewayGroup group = gateway.group("job", "lossy").orElseThrow();
        for (PushgatewayGroup.Sample sample : group.family("each_total").samples()) {
            values.put(Integer.valueOf(sample.labels().get("push")), sample.number());
        }
        results.forEach((number, result) -> {
            double value = values.getOrDefault(number, 0.0);
            if (result.isSuccess() && result.life() >= sinceLife) {
                assertThat(value).as("the successful push %s", number).isEqualTo(1);
            } else {
                assertThat(value).as("the push %s", number).isIn(0.0, 1.0);
            }
        });
        if (isComplete) {
            assertThat(group.value("all_total"))
                    .isEqualTo(
                            values.values().stream().mapToDouble(each -> each).sum());
        }
    }

    private static double value(Pushgateway gateway, String metric) {
        return gateway.group("job", "lossy")
                .filter(group -> group.has(metric))
                .map(group -> group.value(metric))
                .orElse(0.0);
    }
}
