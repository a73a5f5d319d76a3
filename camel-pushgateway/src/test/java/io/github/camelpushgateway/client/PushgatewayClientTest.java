package io.github.camelpushgateway.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.http.RequestExecutor;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.WireServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PushgatewayClientTest {

    @Test
    void incompleteResponseWithHugeLengthIsAFailure() throws Exception {
        try (WireServer server = new WireServer((request, out) -> {
                    WireServer.raw("HTTP/1.1 200 OK\r\nContent-Length: " + Long.MAX_VALUE + "\r\n\r\nfine")
                            .to(request, out);
                    out.flush();
                    throw new IOException("close the connection");
                });
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            assertThat(client.send(PushRequest.delete(GroupingKey.of("a"))).toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void textOfIncompleteRefusalIsUsed() throws Exception {
        try (WireServer server = new WireServer((request, out) -> {
                    WireServer.raw(
                                    "HTTP/1.1 400 X\r\nContent-Length: 100\r\n\r\nClient sent an HTTP request to an HTTPS server.")
                            .to(request, out);
                    out.flush();
                    throw new IOException("close the connection");
                });
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            assertThat(client.send(PushRequest.delete(GroupingKey.of("a"))).toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withMessageContaining("write https");
        }
    }

    @Test
    void everyRequestCompletesOnce() throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            AtomicInteger completions = new AtomicInteger();
            List<CompletableFuture<PushResponse>> all = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                all.add(client.send(Pushes.pushadd("x", i))
                        .whenComplete((response, failure) -> completions.incrementAndGet())
                        .toCompletableFuture());
            }

            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

            assertThat(completions).hasValue(1_000);
            assertThat(server.requests()).hasSizeLessThan(100);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void requestsToManyGroupsShareAFewConnections() throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            List<CompletableFuture<PushResponse>> all = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                all.add(client.send(
                                new PushRequest(PushOperation.PUSH, GroupingKey.of("job-" + i), Pushes.gauge("x", i)))
                        .toCompletableFuture());
            }

            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

            assertThat(server.requests()).hasSize(1_000);
            assertThat(server.connections()).isLessThanOrEqualTo(5);
        }
    }

    @Test
    void sendDoesNotBlock() throws Exception {
        CountDownLatch proceed = new CountDownLatch(1);
        try (WireServer server = new WireServer((request, out) -> {
                    proceed.await();
                    WireServer.status(200, "").to(request, out);
                });
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            List<CompletableFuture<PushResponse>> all = new ArrayList<>();
            // if a call waited for the gateway, the test would block forever
            for (int i = 0; i < 100; i++) {
                all.add(client.send(Pushes.push("x", i)).toCompletableFuture());
            }
            assertThat(all).noneMatch(CompletableFuture::isDone);

            proceed.countDown();

            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void closeFailsRequestsInFlightAndPending() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (WireServer server = new WireServer((request, out) -> never.await())) {
            PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()));
            List<CompletableFuture<PushResponse>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(client.send(Pushes.push("x", i)).toCompletableFuture());
            }
            await().until(() -> !server.requests().isEmpty());

            client.close();

            assertThat(all)
                    .allSatisfy(push -> assertThat(push)
                            .failsWithin(10, TimeUnit.SECONDS)
                            .withThrowableOfType(ExecutionException.class)
                            .havingCause()
                            .asInstanceOf(InstanceOfAssertFactories.type(PushgatewayException.class))
                            .satisfies(failure -> assertThat(failure).hasMessageContaining("closed")));
            await().untilAsserted(() -> assertThat(threadsOf(server.url())).isEmpty());
        }
    }

    @Test
    void nothingIsSentAfterTheFailureWasReported() throws Exception {
        CountDownLatch proceed = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch proceeded = new CountDownLatch(1);
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url(), (request, next) -> {
                entered.countDown();
                // ignores interrupts, like a native call
                await().until(() -> proceed.getCount() == 0);
                try {
                    return next.handle(request);
                } finally {
                    proceeded.countDown();
                }
            }));
            var push = client.send(PushRequest.delete(Pushes.KEY)).toCompletableFuture();
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

            client.close();
            assertThat(push).failsWithin(10, TimeUnit.SECONDS);
            proceed.countDown();

            assertThat(proceeded.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(server.requests()).isEmpty();
        }
    }

    /**
     * A request is sent again on a new connection if the reused one breaks. It must not be sent after a later request.
     */
    @Test
    void earlierRequestIsNotSentAfterALaterOne() throws Exception {
        Duration timeout = Duration.ofSeconds(2);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PushgatewayClient client = new PushgatewayClient(
                        Pushes.settings("http://127.0.0.1:" + socket.getLocalPort(), timeout, 0))) {
            CompletableFuture<PushResponse> late;
            CompletableFuture<PushResponse> first =
                    client.send(Pushes.pushadd("x", 1)).toCompletableFuture();
            try (Socket kept = socket.accept()) {
                readUntil(kept, "x 1.0\n");
                kept.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
                assertThat(first).succeedsWithin(10, TimeUnit.SECONDS);
                late = client.send(Pushes.pushadd("x", 2)).toCompletableFuture();
                readUntil(kept, "x 2.0\n");
                fillBacklog(socket);
                await().pollDelay(timeout.multipliedBy(3).dividedBy(4)).until(() -> true);
            }
            assertThat(late).failsWithin(10, TimeUnit.SECONDS);

            try (WireServer server = new WireServer(socket, WireServer.status(200, ""))) {
                assertThat(client.send(Pushes.pushadd("x", 3)).toCompletableFuture())
                        .succeedsWithin(20, TimeUnit.SECONDS);
                // longer than opening the new connection may take
                await().during(timeout)
                        .atMost(timeout.plusSeconds(10))
                        .until(() -> server.requests()
                                .get(server.requests().size() - 1)
                                .text()
                                .contains("x 3.0"));
            }
        }
    }

    private static void readUntil(Socket connection, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            read.append((char) connection.getInputStream().read());
        }
    }

    /** Connects until the operating system accepts no further connection. */
    private static void fillBacklog(ServerSocket socket) throws IOException {
        for (int i = 0; i < 10; i++) {
            try {
                @SuppressWarnings("resource") // the other side closes it
                Socket waiting = new Socket();
                waiting.connect(socket.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
    }

    @Test
    void endlessResponsesDoNotBlockOtherPushes() throws Exception {
        byte[] endlessChunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;".getBytes(US_ASCII);
        CountDownLatch end = new CountDownLatch(1);
        try (WireServer server = new WireServer((request, out) -> {
                    out.write(endlessChunk);
                    // the head of a chunk that does not end
                    while (!end.await(50, TimeUnit.MILLISECONDS)) {
                        out.write('a');
                        out.flush();
                    }
                });
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings(server.url(), Duration.ofMillis(500), 0))) {
            List<CompletableFuture<PushResponse>> all = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                all.add(client.send(Pushes.push("x", i)).toCompletableFuture());
            }

            assertThat(all).allSatisfy(push -> assertThat(push).failsWithin(20, TimeUnit.SECONDS));
            end.countDown();
        }
    }

    @Test
    void closeClosesIdleConnections() throws Exception {
        // real gateways do not announce it
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()));
            List<CompletableFuture<PushResponse>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(client.send(Pushes.push("x", i)).toCompletableFuture());
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
            assertThat(server.openConnections()).isPositive();

            client.close();

            // immediately: an idle connection is kept for ten seconds
            await().atMost(8, TimeUnit.SECONDS).until(() -> server.openConnections() == 0);
        }
    }

    @Test
    void connectionsClosedByTheGatewayAreReplaced() throws Exception {
        try (WireServer server = new WireServer((request, out) -> {
                    WireServer.status(200, "").to(request, out);
                    out.flush();
                    throw new IOException("close the connection without announcing it");
                });
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            for (int i = 0; i < 50; i++) {
                assertThat(client.send(Pushes.push("x", i))
                                .toCompletableFuture()
                                .get()
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void closedClientRejectsPushes() {
        PushgatewayClient client = new PushgatewayClient(Pushes.settings("http://127.0.0.1:9"));
        client.close();

        assertThat(client.send(Pushes.push("x", 1)).toCompletableFuture())
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(PushgatewayException.class)
                .withMessageContaining("closed");
    }

    @Test
    void idleClientHasNoThreads() throws Exception {
        assertThat(RequestExecutor.MAX_IDLE).isEqualTo(Duration.ofSeconds(10));
        try (WireServer server = new WireServer(WireServer.status(200, ""));
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings(server.url()), Runnable::run, Duration.ofSeconds(1))) {
            assertThat(threadsOf(server.url())).isEmpty();

            client.send(Pushes.push("x", 1)).toCompletableFuture().get();

            assertThat(threadsOf(server.url())).isNotEmpty().allMatch(Thread::isDaemon);
            await().atMost(30, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(threadsOf(server.url())).isEmpty());
        }
    }

    private static List<Thread> threadsOf(String url) {
        String name = "pushgateway-" + url.substring("http://".length()).replace(':', '-');
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name))
                .toList();
    }
}
