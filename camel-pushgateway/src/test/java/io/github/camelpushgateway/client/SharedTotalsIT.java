package io.github.camelpushgateway.client;

import static io.github.camelpushgateway.testing.Increases.accumulate;
import static io.github.camelpushgateway.testing.Increases.counter;
import static io.github.camelpushgateway.testing.Increases.gauge;
import static io.github.camelpushgateway.testing.Increases.summary;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.LogCapture;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.HeaderHandler;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.client.http.ClientClosedException;
import io.github.camelpushgateway.client.queue.CountedPush;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.testing.LossyProxy;
import io.github.camelpushgateway.testing.LossyProxy.Loss;
import io.github.camelpushgateway.testing.Pushes;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several clients of one JVM that write to the same group count exactly, as one client does. */
class SharedTotalsIT {

    private static final AtomicInteger GROUPS = new AtomicInteger();
    private static Pushgateway gateway;

    private final GroupingKey group = GroupingKey.of("shared-" + GROUPS.incrementAndGet());
    private final List<PushgatewayClient> clients = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startGateway() {
        gateway = Pushgateway.start(PushgatewaySetup.plain().withFlag("--web.enable-admin-api"));
    }

    /** Pushes a metric of another group, with which pushes of another type contradict. */
    private void pushConflicting() throws Exception {
        send(
                client(30),
                new PushRequest(
                        PushOperation.PUSHADD,
                        GroupingKey.of("conflicting"),
                        MetricSnapshots.of(summary("conflicting", 1, 1))));
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @AfterEach
    void close() {
        clients.forEach(PushgatewayClient::close);
        threads.shutdownNow();
    }

    private PushgatewayClient open(ClientSettings settings) {
        PushgatewayClient client = new PushgatewayClient(settings);
        clients.add(client);
        return client;
    }

    /** Returns a client whose settings differ from those of the others by the timeout. */
    private PushgatewayClient client(int seconds, PushgatewayHandler... handlers) {
        return open(Pushes.settings(gateway.url(), Duration.ofSeconds(seconds), 0, handlers));
    }

    private static PushResponse send(PushgatewayClient client, PushRequest request)
            throws PushgatewayException, InterruptedException {
        return Futures.await(client.send(request));
    }

    private static CompletableFuture<PushResponse> send(
            PushgatewayClient client, PushRequest request, PushIdentity identity) {
        return client.send(request, new CountedPush(new PushStatistics(), false, identity))
                .toCompletableFuture();
    }

    private PushRequest rows(double value) {
        return accumulate(group, counter("rows", value));
    }

    private PushRequest other(PushOperation operation, double value) {
        return new PushRequest(operation, group, MetricSnapshots.of(counter("rows", value)));
    }

    private double rows() {
        return gateway.group("job", group.job())
                .filter(found -> found.has("rows_total"))
                .map(found -> found.value("rows_total"))
                .orElse(0.0);
    }

    private void runAll(Runnable... tasks) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (Runnable task : tasks) {
            all.add(CompletableFuture.runAsync(task, threads));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    }

    private static Runnable sending(int count, PushgatewayClient client, PushRequest request) {
        return () -> {
            for (int i = 0; i < count; i++) {
                client.send(request).toCompletableFuture().join();
            }
        };
    }

    @Test
    void concurrentClientsLoseNothing() {
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tasks.add(sending(50, i < 4 ? client(30 + i) : clients.get(i - 4), rows(1)));
        }

        runAll(tasks.toArray(Runnable[]::new));

        assertThat(rows()).isEqualTo(400);
    }

    /** A header may select another gateway behind the same URL, so such clients do not share values. */
    @Test
    void concurrentClientsWithDifferentHeadersLoseNothing() {
        runAll(
                sending(60, client(30, new HeaderHandler("X-One", "1")), rows(1)),
                sending(60, client(30, new HeaderHandler("X-Other", "2")), rows(1)),
                sending(60, client(30, (request, next) -> next.handle(request)), rows(1)));

        assertThat(rows()).isEqualTo(180);
    }

