package io.github.camelpushgateway.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import io.github.camelpushgateway.client.queue.CountedPush;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.WireServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that arrive while a request is still being sent, and incomplete responses. */
class EarlyResponseTest {

    private static final int LARGE_BYTES = 8_000_000;

    private static final PushgatewayHandler LARGE =
            (request, next) -> next.handle(request.withBody(new byte[LARGE_BYTES]));

    /**
     * The behaviour of a server on one connection. The scripts are used in order, the last one for all further
     * connections.
     */
    private interface Script {
        void run(Socket connection) throws Exception;
    }

    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private ServerSocket server;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void serve(Script... scripts) {
        Thread acceptor = new Thread(() -> {
            try {
                for (int i = 0; ; i++) {
                    Socket connection = server.accept();
                    connections.add(connection);
                    Script script = scripts[Math.min(i, scripts.length - 1)];
                    Thread thread = new Thread(() -> {
                        try {
                            script.run(connection);
                        } catch (Exception e) {
                            // the client sees the end of the connection
                        }
                    });
                    thread.setDaemon(true);
                    thread.start();
                }
            } catch (IOException e) {
                // the test has ended
            }
        });
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Reads the beginning of a request, responds, and ends the connection. */
    private static Script early(String response, boolean reset) {
        return connection -> {
            connection.getInputStream().readNBytes(1_000);
            connection.getOutputStream().write(response.getBytes(ISO_8859_1));
            connection.getOutputStream().flush();
            if (reset) {
                connection.setSoLinger(true, 0);
            }
            connection.close();
        };
    }

    /** Reads whole requests, and writes these bytes after each of them; the connection stays open. */
    private static Script after(String response) {
        return connection -> {
            InputStream in = connection.getInputStream();
            for (WireServer.Request head = WireServer.readHead(in); head != null; head = WireServer.readHead(in)) {
                in.readNBytes(head.contentLength());
                connection.getOutputStream().write(response.getBytes(ISO_8859_1));
                connection.getOutputStream().flush();
            }
        };
    }

    private static PushgatewayException failure(CompletableFuture<PushResponse> push) {
        try {
            push.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PushgatewayException failure) {
                return failure;
            }
            throw e;
        }
        throw new AssertionError("the push succeeded");
    }

    /** The gateway cannot have executed a request that it has not fully received. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void successBeforeWholeRequestWasSentIsAFailure(boolean reset) {
        serve(early("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", reset));
        try (PushgatewayClient client = new PushgatewayClient(Pushes.settings(url(), LARGE))) {
            PushgatewayException failure =
                    failure(client.send(Pushes.push("x", 1)).toCompletableFuture());

            assertThat(failure.getStatusCode()).isZero();
        }
    }

    @Test
    void connectionWithPartiallySentRequestIsNotReused() throws Exception {
        serve(early("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n", false), after(ok()));
        AtomicInteger requests = new AtomicInteger();
        PushgatewayHandler firstLarge =
                (request, next) -> requests.getAndIncrement() == 0 ? LARGE.handle(request, next) : next.handle(request);
        try (PushgatewayClient client = new PushgatewayClient(Pushes.settings(url(), firstLarge))) {
            PushgatewayException refused =
                    failure(client.send(Pushes.push("x", 1)).toCompletableFuture());
            // the kernel may drop the response of a server that has not read the request
            assertThat(refused.getStatusCode()).isIn(413, 0);

            CountedPush counted = new CountedPush(new PushStatistics(), false);
            assertThat(client.send(Pushes.push("x", 2), counted).toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(10));
            assertThat(connections).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 10\r\n\r\nab",
                "\r\nab",
                "Content-Length: 0x\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nab"
            })
    void refusalIsReportedWithoutItsText(String rest) {
        serve(after("HTTP/1.1 400 Bad Request\r\n" + rest));
        try (PushgatewayClient client = new PushgatewayClient(Pushes.settings(url(), Duration.ofMillis(500), 2))) {
            PushgatewayException failure =
                    failure(client.send(Pushes.push("x", 1)).toCompletableFuture());

            assertThat(failure.getStatusCode()).isEqualTo(400);
            assertThat(failure.getAttempts()).isEqualTo(1);
            assertThat(connections).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n"
            })
    void responseWithEqualLengthsIsASuccess(String response) {
        serve(after(response));
        try (PushgatewayClient client = new PushgatewayClient(Pushes.settings(url()))) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(Pushes.push("x", i)).toCompletableFuture())
                        .succeedsWithin(Duration.ofSeconds(10));
            }
        }
    }

    @Test
    void responseToHeadHasNoBody() {
        serve(after("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"));
        PushgatewayHandler headRequests = (request, next) -> {
            GatewayRequest head = GatewayRequest.of(request.url(), "HEAD", request.timeout(), Map.of());
            next.handle(head);
            return next.handle(head);
        };
        try (PushgatewayClient client = new PushgatewayClient(Pushes.settings(url(), headRequests))) {
            assertThat(client.send(Pushes.push("x", 1)).toCompletableFuture()).succeedsWithin(Duration.ofSeconds(10));
            assertThat(connections).hasSize(1);
        }
    }

    @Test
    void pushesWithoutASlotHaveNoAttempts() throws Exception {
        serve(connection -> connection.getInputStream().readAllBytes());
        List<CompletableFuture<PushResponse>> pushes = new ArrayList<>();
        try (PushgatewayClient client = new PushgatewayClient(Pushes.settings(url()))) {
            for (int i = 0; i < 8; i++) {
                pushes.add(client.send(new PushRequest(
                                PushOperation.PUSH, GroupingKey.of("job-" + i, Map.of()), Pushes.gauge("x", 1)))
                        .toCompletableFuture());
            }
            await().until(() -> connections.size() == 5);
        }
        assertThat(pushes.stream().mapToInt(push -> failure(push).getAttempts()).sum())
                .isEqualTo(5);
    }

    @Test
    void rejectingExecutorLosesNoContinuation() {
        serve(connection -> connection.getInputStream().readAllBytes());
        PushgatewayClient client = new PushgatewayClient(Pushes.settings(url()), task -> {
            throw new RejectedExecutionException("ended before the client");
        });
        List<CompletableFuture<PushResponse>> pushes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            pushes.add(client.send(Pushes.push("x", i)).toCompletableFuture());
        }
        await().until(() -> connections.size() == 1);

        client.close();

        assertThat(pushes).allSatisfy(push -> assertThat(push).isCompletedExceptionally());
        String prefix = "pushgateway-127.0.0.1-" + server.getLocalPort();
        await().atMost(8, TimeUnit.SECONDS)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith(prefix)));
    }

    /** Simulates a handler that renews its token. */
    @Test
    void refusalIsNotReportedForLaterRequestWithoutResponse() {
        serve(connection -> {
            InputStream in = connection.getInputStream();
            in.readNBytes(Objects.requireNonNull(WireServer.readHead(in)).contentLength());
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
            connection.getOutputStream().flush();
            in.transferTo(OutputStream.nullOutputStream());
        });
        PushgatewayHandler renewing = (request, next) -> {
            GatewayResponse first = next.handle(request);
            return first.statusCode() == 401 ? next.handle(request) : first;
        };

        try (PushgatewayClient client =
                new PushgatewayClient(Pushes.settings(url(), Duration.ofSeconds(1), 0, renewing))) {
            PushgatewayException failure =
                    failure(client.send(Pushes.push("x", 1)).toCompletableFuture());

            assertThat(failure.getStatusCode()).isZero();
            assertThat(failure.getAttempts()).isEqualTo(2);
        }
    }

    private static String ok() {
        return "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    }
}
