package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.testing.FaultRun;
import io.github.camelpushgateway.testing.NextCalls;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.SocketServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A handler may call next on other threads, one call at a time, and no call outlasts the handler. */
class HandlerThreadsTest {

    private static final Duration FAR_AWAY = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofSeconds(20);

    /** The way in which a handler ends before or during a call of next. */
    enum End {
        RETURNS,
        THROWS;

        GatewayResponse end() throws IOException {
            if (this == THROWS) {
                throw new IOException("the handler gave up");
            }
            return GatewayResponse.of(200);
        }
    }

    private final NextCalls calls = new NextCalls();

    private final CountDownLatch requested = new CountDownLatch(1);

    @AfterEach
    void shutDown() {
        calls.close();
    }

    private static void waitFor(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private PushgatewayClient client(SocketServer server, Duration requestTimeout, PushgatewayHandler handler) {
        return new PushgatewayClient(Pushes.settings(server.url(), requestTimeout, 0, handler));
    }

    private static void assertCompletes(CompletableFuture<PushResponse> push) {
        await().pollInterval(Duration.ofMillis(5)).atMost(SOON).until(push::isDone);
    }

    /** Returns a server that responds to all requests except the first one. */
    private SocketServer silentAtFirst() throws IOException {
        return new SocketServer(connection -> {
            while (connection.read() != null) {
                boolean isFirst = requested.getCount() > 0;
                requested.countDown();
                if (isFirst) {
                    return;
                }
                connection.respond();
            }
        });
    }

    private SocketServer responding() throws IOException {
        return new SocketServer(connection -> {
            while (connection.read() != null) {
                requested.countDown();
                connection.respond();
            }
        });
    }

    private static CompletableFuture<PushResponse> push(PushgatewayClient client) {
        return client.send(Pushes.push("x", 1)).toCompletableFuture();
    }

    @ParameterizedTest
    @EnumSource
    void callAfterTheHandlerEndedSendsNothing(End end) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (SocketServer server = responding();
                PushgatewayClient client = client(server, FAR_AWAY, (request, next) -> {
                    calls.begin(() -> {
                        waitFor(over);
                        return next.handle(request);
                    });
                    return end.end();
                })) {
            CompletableFuture<PushResponse> push = push(client);
            assertCompletes(push);
            over.countDown();

            assertThat(calls.failure(0)).isInstanceOf(IOException.class).hasMessageContaining("ended");
            assertThat(push.isCompletedExceptionally()).isEqualTo(end == End.THROWS);
            assertThat(server.connections()).isEmpty();
            FaultRun.assertClosesQuickly(client);
            FaultRun.assertNoLeaks(server);
        }
    }

    @Test
    void callAfterATimeoutSendsNothing() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (SocketServer server = responding();
                PushgatewayClient client = client(
                        server,
                        Duration.ofMillis(100),
                        (request, next) -> NextCalls.join(calls.call(() -> {
                            waitFor(over);
                            return next.handle(request);
                        })))) {
            assertCompletes(push(client));
            over.countDown();

            assertThat(calls.failure(0)).isInstanceOf(IOException.class);
            assertThat(server.connections()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void callInProgressEndsWithTheHandler(End end) throws Exception {
        try (SocketServer server = silentAtFirst();
                PushgatewayClient client = client(server, FAR_AWAY, (request, next) -> {
                    if (calls.isEmpty()) {
                        calls.begin(() -> next.handle(request));
                        waitFor(requested);
                        return end.end();
                    }
                    return next.handle(request);
                })) {
            CompletableFuture<PushResponse> first = push(client);
            assertCompletes(first);

            assertThat(calls.failure(0)).isInstanceOf(IOException.class);
            assertThat(first.isCompletedExceptionally()).isEqualTo(end == End.THROWS);
            await().atMost(SOON).until(server.connections().get(0)::isClosed);

            assertThat(push(client)).succeedsWithin(SOON);
            FaultRun.assertClosesQuickly(client);
            FaultRun.assertNoLeaks(server);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void concurrentCallIsRejected(boolean isSilent) throws Exception {
        CountDownLatch rejected = new CountDownLatch(1);
        List<Throwable> rejections = new CopyOnWriteArrayList<>();
        Duration requestTimeout = isSilent ? Duration.ofMillis(300) : FAR_AWAY;
        try (SocketServer server = new SocketServer(connection -> {
                    connection.read();
                    requested.countDown();
                    rejected.await();
                    if (!isSilent) {
                        connection.respond();
                    }
                });
                PushgatewayClient client = client(server, requestTimeout, (request, next) -> {
                    CompletableFuture<GatewayResponse> first = calls.call(() -> next.handle(request));
                    waitFor(requested);
                    try {
                        next.handle(request);
                    } catch (IOException e) {
                        rejections.add(e);
                    }
                    rejected.countDown();
                    return NextCalls.join(first);
                })) {
            CompletableFuture<PushResponse> push = push(client);
            assertCompletes(push);

            assertThat(rejections)
                    .singleElement()
                    .satisfies(rejection -> assertThat(rejection)
                            .hasMessageContainingAll("handler", "next")
                            .message()
                            .doesNotContain("\n", ". "));
            assertThat(push.isCompletedExceptionally()).isEqualTo(isSilent);
            assertThat(server.connections()).hasSize(1);
            assertThat(calls.failure(0) != null).isEqualTo(isSilent);
            FaultRun.assertClosesQuickly(client);
            FaultRun.assertNoLeaks(server);
        }
    }

    @Test
    void concurrentCallsLeaveOneConnection() throws Exception {
        try (SocketServer server = responding();
                PushgatewayClient client = client(server, FAR_AWAY, (request, next) -> {
                    List<CompletableFuture<GatewayResponse>> all = new ArrayList<>();
                    for (int i = 0; i < 4; i++) {
                        all.add(calls.call(() -> next.handle(request)));
                    }
                    IOException failure = new IOException("no call of next had a response");
                    GatewayResponse response = null;
                    for (CompletableFuture<GatewayResponse> one : all) {
                        try {
                            response = NextCalls.join(one);
                        } catch (IOException e) {
                            failure.addSuppressed(e);
                        }
                    }
                    if (response == null) {
                        throw failure;
                    }
                    return response;
                })) {
            for (int i = 0; i < 20; i++) {
                assertThat(push(client)).succeedsWithin(SOON);
            }

            await().atMost(SOON).until(() -> server.openConnections() <= 1);
            FaultRun.assertClosesQuickly(client);
            FaultRun.assertNoLeaks(server);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sequentialCallsShareOneConnection(boolean onOtherThreads) throws Exception {
        List<Integer> connections = new CopyOnWriteArrayList<>();
        try (SocketServer server = new SocketServer(connection -> {
                    while (connection.read() != null) {
                        connections.add(connection.number());
                        connection.write("HTTP/1.1 " + (connections.size() == 1 ? 401 : 202)
                                + " X\r\nContent-Length: 0\r\n\r\n");
                    }
                });
                PushgatewayClient client = client(server, FAR_AWAY, (request, next) -> {
                    GatewayResponse first = onOtherThreads
                            ? NextCalls.join(calls.call(() -> next.handle(request)))
                            : next.handle(request);
                    assertThat(first.statusCode()).isEqualTo(401);
                    return onOtherThreads
                            ? NextCalls.join(calls.call(() -> next.handle(request)))
                            : next.handle(request);
                })) {
            assertThat(push(client))
                    .succeedsWithin(SOON)
                    .satisfies(response -> assertThat(response.statusCode()).isEqualTo(202));

            assertThat(connections).containsExactly(0, 0);
        }
    }
}