    @Test
    void clientsBehindOneUrlWithDifferentGatewaysDoNotMixTheirValues() throws Exception {
        try (Pushgateway tenant = Pushgateway.start(PushgatewaySetup.plain())) {
            PushgatewayClient routed = client(
                    30,
                    (request, next) -> next.handle(request.withUrl(
                            URI.create(request.url().toString().replace(gateway.url(), tenant.url())))));
            PushgatewayClient direct = client(30);

            for (int i = 0; i < 3; i++) {
                send(routed, rows(1));
                send(direct, rows(10));
            }

            assertThat(rows()).isEqualTo(30);
            assertThat(tenant.group("job", group.job()).orElseThrow().value("rows_total"))
                    .isEqualTo(3);
        }
    }

    @Test
    void clientsShareTheRead() throws Exception {
        PushgatewayHandler recording = (request, next) -> {
            requests.add(request.method());
            return next.handle(request);
        };
        PushgatewayClient one = client(30, recording);
        PushgatewayClient other = client(31, recording);

        for (int i = 0; i < 3; i++) {
            send(one, rows(1));
            send(other, rows(1));
        }

        assertThat(rows()).isEqualTo(6);
        assertThat(requests).containsExactly("GET", "POST", "POST", "POST", "POST", "POST", "POST");
    }

    @Test
    void requestsOfOneClientChangeTheValuesOfAnother() throws Exception {
        PushgatewayClient one = client(30);
        PushgatewayClient another = client(31);
        send(one, rows(1));

        try (LogCapture log = LogCapture.ofAll(Level.WARN)) {
            send(another, other(PushOperation.PUSHADD, 10));
            send(one, rows(1));
            assertThat(rows()).isEqualTo(11);

            send(another, other(PushOperation.PUSH, 100));
            send(one, rows(1));
            assertThat(rows()).isEqualTo(101);

            for (int i = 0; i < 20; i++) {
                send(another, PushRequest.delete(group));
                send(one, rows(1));
                assertThat(rows()).isEqualTo(1);
            }

            Futures.await(another.wipe());
            send(one, rows(5));
            assertThat(rows()).isEqualTo(5);
            assertThat(log.lines()).isEmpty();
        }
    }

    /** A gateway executes a delete after its response, so a read would often show the old values. */
    @Test
    void deletedGroupsAreNotReadByOtherClients() throws Exception {
        GroupingKey second = GroupingKey.of(group.job() + "-second");
        for (int i = 0; i < 8; i++) {
            try (PushgatewayClient deleting = new PushgatewayClient(Pushes.settings(gateway.url()));
                    PushgatewayClient adding =
                            new PushgatewayClient(Pushes.settings(gateway.url(), Duration.ofSeconds(5), 0));
                    PushgatewayClient always = new PushgatewayClient(
                            Pushes.withAccumulateRefresh(Pushes.settings(gateway.url()), Duration.ZERO))) {
                send(deleting, PushRequest.delete(group));
                send(deleting, PushRequest.delete(second));
                send(adding, rows(1));
                send(always, accumulate(second, counter("rows", 1)));
            }
            assertThat(rows()).isEqualTo(1);
            assertThat(gateway.group("job", second.job()).orElseThrow().value("rows_total"))
                    .isEqualTo(1);
        }
    }

