package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.FaultRun;
import io.github.camelpushgateway.testing.LoopbackTls;
import io.github.camelpushgateway.testing.ServerConnection;
import io.github.camelpushgateway.testing.SocketServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections are reused. A request is sent again only if a reused connection breaks before a response begins. */
class KeptConnectionTest {

    /** The way in which a server ends a connection. */
    enum End {
        CLOSE {
            @Override
            void end(ServerConnection connection) throws IOException {
                connection.end();
            }
        },
        RESET {
            @Override
            void end(ServerConnection connection) throws IOException {
                connection.reset();
            }
        };

        abstract void end(ServerConnection connection) throws IOException;
    }

    /** The numbers of the connections on which requests were received. */
    private final List<Integer> requests = new CopyOnWriteArrayList<>();

    private final List<ServerConnection> connections = new CopyOnWriteArrayList<>();

    /** The numbers of connections that were open when a request was received on another one. */
    private final List<Integer> openMeanwhile = new CopyOnWriteArrayList<>();

    private static SocketServer server(boolean tls, SocketServer.Script script) throws IOException {
        return new SocketServer(connection -> {
            if (tls) {
                connection.secure(LoopbackTls.serverContext());
            }
            script.run(connection);
        });
    }

    private boolean read(ServerConnection connection) throws IOException {
        boolean received = connection.read() != null;
        if (received) {
            requests.add(connection.number());
        }
        return received;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pushesInSequenceShareOneConnection(boolean tls) throws Exception {
        try (SocketServer server = server(tls, connection -> {
                    while (read(connection)) {
                        connection.respond();
                    }
                });
                FaultRun run = FaultRun.of(server, tls)) {
            for (int i = 0; i < 3; i++) {
                run.succeed();
            }

            assertThat(requests).containsExactly(0, 0, 0);
            run.assertClosesQuicklyWithoutLeaks();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 200 OK\r\nConnection: Close\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"
            })
    void nonPersistentConnectionIsClosedAndNotReused(String response) throws Exception {
        try (SocketServer server = new SocketServer(connection -> {
                    while (read(connection)) {
                        connection.write(response);
                    }
                });
                FaultRun run = FaultRun.of(server)) {
            run.succeed();
            await().until(() -> server.openConnections() == 0);
            run.succeed();

            assertThat(requests).containsExactly(0, 1);
            assertThat(run.statistics().requestsRetried()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"CLOSE, false", "CLOSE, true", "RESET, false", "RESET, true"})
    void connectionThatEndsWhileIdleIsReplaced(End end, boolean tls) throws Exception {
        CountDownLatch idle = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (SocketServer server = server(tls, connection -> {
                    while (read(connection)) {
                        connection.respond();
                        if (connection.number() == 0) {
                            idle.await();
                            end.end(connection);
                            ended.countDown();
                            return;
                        }
                    }
                });
                FaultRun run = FaultRun.of(server, tls)) {
            run.succeed();
            idle.countDown();
            ended.await();
            run.succeed();

            assertThat(requests).containsExactly(0, 1);
            assertThat(server.connections()).hasSize(2);
            run.assertClosesQuicklyWithoutLeaks();
        }
    }

    /** Responds to the first request, ends the connection on some requests after it, and then responds again. */
    private SocketServer breaking(boolean tls, int times, End end) throws IOException {
        return server(tls, connection -> {
            for (int i = 0; read(connection); i++) {
                awaitOthersClosed(connection);
                int breaks = connection.number();
                boolean first = breaks == 0 && i == 0;
                if (first || breaks >= times) {
                    connection.respond();
                } else {
                    end.end(connection);
                    return;
                }
            }
        });
    }

    /**
     * Waits until the server detects that earlier connections are closed, which is quick if the client closes them
     * first.
     */
    private void awaitOthersClosed(ServerConnection connection) throws InterruptedException {
        for (ServerConnection earlier : connections) {
            for (int i = 0; i < 50 && earlier != connection && !earlier.isClosed(); i++) {
                connection.pause(10);
            }
            if (earlier != connection && !earlier.isClosed()) {
                openMeanwhile.add(earlier.number());
            }
        }
        connections.add(connection);
    }

    @ParameterizedTest
    @CsvSource({"CLOSE, false", "CLOSE, true", "RESET, false", "RESET, true"})
    void requestIsSentAgainIfReusedConnectionBreaksBeforeResponse(End end, boolean tls) throws Exception {
        try (SocketServer server = breaking(tls, 1, end);
                FaultRun run = FaultRun.of(server, tls)) {
            run.succeed();
            run.succeed();

            assertThat(requests).containsExactly(0, 0, 1);
            assertThat(openMeanwhile).isEmpty();
            assertThat(run.statistics().requests()).isEqualTo(3);
            assertThat(run.statistics().requestsRetried()).isEqualTo(1);
            run.assertClosesQuicklyWithoutLeaks();
        }
    }

    @ParameterizedTest
    @CsvSource({"CLOSE, false", "CLOSE, true", "RESET, false", "RESET, true"})
    void requestIsNotSentAThirdTime(End end, boolean tls) throws Exception {
        try (SocketServer server = breaking(tls, 10, end);
                FaultRun run = FaultRun.of(server, tls)) {
            run.succeed();
            PushStatistics statistics = new PushStatistics();

            PushgatewayException failure = run.fail(statistics);

            assertThat(requests).containsExactly(0, 0, 1);
            assertThat(openMeanwhile).isEmpty();
            assertThat(failure.getAttempts()).isEqualTo(2);
            assertThat(failure.getStatusCode()).isZero();
            assertThat(statistics.requests()).isEqualTo(2);
            assertThat(statistics.requestsRetried()).isEqualTo(1);
            run.assertClosesQuicklyWithoutLeaks();
        }
    }

    @ParameterizedTest
    @CsvSource({"CLOSE, false", "CLOSE, true", "RESET, false", "RESET, true"})
    void requestOnNewConnectionIsNotSentAgain(End end, boolean tls) throws Exception {
        try (SocketServer server = server(tls, connection -> {
                    read(connection);
                    end.end(connection);
                });
                FaultRun run = FaultRun.of(server, tls)) {
            PushgatewayException failure = run.fail();

            assertThat(failure.getAttempts()).isEqualTo(1);
            assertThat(run.statistics().requests()).isEqualTo(1);
            assertThat(run.statistics().requestsRetried()).isZero();
            run.assertClosesQuicklyWithoutLeaks();
            assertThat(requests).containsExactly(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "H",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 103 Early Hints\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nstore"
            })
    void requestWhoseResponseHasStartedIsNotSentAgain(String beginning) throws Exception {
        try (SocketServer server = new SocketServer(connection -> {
                    read(connection);
                    connection.respond();
                    read(connection);
                    connection.write(beginning);
                    connection.end();
                });
                FaultRun run = FaultRun.of(server)) {
            run.succeed();
            PushStatistics statistics = new PushStatistics();

            assertThat(run.fail(statistics).getAttempts()).isEqualTo(1);

            assertThat(statistics.requests()).isEqualTo(1);
            assertThat(statistics.requestsRetried()).isZero();
            run.assertClosesQuicklyWithoutLeaks();
            assertThat(requests).containsExactly(0, 0);
            assertThat(server.connections()).hasSize(1);
        }
    }

    /** Simulates the servers of real gateways: the response, the end of their direction, and later a reset. */
    @ParameterizedTest
    @ValueSource(ints = {401, 413})
    void responseToUnreadBodyIsReported(int status) throws Exception {
        try (SocketServer server = new SocketServer(connection -> {
                    connection.readHead();
                    connection.write("HTTP/1.1 " + status + " X\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
                    connection.end();
                    connection.pause(200);
                    connection.close();
                });
                FaultRun run = FaultRun.of(server, FaultRun.LARGE_BODY)) {
            PushgatewayException failure = run.fail();

            assertThat(failure.getStatusCode()).isEqualTo(status);
            assertThat(failure.getResponseBody()).isEqualTo("no");
            assertThat(failure.getAttempts()).isEqualTo(1);
            run.assertClosesQuicklyWithoutLeaks();
            assertThat(server.connections()).hasSize(1);
        }
    }
}
