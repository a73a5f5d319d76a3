package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.WireServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The failures after which the next push is sent twice, because a gateway may still execute a request to which it did
 * not respond.
 */
class RepeatedPushTest {

    private final PushStatistics statistics = new PushStatistics();

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("no response", 2, (WireServer.Response) (request, out) -> new CountDownLatch(1).await()),
                Arguments.of(
                        "an incomplete response", 1, WireServer.raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")),
                Arguments.of("an endless response", 1, (WireServer.Response) (request, out) -> {
                    WireServer.raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
                            .to(request, out);
                    out.flush();
                    new CountDownLatch(1).await();
                }),
                Arguments.of("500", 1, WireServer.status(500, "")),
                Arguments.of("400", 1, WireServer.status(400, "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void nextPushIsSentTwiceOnlyAfterNoResponse(String failure, int times, WireServer.Response response)
            throws Exception {
        AtomicInteger requests = new AtomicInteger();
        WireServer.Response first = (request, out) -> {
            if (requests.incrementAndGet() == 1) {
                response.to(request, out);
                throw new IllegalStateException("close the connection");
            }
            WireServer.status(200, "").to(request, out);
        };
        try (WireServer server = new WireServer(first);
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings(server.url(), Duration.ofMillis(500), 0))) {
            assertThat(send(client, 1)).failsWithin(30, TimeUnit.SECONDS);
            assertThat(send(client, 2)).succeedsWithin(30, TimeUnit.SECONDS);
            await().until(client::isIdle);
            assertThat(send(client, 3)).succeedsWithin(30, TimeUnit.SECONDS);
            await().until(client::isIdle);

            List<String> bodies = server.requests().stream()
                    .map(request ->
                            request.text().lines().reduce((one, other) -> other).orElse(""))
                    .toList();
            assertThat(bodies).hasSize(2 + times);
            assertThat(bodies.get(0)).isEqualTo("x 1.0");
            assertThat(bodies.subList(1, 1 + times)).containsOnly("x 2.0");
            assertThat(bodies.get(1 + times)).isEqualTo("x 3.0");
            // a request on the connection that the server has closed after a response is sent again
            assertThat(statistics.requests() - statistics.requestsRetried()).isEqualTo(2 + times);
            assertThat(statistics.failed()).isEqualTo(1);
            assertThat(statistics.pushesCoalesced()).isZero();
        }
    }

    @Test
    void nextPushIsSentOnceIfTheGatewayWasUnreachable() throws Exception {
        InetSocketAddress address;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = (InetSocketAddress) free.getLocalSocketAddress();
        }
        try (PushgatewayClient client =
                new PushgatewayClient(Pushes.settings("http://127.0.0.1:" + address.getPort()))) {
            assertThat(send(client, 1)).failsWithin(30, TimeUnit.SECONDS);
            ServerSocket socket = new ServerSocket();
            socket.bind(address);
            try (WireServer server = new WireServer(socket, WireServer.status(200, ""))) {
                assertThat(send(client, 2)).succeedsWithin(30, TimeUnit.SECONDS);
                await().until(client::isIdle);
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    private CompletableFuture<PushResponse> send(PushgatewayClient client, double value) {
        PushRequest request = Pushes.pushadd("x", value);
        return Pushes.send(client, request, statistics).toCompletableFuture();
    }
}
