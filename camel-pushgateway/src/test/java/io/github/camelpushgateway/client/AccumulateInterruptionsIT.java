package io.github.camelpushgateway.client;

import static io.github.camelpushgateway.testing.Increases.accumulate;
import static io.github.camelpushgateway.testing.Increases.counter;
import static io.github.camelpushgateway.testing.Increases.gauge;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.testing.LossyProxy;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushes that add to a group while the gateway is restarted or paused, or the clients are closed. */
class AccumulateInterruptionsIT extends AccumulateFaultsTestSupport {

    private static final PushRequest PUSHADD =
            new PushRequest(PushOperation.PUSHADD, GROUP, MetricSnapshots.of(gauge("temperature", 1)));

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

    private void awaitSuccesses(int least) {
        int now = life.get();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> results.values().stream()
                                .filter(each -> each.isSuccess() && each.life() == now)
                                .count()
                        >= least);
    }
}