    /** Whatever the order was, the values of the gateway are the base of the next accumulation. */
    @Test
    void overlappingRequestsAreFollowedByARead() throws Exception {
        PushgatewayClient one = client(30);
        for (PushOperation operation : List.of(PushOperation.PUSHADD, PushOperation.PUSH)) {
            CountDownLatch arrived = new CountDownLatch(1);
            CountDownLatch released = new CountDownLatch(1);
            PushgatewayClient slow = client(30, (request, next) -> {
                arrived.countDown();
                awaitLatch(released);
                return next.handle(request);
            });
            send(one, rows(1));
            CompletableFuture<PushResponse> replaced =
                    slow.send(other(operation, 10)).toCompletableFuture();
            arrived.await();
            send(one, rows(1));
            released.countDown();
            replaced.join();

            send(one, rows(1));

            assertThat(rows()).as(operation.toString()).isEqualTo(11);
        }
    }

    /** The first accumulation of a group finds a request in flight that started before anything was accumulated. */
    @Test
    void requestInFlightBeforeTheFirstAccumulationIsNotLost() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        PushgatewayClient slow = client(30, (request, next) -> {
            arrived.countDown();
            awaitLatch(released);
            return next.handle(request);
        });
        CompletableFuture<PushResponse> replaced =
                slow.send(other(PushOperation.PUSHADD, 10)).toCompletableFuture();
        arrived.await();
        PushgatewayClient one = client(30);
        send(one, rows(1));
        released.countDown();
        replaced.join();
        await().until(slow::isIdle);

        send(one, rows(1));
        send(one, rows(1));

