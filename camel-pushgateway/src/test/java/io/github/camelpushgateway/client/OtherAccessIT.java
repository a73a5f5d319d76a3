package io.github.camelpushgateway.client;

import static io.github.camelpushgateway.testing.Increases.accumulate;
import static io.github.camelpushgateway.testing.Increases.counter;
import static io.github.camelpushgateway.testing.Increases.gauge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.LogCapture;
import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.HeaderHandler;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.client.queue.CountedPush;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.testing.LossyProxy;
import io.github.camelpushgateway.testing.LossyProxy.Loss;
import io.github.camelpushgateway.testing.Pushes;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients whose headers, handlers or TLS settings differ write to the same group. Each of these may select another
 * gateway behind the same URL.
 */
class OtherAccessIT {

    private static final AtomicInteger GROUPS = new AtomicInteger();
    private static Pushgateway gateway;

    private final GroupingKey group = GroupingKey.of("access-" + GROUPS.incrementAndGet());
    private final List<PushgatewayClient> clients = new ArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** The deletes that the gateway has accepted and executes before the next push, as a Pushgateway does. */
    private final List<GatewayRequest> accepted = new ArrayList<>();

    @BeforeAll
    static void startGateway() {
        gateway = Pushgateway.start(PushgatewaySetup.plain().withFlag("--web.enable-admin-api"));
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @AfterEach
    void close() {
        clients.forEach(PushgatewayClient::close);
    }

    private PushgatewayClient client(String url, PushgatewayHandler... handlers) {
        PushgatewayClient client = new PushgatewayClient(Pushes.settings(url, Duration.ofSeconds(10), 0, handlers));
        clients.add(client);
        return client;
    }

    /** Is called after a request was executed, and before its response. */
    private interface Executed {
        void before(GatewayResponse response) throws InterruptedException;
    }

    private static void awaitLatch(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private PushgatewayClient late(String name) {
        return late(name, response -> {});
    }

    /** Returns a client with an access of its own, whose gateway executes a delete as late as possible. */
    private PushgatewayClient late(String name, Executed executed) {
        PushgatewayHandler header = new HeaderHandler("X-Access", name);
        return client(gateway.url(), header, (request, next) -> {
            requests.add(name + " " + request.method());
            GatewayResponse response;
            synchronized (accepted) {
                if (request.method().equals("DELETE") || request.url().getPath().endsWith("/wipe")) {
                    accepted.add(request);
                    return GatewayResponse.of(202);
                }
                if (!request.method().equals("GET")) {
                    for (GatewayRequest each : accepted) {
                        next.handle(each);
                    }
                    accepted.clear();
                }
                response = next.handle(request);
            }
            try {
                executed.before(response);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return response;
        });
    }

    private static PushgatewayHandler header(String value) {
        return new HeaderHandler("X-Access", value);
    }

    private void send(PushgatewayClient client, PushRequest request) throws Exception {
        Futures.await(client.send(request));
    }

    private static CompletableFuture<?> send(PushgatewayClient client, PushRequest request, PushIdentity identity) {
        return client.send(request, new CountedPush(new PushStatistics(), false, identity))
                .toCompletableFuture();
    }

    private PushRequest rows(double value) {
        return accumulate(group, counter("rows", value));
    }

    private PushRequest other(PushOperation operation, double value) {
        return new PushRequest(operation, group, MetricSnapshots.of(counter("rows", value)));
    }

    private double rows(Pushgateway of) {
        return of.group("job", group.job())
                .filter(found -> found.has("rows_total"))
                .map(found -> found.value("rows_total"))
                .orElse(0.0);
    }

    /** A read after a delete shows the old values, until the gateway has executed the delete. */
    @Test
    void deleteOfAnotherClientIsExecutedBeforeTheNextAccumulation() throws Exception {
        PushgatewayClient deleting = late("one");
        PushgatewayClient adding = late("other");
        for (PushgatewayClient first : List.of(deleting, adding)) {
            send(first, rows(5));

            send(deleting, PushRequest.delete(group));
            send(adding, rows(5));
            assertThat(rows(gateway)).isEqualTo(5);
            send(adding, rows(1));
            assertThat(rows(gateway)).isEqualTo(6);

            send(deleting, PushRequest.delete(group));
            send(deleting, rows(2));
            send(adding, rows(2));
            assertThat(rows(gateway)).isEqualTo(4);
            send(deleting, PushRequest.delete(group));
        }
    }

    /** One more push makes the gateway execute the delete, and only if the group was there. */
    @Test
    void accumulationAfterADeleteOfAnotherClientCostsTwoMoreRequests() throws Exception {
        PushgatewayClient deleting = late("one");
        PushgatewayClient adding = late("other");
        send(adding, rows(5));
        send(deleting, PushRequest.delete(group));
        requests.clear();
        send(adding, rows(5));
        send(adding, rows(5));
        assertThat(requests).containsExactly("other GET", "other POST", "other GET", "other POST", "other POST");
        requests.clear();

        send(deleting, PushRequest.delete(group));
        send(deleting, PushRequest.delete(group));
        send(deleting, rows(1));
        send(adding, rows(1));

        assertThat(requests)
                .containsExactly(
                        "one DELETE", "one DELETE", "one POST", "other GET", "other POST", "other GET", "other POST");
        assertThat(rows(gateway)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = PushOperation.class,
            names = {"PUSH", "PUSHADD"})
    void pushOfAnotherClientIsTheBaseOfTheNextAccumulation(PushOperation operation) throws Exception {
        PushgatewayClient pushing = late("one");
        PushgatewayClient adding = late("other");
        for (int i = 0; i < 3; i++) {
            send(adding, rows(5));
            send(pushing, PushRequest.delete(group));
            send(pushing, other(operation, 10));
            send(adding, rows(1));
            assertThat(rows(gateway)).isEqualTo(11);
        }
    }

    @Test
    void deleteOnOneGatewayDoesNotDeleteOnAnotherBehindTheSameUrl() throws Exception {
        try (Pushgateway tenant = Pushgateway.start(PushgatewaySetup.plain())) {
            PushgatewayClient routed = client(
                    gateway.url(),
                    (request, next) -> next.handle(request.withUrl(
                            URI.create(request.url().toString().replace(gateway.url(), tenant.url())))));
            PushgatewayClient direct = client(gateway.url());
            send(routed, rows(7));
            send(direct, rows(5));

            send(direct, PushRequest.delete(group));
            send(routed, rows(1));
            send(direct, rows(5));
            send(routed, rows(1));

            assertThat(rows(tenant)).isEqualTo(9);
            assertThat(rows(gateway)).isEqualTo(5);
        }
    }

    @Test
    void accumulationFailsIfTheGatewayCannotExecuteTheDelete() throws Exception {
        PushgatewayClient deleting = late("one");
        send(deleting, rows(5));
        send(deleting, PushRequest.delete(group));
        PushgatewayClient refused = client(
                gateway.url(),
                header("refused"),
                (request, next) -> request.method().equals("GET") ? next.handle(request) : GatewayResponse.of(503));

        assertThatThrownBy(() -> send(refused, rows(1)))
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining("503");
        send(deleting, rows(1));

        assertThat(rows(gateway)).isEqualTo(1);
    }

    /** The push was executed, or lost, before other clients have changed the value. */
    @ParameterizedTest
    @CsvSource({
        "RESPONSE, ACCUMULATE, 1",
        "RESPONSE, ACCUMULATE, 5",
        "RESPONSE, GAUGE, 0",
        "REQUEST, ACCUMULATE, 1",
        "REQUEST, ACCUMULATE, 5",
        "REQUEST, GAUGE, 0"
    })
    void redeliveryIsCountedOnceAfterAPushOfAnotherClient(Loss loss, String between, double value) throws Exception {
        PushIdentity identity = new PushIdentity();
        try (LossyProxy proxy = new LossyProxy(gateway.url(), Loss.NONE, loss, Loss.REQUEST)) {
            PushgatewayClient failing = client(proxy.url(), header("one"));
            PushgatewayClient other = client(proxy.url(), header("other"));
            assertThat(send(failing, rows(1), identity)).failsWithin(Duration.ofSeconds(20));

            try (LogCapture log = LogCapture.ofAll(Level.WARN)) {
                if (between.equals("GAUGE")) {
                    send(
                            other,
                            new PushRequest(PushOperation.PUSHADD, group, MetricSnapshots.of(gauge("temperature", 1))));
                } else {
                    send(other, rows(value));
                    send(other, rows(value));
                }
                assertThat(send(failing, rows(1), identity)).succeedsWithin(Duration.ofSeconds(20));
                assertThat(log.lines()).isEmpty();
            }
        }
        assertThat(rows(gateway)).isEqualTo(1 + 2 * value);
    }

    /** The values of both gateways are equal, so only a read of the own gateway shows what was executed. */
    @ParameterizedTest
    @EnumSource(
            value = Loss.class,
            names = {"RESPONSE", "REQUEST"})
    void redeliveryIsCountedOnceOnEachOfTwoGatewaysBehindOneUrl(Loss loss) throws Exception {
        PushIdentity identity = new PushIdentity();
        try (Pushgateway tenant = Pushgateway.start(PushgatewaySetup.plain());
                LossyProxy proxy = new LossyProxy(gateway.url(), Loss.NONE, Loss.NONE, loss, Loss.REQUEST)) {
            PushgatewayClient failing = client(proxy.url());
            PushgatewayClient routed = client(
                    proxy.url(),
                    (request, next) -> next.handle(
                            request.withUrl(URI.create(request.url().toString().replace(proxy.url(), tenant.url())))));
            send(routed, rows(5));
            send(failing, rows(5));
            assertThat(send(failing, rows(1), identity)).failsWithin(Duration.ofSeconds(20));

            send(routed, rows(1));
            assertThat(send(failing, rows(1), identity)).succeedsWithin(Duration.ofSeconds(20));

            assertThat(rows(gateway)).isEqualTo(6);
            assertThat(rows(tenant)).isEqualTo(6);
        }
    }

    /** The client that has sent the push cannot read the group any more. */
    @ParameterizedTest
    @EnumSource(
            value = Loss.class,
            names = {"RESPONSE", "REQUEST"})
    void redeliveryAfterCloseIsCountedOnceAfterAPushOfAnotherClient(Loss loss) throws Exception {
        PushIdentity identity = new PushIdentity();
        try (LossyProxy proxy = new LossyProxy(gateway.url(), Loss.NONE, loss, Loss.REQUEST)) {
            PushgatewayClient failing = client(proxy.url(), header("one"));
            assertThat(send(failing, rows(1), identity)).failsWithin(Duration.ofSeconds(20));
            failing.close();

            PushgatewayClient other = client(proxy.url(), header("other"));
            send(other, rows(3));
            send(other, rows(3));
            assertThat(send(client(proxy.url(), header("one")), rows(1), identity))
                    .succeedsWithin(Duration.ofSeconds(20));
        }
        assertThat(rows(gateway)).isEqualTo(7);
    }

    /** The gateway has executed the push before the delete, but its response comes after that of the delete. */
    @Test
    void pushWithALateResponseDoesNotShowThatALaterDeleteWasExecuted() throws Exception {
        CountDownLatch executed = new CountDownLatch(1);
        CountDownLatch responding = new CountDownLatch(1);
        PushgatewayClient deleting = late("one");
        PushgatewayClient adding = late("other", response -> {
            executed.countDown();
            responding.await();
        });
        send(deleting, rows(5));
        CompletableFuture<?> slow = adding.send(
                        new PushRequest(PushOperation.PUSHADD, group, MetricSnapshots.of(gauge("temperature", 1))))
                .toCompletableFuture();
        executed.await();
        send(deleting, PushRequest.delete(group));
        responding.countDown();
        slow.join();

        send(adding, rows(1));

        assertThat(rows(gateway)).isEqualTo(1);
    }

    /** No group has totals when the gateway is wiped. */
    @Test
    void firstAccumulationAfterAWipeStartsAtZero() throws Exception {
        PushgatewayClient client = late("one");
        send(client, other(PushOperation.PUSHADD, 5));

        Futures.await(client.wipe());
        send(client, rows(1));
        assertThat(rows(gateway)).isEqualTo(1);

        Futures.await(client.wipe());
        send(late("other"), rows(2));
        assertThat(rows(gateway)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void redeliveryIsCountedOnceAfterOneOfItsMetricsWasReplaced(boolean isSameAccess) throws Exception {
        PushIdentity identity = new PushIdentity();
        PushRequest both = accumulate(group, counter("rows", 1), counter("files", 1));
        try (LossyProxy proxy = new LossyProxy(gateway.url(), Loss.NONE, Loss.RESPONSE, Loss.REQUEST);
                LogCapture log = LogCapture.ofAll(Level.WARN)) {
            PushgatewayClient failing = client(proxy.url(), header("one"));
            PushgatewayClient other = isSameAccess ? failing : client(proxy.url(), header("other"));
            assertThat(send(failing, both, identity)).failsWithin(Duration.ofSeconds(20));
            send(other, new PushRequest(PushOperation.PUSHADD, group, MetricSnapshots.of(counter("files", 10))));

            assertThat(send(failing, both, identity)).succeedsWithin(Duration.ofSeconds(20));
            send(failing, both);

            assertThat(log.lines()).isEmpty();
        }
        assertThat(rows(gateway)).isEqualTo(2);
        assertThat(gateway.group("job", group.job()).orElseThrow().value("files_total"))
                .isEqualTo(11);
    }

    /** The read belongs to another client, which is not closed. */
    @Test
    void closedClientDoesNotWaitForTheReadOfAnother() throws Exception {
        PushIdentity identity = new PushIdentity();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch responding = new CountDownLatch(1);
        AtomicInteger gets = new AtomicInteger();
        try (LossyProxy proxy = new LossyProxy(gateway.url(), Loss.NONE, Loss.RESPONSE, Loss.REQUEST)) {
            PushgatewayClient failing = client(proxy.url(), (request, next) -> {
                if (request.method().equals("GET") && gets.incrementAndGet() == 3) {
                    reading.countDown();
                    awaitLatch(responding);
                }
                return next.handle(request);
            });
            assertThat(send(failing, rows(1), identity)).failsWithin(Duration.ofSeconds(20));
            PushgatewayClient closed = client(proxy.url(), header("other"));
            CompletableFuture<?> pending = closed.send(rows(2)).toCompletableFuture();
            reading.await();

            closed.close();

            assertThat(pending)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(PushgatewayException.class);
            responding.countDown();
            send(client(proxy.url(), header("third")), rows(4));
            assertThat(send(failing, rows(1), identity)).succeedsWithin(Duration.ofSeconds(20));
        }
        assertThat(rows(gateway)).isEqualTo(5);
    }

    /** A gateway that answers 202 to a push executes it later. */
    @ParameterizedTest
    @CsvSource({"PUSH, 0", "PUSH, 600000", "PUSHADD, 0", "PUSHADD, 600000"})
    void acceptedPushIsTheBaseOfTheNextAccumulation(PushOperation operation, long refreshMillis) throws Exception {
        for (boolean isFirst : new boolean[] {true, false}) {
            List<GatewayRequest> queue = new ArrayList<>();
            PushgatewayHandler later = (request, next) -> {
                if (request.method().equals("GET")) {
                    return next.handle(request);
                }
                queue.add(request);
                if (queue.size() > 3) {
                    assertThat(next.handle(queue.remove(0)).statusCode()).isEqualTo(200);
                }
                return GatewayResponse.of(202);
            };
            GroupingKey queued = GroupingKey.of(group.job() + "-" + isFirst);
            try (PushgatewayClient client = new PushgatewayClient(Pushes.withAccumulateRefresh(
                    Pushes.settings(gateway.url(), later), Duration.ofMillis(refreshMillis)))) {
                if (!isFirst) {
                    send(client, accumulate(queued, counter("rows", 1), counter("other", 1)));
                }
                send(client, new PushRequest(operation, queued, MetricSnapshots.of(counter("rows", 10))));
                for (int i = 0; i < 6; i++) {
                    send(client, accumulate(queued, counter("rows", 1)));
                }
            }
            execute(queue);
            assertThat(gateway.group("job", queued.job()).orElseThrow().value("rows_total"))
                    .as("is first: " + isFirst)
                    .isEqualTo(16);
        }
    }

    private static void execute(List<GatewayRequest> queue) throws IOException {
        for (GatewayRequest request : queue) {
            AccumulateIT.execute(request);
        }
    }
}
