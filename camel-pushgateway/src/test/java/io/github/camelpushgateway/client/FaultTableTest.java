package io.github.camelpushgateway.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.SecretScan;
import io.github.camelpushgateway.api.HeaderHandler;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServer.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The faults of a gateway, with retries and credentials: their outcome, number of attempts and time. */
class FaultTableTest {

    @RegisterExtension
    final SecretScan scan = new SecretScan();

    @BeforeEach
    void name() {
        scan.password("ops", "s3cret");
    }

    private static final Duration TIMEOUT = Duration.ofMillis(500);

    /** The timeout of faults with a response, which is sufficient on a busy machine. */
    private static final Duration LONG_TIMEOUT = Duration.ofSeconds(10);

    /** The additional time on a slow machine. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private static final byte[] BLOCK = "word ".repeat(20_000).getBytes(US_ASCII);

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("reset before the headers", 0, 3, (request, out) -> breakOff()),
                fault("reset in the middle of the body", 0, 3, (request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf".getBytes(US_ASCII));
                    out.flush();
                    breakOff();
                }),
                fault("half a status line", 0, 3, (request, out) -> {
                    out.write("HTTP/1.1 20".getBytes(US_ASCII));
                    out.flush();
                    breakOff();
                }),
                fault("garbage instead of HTTP", 0, 3, WireServer.raw("\u0000\u0001\u0002 this is not HTTP\r\n\r\n")),
                fault("an invalid status", 0, 3, WireServer.raw("HTTP/1.1 abc OK\r\n\r\n")),
                fault("headers without end", 0, 3, (request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
                    for (int i = 0; ; i++) {
                        out.write(("X-" + i + ": " + "x".repeat(1_000) + "\r\n").getBytes(US_ASCII));
                    }
                }),
                fault("a response of 100 MB", 500, 3, (request, out) -> {
                    out.write("HTTP/1.1 500 X\r\nContent-Length: 100000000\r\n\r\n".getBytes(US_ASCII));
                    for (int i = 0; i < 1_000; i++) {
                        out.write(BLOCK);
                    }
                }),
                fault("an incomplete success of 100 MB", 0, 3, (request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n".getBytes(US_ASCII));
                    out.write(BLOCK);
                    out.flush();
                    breakOff();
                }),
                fault("a success without end", 0, 3, (request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
                    while (true) {
                        out.write(BLOCK);
                    }
                }),
                fault("a success without the end of its head", 0, 3, (request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n".getBytes(US_ASCII));
                    out.flush();
                    breakOff();
                }),
                fault("a black hole", 0, 3, (request, out) -> new CountDownLatch(1).await()),
                fault(
                        "503 with a short Retry-After",
                        503,
                        3,
                        WireServer.raw("HTTP/1.1 503 X\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n")),
                fault(
                        "503 with a long Retry-After",
                        503,
                        1,
                        WireServer.raw("HTTP/1.1 503 X\r\nRetry-After: 600\r\nContent-Length: 0\r\n\r\n")),
                fault("429", 429, 3, WireServer.status(429, "slow down")),
                fault("408", 408, 3, WireServer.status(408, "")),
                fault("400", 400, 1, WireServer.status(400, "inconsistent")),
                fault("endless interim responses", 0, 3, (request, out) -> {
                    while (true) {
                        out.write("HTTP/1.1 102 Processing\r\n\r\n".getBytes(US_ASCII));
                        out.flush();
                        new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
                    }
                }));
    }

    private static Arguments fault(String name, int status, int attempts, Response response) {
        return Arguments.of(name, status, attempts, response);
    }

    private static void breakOff() throws IOException {
        throw new IOException("close the connection");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void faultIsReportedInTime(String name, int status, int attempts, Response response) throws Exception {
        try (WireServer server = new WireServer(response)) {
            Instant start = Instant.now();
            PushgatewayException failure = failure(server.url(), status == 0 ? TIMEOUT : LONG_TIMEOUT);

            assertThat(failure.getStatusCode()).as(failure.getMessage()).isEqualTo(status);
            assertThat(failure.getAttempts()).isEqualTo(attempts);
            assertThat(Duration.between(start, Instant.now()))
                    .isLessThan(TIMEOUT.multipliedBy(attempts).plus(GRACE));
        }
    }

    @Test
    void refusedConnectionIsRetried() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThat(failure("http://127.0.0.1:" + port, TIMEOUT).getAttempts()).isEqualTo(3);
    }

    @Test
    void connectionThatIsNeverAcceptedTimesOut() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket();
                Socket second = new Socket()) {
            first.connect(full.getLocalSocketAddress(), 1_000);
            second.connect(full.getLocalSocketAddress(), 1_000);
            Instant start = Instant.now();

            PushgatewayException failure = failure("http://127.0.0.1:" + full.getLocalPort(), TIMEOUT);

            assertThat(failure.getAttempts()).isEqualTo(3);
            assertThat(Duration.between(start, Instant.now()))
                    .isLessThan(TIMEOUT.multipliedBy(3).plus(GRACE));
        }
    }

    @Test
    void credentialsAreNotSentToTheTargetOfARedirect() throws Exception {
        try (WireServer other = new WireServer(WireServer.status(200, ""));
                WireServer server = new WireServer(WireServer.raw("HTTP/1.1 307 X\r\nLocation: " + other.url()
                        + "/metrics/job/x\r\nContent-Length: 0\r\n\r\n"))) {
            PushgatewayException failure = failure(server.url(), LONG_TIMEOUT);

            assertThat(failure.getStatusCode()).isEqualTo(307);
            assertThat(failure.getAttempts()).isEqualTo(1);
            assertThat(server.requests().get(0).headers()).containsKey("authorization");
            assertThat(other.requests()).isEmpty();
        }
    }

    private PushgatewayException failure(String url, Duration timeout) throws Exception {
        try (PushgatewayClient client =
                new PushgatewayClient(Pushes.settings(url, timeout, 2, HeaderHandler.basic("ops", "s3cret")))) {
            CompletableFuture<PushResponse> push =
                    client.send(Pushes.push("x", 1)).toCompletableFuture();
            try {
                PushResponse response = push.get(60, TimeUnit.SECONDS);
                throw new AssertionError("the push succeeded unexpectedly: " + response);
            } catch (ExecutionException e) {
                PushgatewayException failure = (PushgatewayException) Objects.requireNonNull(e.getCause());
                scan.add(failure);
                return failure;
            }
        }
    }
}