        assertThat(rows()).isEqualTo(12);
    }

    /** Requests without an effect only make the values unknown, at any moment of an accumulation. */
    @Test
    void refusedRequestsOfOtherClientsLoseNothing() throws Exception {
        pushConflicting();
        PushgatewayClient refused = client(30, (request, next) -> GatewayResponse.of(400));
        PushgatewayClient sameAccess = client(31);
        AtomicInteger running = new AtomicInteger(2);
        Runnable adding = sending(60, client(32), rows(1));
        Runnable addingToo = sending(60, client(33), rows(1));

        runAll(
                () -> {
                    adding.run();
                    running.decrementAndGet();
                },
                () -> {
                    addingToo.run();
                    running.decrementAndGet();
                },
                () -> {
                    while (running.get() > 0) {
                        for (PushRequest request : List.of(
                                other(PushOperation.PUSH, 1_000),
                                other(PushOperation.PUSHADD, 1_000),
                                PushRequest.delete(group))) {
                            assertThat(refused.send(request)).failsWithin(Duration.ofSeconds(10));
                        }
                        // invalid for the gateway, since the type differs from that of another group
                        assertThat(sameAccess.send(new PushRequest(
                                        PushOperation.PUSH, group, MetricSnapshots.of(gauge("conflicting", 1)))))
                                .failsWithin(Duration.ofSeconds(10));
                    }
                });

        assertThat(rows()).isEqualTo(120);
    }

    /** A gauge of another client is no reason to read the group again. */
    @Test
    void overlappingRequestsOfOtherMetricsNeedNoRead() throws Exception {
        PushgatewayClient one = client(30, new HeaderHandler("X-One", "1"), counting());
        PushgatewayClient another = client(31, new HeaderHandler("X-One", "1"));
        send(one, rows(1));
        runAll(
                sending(50, one, rows(1)),
                sending(
                        50,
                        another,
                        new PushRequest(PushOperation.PUSHADD, group, MetricSnapshots.of(gauge("temperature", 1)))));

        assertThat(rows()).isEqualTo(51);
    }

    private PushgatewayHandler counting() {
        return (request, next) -> {
            requests.add(request.method());
            return next.handle(request);
        };
    }

    private static void awaitLatch(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void waitingAccumulationFailsWhenItsClientIsClosed() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        PushgatewayClient slow = client(30, (request, next) -> {
            arrived.countDown();
            awaitLatch(released);
            return next.handle(request);
        });
        CompletableFuture<PushResponse> first = slow.send(rows(1)).toCompletableFuture();
        arrived.await();
        PushgatewayClient closed = client(31, counting());
        PushgatewayClient waiting = client(32);
        List<CompletableFuture<PushResponse>> failing = List.of(
                closed.send(rows(100)).toCompletableFuture(),
                closed.send(rows(100)).toCompletableFuture());
        CompletableFuture<PushResponse> last = waiting.send(rows(10)).toCompletableFuture();

        closed.close();

        for (CompletableFuture<PushResponse> each : failing) {
            assertThatThrownBy(() -> each.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(PushgatewayException.class)
                    .hasCauseInstanceOf(ClientClosedException.class);
        }
        assertThat(closed.isIdle()).isTrue();
        assertThat(first).isNotDone();
        assertThat(last).isNotDone();
        released.countDown();
        first.join();
        last.join();
        assertThat(rows()).isEqualTo(11);
        assertThat(requests).isEmpty();
    }

    /** The turn passes on although the client that has it is closed, and its request fails without an outcome. */
    @Test
    void closedClientPassesItsTurnOn() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        PushgatewayClient stuck = client(30, (request, next) -> {
            arrived.countDown();
            awaitLatch(released);
            return GatewayResponse.of(200);
        });
        CompletableFuture<PushResponse> first = stuck.send(rows(1)).toCompletableFuture();
        arrived.await();
        CompletableFuture<PushResponse> next = client(31).send(rows(10)).toCompletableFuture();

        stuck.close();

        assertThatThrownBy(first::join).hasCauseInstanceOf(PushgatewayException.class);
        next.get(10, TimeUnit.SECONDS);
        assertThat(rows()).isEqualTo(10);
        released.countDown();
    }

    @Test
    void handlerThatThrowsPassesTheTurnOn() throws Exception {
        PushgatewayClient throwing = client(30, (request, next) -> {
            throw new AssertionError("thrown by a handler");
        });
        PushgatewayClient rejected = client(31);
        PushRequest invalid = accumulate(group, counter("rows", 1), counter("other", 1));
        PushgatewayClient one = client(32);
        send(one, new PushRequest(PushOperation.PUSHADD, group, MetricSnapshots.of(gauge("other_total", 1))));

        List<CompletableFuture<PushResponse>> failing = new ArrayList<>();
        List<CompletableFuture<PushResponse>> succeeding = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            failing.add(throwing.send(rows(1_000)).toCompletableFuture());
            failing.add(rejected.send(invalid).toCompletableFuture());
            succeeding.add(one.send(rows(1)).toCompletableFuture());
        }

        succeeding.forEach(each -> assertThat(each).succeedsWithin(Duration.ofSeconds(20)));
        failing.forEach(each -> assertThat(each).failsWithin(Duration.ofSeconds(20)));
        assertThat(rows()).isEqualTo(20);
    }

    /** A continuation that adds to the same group with another client waits for no turn that only it could end. */
    @Test
    void continuationAddsToTheSameGroup() throws Exception {
        PushgatewayClient one = client(30);
        PushgatewayClient another = client(31);

        CompletableFuture<PushResponse> last = one.send(rows(1))
                .thenCompose(response -> another.send(rows(1)))
                .thenCompose(response -> one.send(rows(1)))
                .thenApply(
                        response -> another.send(rows(1)).toCompletableFuture().join())
                .toCompletableFuture();

        last.get(20, TimeUnit.SECONDS);
        assertThat(rows()).isEqualTo(4);
    }

    @Test
    void redeliveryAfterCloseIsCountedOnce() throws Exception {
        int number = 0;
        // executed, and lost; not executed, and lost
        for (Loss loss : List.of(Loss.RESPONSE, Loss.REQUEST)) {
            PushIdentity identity = new PushIdentity();
            try (LossyProxy proxy = new LossyProxy(gateway.url(), Loss.NONE, loss, Loss.REQUEST)) {
                for (int i = 0; i < 3; i++) {
                    // toD with cacheSize=-1: a client for each delivery
                    try (PushgatewayClient each = new PushgatewayClient(Pushes.settings(proxy.url()))) {
                        CompletableFuture<PushResponse> outcome = send(each, rows(1), identity);
                        if (i == 0) {
                            assertThat(outcome).failsWithin(Duration.ofSeconds(10));
                        } else {
                            assertThat(outcome).succeedsWithin(Duration.ofSeconds(10));
                        }
                    }
                }
            }
            assertThat(rows()).as(loss.toString()).isEqualTo(++number);
        }
    }

    /** Another push to the group reads it, and so resolves the doubt before it changes the values. */
    @Test
    void otherPushBetweenFailureAndRedeliveryResolvesTheDoubt() throws Exception {
        int expected = 0;
        for (Loss loss : List.of(Loss.RESPONSE, Loss.REQUEST)) {
            PushIdentity identity = new PushIdentity();
            try (LossyProxy proxy = new LossyProxy(gateway.url(), Loss.NONE, loss, Loss.REQUEST)) {
                try (PushgatewayClient failing = new PushgatewayClient(Pushes.settings(proxy.url()))) {
                    assertThat(send(failing, rows(1), identity)).failsWithin(Duration.ofSeconds(10));
                }
                try (PushgatewayClient another =
                        new PushgatewayClient(Pushes.settings(proxy.url(), Duration.ofSeconds(5), 0))) {
                    send(another, rows(10));
                    send(another, rows(10));
                    Futures.await(send(another, rows(1), identity));
                }
            }
            expected += 21;
            assertThat(rows()).as(loss.toString()).isEqualTo(expected);
        }
    }

    @Test
    void redeliveryAfterEvictionIsCountedOnce() throws Exception {
        // no gateway for the other groups, which only displace the first one
        PushIdentity identity = new PushIdentity();
        AtomicInteger number = new AtomicInteger();
        PushgatewayHandler lossy = (request, next) -> {
            if (!request.url().toString().endsWith(group.job())
                    && !request.method().equals("GET")) {
                return GatewayResponse.of(200);
            }
            return switch (number.incrementAndGet()) {
                case 2 -> {
                    next.handle(request);
                    throw new IOException("lost");
                }
                case 3 -> throw new IOException("lost");
                default -> next.handle(request);
            };
        };
        PushgatewayClient client = client(30, lossy);
        assertThat(send(client, rows(1), identity)).failsWithin(Duration.ofSeconds(10));
        List<CompletableFuture<PushResponse>> others = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            others.add(client.send(PushRequest.accumulate(
                            GroupingKey.of("evicting-" + i), MetricSnapshots.of(counter("x", 1))))
                    .toCompletableFuture());
        }
        CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).join();

        Futures.await(send(client, rows(1), identity));

        assertThat(rows()).isEqualTo(1);
    }

    /** The gateway may be another one at the same address, or changed by others, so that nothing old is known. */
    @Test
    void valuesAreForgottenWithTheLastClient() throws Exception {
        send(client(30), rows(5));
        clients.forEach(PushgatewayClient::close);
        PushgatewayGroup stored = gateway.group("job", group.job()).orElseThrow();
        assertThat(stored.value("rows_total")).isEqualTo(5);
        PushgatewayHandler unobserved = (request, next) -> next.handle(request);
        try (LogCapture log = LogCapture.ofAll(Level.WARN)) {
            // not a request of the component
            HttpURLConnection connection = (HttpURLConnection) URI.create(gateway.url() + "/metrics/job/" + group.job())
                    .toURL()
                    .openConnection();
            connection.setRequestMethod("PUT");
            connection.setDoOutput(true);
            connection.getOutputStream().write("# TYPE rows_total counter\nrows_total 70\n".getBytes(UTF_8));
            assertThat(connection.getResponseCode()).isEqualTo(200);

            send(client(31, unobserved), rows(1));

            assertThat(rows()).isEqualTo(71);
            assertThat(log.lines()).isEmpty();
        }
    }
}
