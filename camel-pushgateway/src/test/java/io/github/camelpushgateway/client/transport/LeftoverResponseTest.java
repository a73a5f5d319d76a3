package io.github.camelpushgateway.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.PushStatistics;
import io.github.camelpushgateway.testing.FaultRun;
import io.github.camelpushgateway.testing.IgnoredProgress;
import io.github.camelpushgateway.testing.LoopbackTls;
import io.github.camelpushgateway.testing.ServerConnection;
import io.github.camelpushgateway.testing.SocketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that a server sends without a request are never the response to a later one. */
class LeftoverResponseTest {

    private static final String ACCEPTED = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";
    private static final String REFUSED = "HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\nbad";
    private static final String CHUNKED = "HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";

    /** The numbers of the connections on which requests were received. */
    private final List<Integer> requests = new CopyOnWriteArrayList<>();

    private boolean read(ServerConnection connection) throws IOException {
        boolean received = connection.read() != null;
        if (received) {
            requests.add(connection.number());
        }
        return received;
    }

    private static void secure(ServerConnection connection, String protocol) throws IOException {
        if (!protocol.equals("plain")) {
            connection.secure(LoopbackTls.serverContext(), protocol);
        }
    }

    /** Refuses each request but the first one on the first connection. */
    private SocketServer refusing(String protocol, FirstResponse first) throws IOException {
        return new SocketServer(connection -> {
            secure(connection, protocol);
            for (int i = 0; read(connection); i++) {
                if (connection.number() == 0 && i == 0) {
                    first.write(connection);
                } else {
                    connection.write(REFUSED);
                }
            }
        });
    }

    private interface FirstResponse {
        void write(ServerConnection connection) throws Exception;
    }

    private static FaultRun run(SocketServer server, String protocol) {
        return FaultRun.of(server, !protocol.equals("plain"));
    }

    private void assertNextPushIsRefused(SocketServer server, FaultRun run) throws Exception {
        PushgatewayException failure = run.fail(new PushStatistics());

        assertThat(failure.getStatusCode()).isEqualTo(400);
        assertThat(failure.getResponseBody()).isEqualTo("bad");
        assertThat(failure.getAttempts()).isEqualTo(1);
        assertThat(requests).containsExactly(0, 1);
        await().untilAsserted(
                        () -> assertThat(server.connections().get(0).isClosed()).isTrue());
        run.assertClosesQuicklyWithoutLeaks();
    }

    static Stream<Arguments> successes() {
        return Stream.of(
                        ACCEPTED,
                        "HTTP/1.1 202 Accepted\r\nContent-Length: 6\r\n\r\nstored",
                        CHUNKED,
                        "HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nstored\r\n0\r\nX-Trailer: a\r\n\r\n",
                        "HTTP/1.1 204 No Content\r\n\r\n")
                .flatMap(response -> Stream.of("plain", "TLSv1.2", "TLSv1.3")
                        .map(protocol -> Arguments.of(response.replace("\r\n", "|"), protocol)));
    }

    @ParameterizedTest
    @MethodSource("successes")
    void secondResponseInOneSegmentIsDiscarded(String lines, String protocol) throws Exception {
        String response = lines.replace("|", "\r\n");
        try (SocketServer server = refusing(protocol, connection -> connection.write(response + ACCEPTED));
                FaultRun run = run(server, protocol)) {
            run.succeed();

            assertNextPushIsRefused(server, run);
        }
    }

    /** Part of a response, or something else, that follows the first response. */
    @ParameterizedTest
    @ValueSource(strings = {"H", "HTTP/1.1 202 Accepted\r\n", "\r\n", "stored", "HTTP/1.1 103 Early Hints\r\n\r\n"})
    void bytesAfterTheResponseEndTheConnection(String rest) throws Exception {
        try (SocketServer server = refusing("plain", connection -> connection.write(ACCEPTED + rest));
                FaultRun run = run(server, "plain")) {
            run.succeed();

            assertNextPushIsRefused(server, run);
        }
    }

    /** The framing is ambiguous: the first response may be a success or a failure, but the next one is not in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 202 Accepted\r\nContent-Length: 47\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nContent-Length: 42\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello"
            })
    void ambiguousEndOfResponseIsNotTheNextResponse(String response) throws Exception {
        try (SocketServer server = refusing("plain", connection -> connection.write(response + ACCEPTED));
                FaultRun run = run(server, "plain")) {
            run.pushAndAwait();

            assertNextPushIsRefused(server, run);
        }
    }

    /** A proxy and a client that see different ends of a response see different responses from then on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 202 Accepted\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"
            })
    void connectionWithTwoKindsOfFramingIsNotReused(String response) throws Exception {
        try (SocketServer server = refusing("plain", connection -> connection.write(response));
                FaultRun run = run(server, "plain")) {
            run.pushAndAwait();

            assertNextPushIsRefused(server, run);
        }
    }

    @ParameterizedTest
    @CsvSource({"plain, 150", "TLSv1.2, 150", "TLSv1.3, 150", "plain, 1200", "TLSv1.2, 1200", "TLSv1.3, 1200"})
    void responseOnIdleConnectionIsDiscarded(String protocol, int idleMillis) throws Exception {
        CountDownLatch idle = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        try (SocketServer server = refusing(protocol, connection -> {
                    connection.write(ACCEPTED);
                    idle.await();
                    connection.write(ACCEPTED);
                    written.countDown();
                });
                FaultRun run = run(server, protocol)) {
            run.succeed();
            long start = System.nanoTime();
            idle.countDown();
            written.await();
            await().pollInterval(Duration.ofMillis(10))
                    .until(() -> System.nanoTime() - start
                            > Duration.ofMillis(idleMillis).toNanos());

            assertNextPushIsRefused(server, run);
        }
    }

    @Test
    void bytesBeforeTheFirstRequestAreNotItsResponse() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        try (SocketServer server = new SocketServer(connection -> {
            connection.write(ACCEPTED);
            written.countDown();
            while (read(connection)) {
                connection.write(REFUSED);
            }
        })) {
            HostResolver hosts = new HostResolver(InetAddress::getAllByName, Runnable::run);
            Origin origin = Origin.of(URI.create(server.url()));
            try (GatewayConnection connection = new Connector(Duration.ofSeconds(5), null, hosts)
                    .connect(origin, null, new Cancellation(), new IgnoredProgress())) {
                written.await();
                CharSequence request = RequestHead.of(
                        GatewayRequest.of(URI.create(server.url()), "GET", Duration.ofSeconds(5), Map.of()),
                        origin,
                        false);

                assertThatThrownBy(() -> connection.roundTrip(request, null)).isInstanceOf(IOException.class);
            }
        }
    }
}
