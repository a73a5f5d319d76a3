package io.github.camelpushgateway.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServer.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.PasswordAuthentication;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The failures of requests that a gateway refuses or does not respond to. */
class ErrorContractTest {

    /** Long enough for a slow machine, short enough for a test. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** The additional time in which a slow machine notices the deadline. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    static Stream<Arguments> statuses() {
        return Stream.of(
                Arguments.of(400, "pushed metrics are invalid or inconsistent: x", "rename the metric"),
                Arguments.of(401, "Unauthorized", "credentials"),
                Arguments.of(403, "no", "credentials"),
                Arguments.of(404, "404 page not found", "path prefix"),
                Arguments.of(405, "Method Not Allowed", "path prefix"),
                Arguments.of(431, "", "too large"),
                Arguments.of(500, "oops", "log of the gateway"),
                Arguments.of(503, "later", "later"));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void otherStatusIsAFailureWithTheResponseText(int status, String text, String advice) throws Exception {
        try (WireServer server = new WireServer(WireServer.status(status, text))) {
            PushgatewayException failure = failure(server.url(), Pushes.push("x", 1));

            assertThat(failure.getStatusCode()).isEqualTo(status);
            assertThat(failure.getResponseBody()).isEqualTo(text);
            assertThat(failure.getOperation()).isEqualTo("push");
            assertThat(failure.getGroup()).isEqualTo("{job=\"batch A\",region=\"eu\"}");
            assertThat(failure.getAttempts()).isEqualTo(1);
            assertThat(failure)
                    .hasNoCause()
                    .hasMessageContainingAll(
                            "push", failure.getGroup(), server.url(), String.valueOf(status), text, advice);
        }
    }

    @ParameterizedTest
    @MethodSource("redirects")
    void redirectIsNotFollowedAndItsLocationIsNamed(int status) throws Exception {
        try (WireServer other = new WireServer(WireServer.status(200, ""));
                WireServer server = new WireServer(WireServer.raw("HTTP/1.1 " + status + " X\r\nLocation: "
                        + other.url().replace("//", "//user:s3cret@")
                        + "/metrics/job/other?token=s3cret\r\nContent-Length: 0\r\n\r\n"))) {
            PushgatewayException failure = failure(server.url(), Pushes.pushadd("x", 1));

            assertThat(failure.getStatusCode()).isEqualTo(status);
            assertThat(failure)
                    .hasMessageContainingAll(other.url() + "/metrics/job/other", "redirects are not followed")
                    .hasMessageNotContaining("s3cret");
            assertThat(other.requests()).isEmpty();
        }
    }

    static Stream<Integer> redirects() {
        return Stream.of(300, 301, 302, 303, 304, 307, 308);
    }

    static Stream<Arguments> brokenResponses() {
        return Stream.of(
                Arguments.of("an empty reply", (Response) (request, out) -> {
                    throw new IOException("close the connection");
                }),
                Arguments.of("garbage", WireServer.raw("SSH-2.0-OpenSSH_9.2p1 Debian\r\n\r\n and more of this")),
                Arguments.of("an incomplete body", (Response) (request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes(US_ASCII));
                    out.flush();
                    throw new IOException("close the connection");
                }),
                Arguments.of(
                        "a broken chunk",
                        WireServer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenResponses")
    void brokenResponseIsAFailure(String name, Response response) throws Exception {
        try (WireServer server = new WireServer(response)) {
            PushgatewayException failure = failure(server.url(), Pushes.push("x", 1));

            assertThat(failure.getStatusCode()).isZero();
            assertThat(failure.getResponseBody()).isEmpty();
            assertThat(failure.getAttempts()).isEqualTo(1);
            assertThat(failure).hasMessageContaining("not HTTP");
            assertThat(failure).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void refusalWithIncompleteTextIsReported() throws Exception {
        try (WireServer server = new WireServer((request, out) -> {
            out.write("HTTP/1.1 400 X\r\nContent-Length: 100\r\n\r\nhalf".getBytes(US_ASCII));
            out.flush();
            throw new IOException("close the connection");
        })) {
            assertThat(failure(server.url(), Pushes.push("x", 1)).getStatusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void refusedConnectionIsAFailure() throws Exception {
        String url;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = "http://127.0.0.1:" + closed.getLocalPort();
        }

        PushgatewayException failure = failure(url, PushRequest.delete(Pushes.KEY));

        assertThat(failure)
                .hasCauseInstanceOf(ConnectException.class)
                .hasMessageContainingAll("delete", url, "reached");
        assertThat(failure.getOperation()).isEqualTo("delete");
    }

    @Test
    void unknownHostIsAFailure() {
        PushgatewayException failure = failure("http://gateway.invalid:9091", Pushes.push("x", 1));

        assertThat(failure).hasCauseInstanceOf(UnknownHostException.class).hasMessageContaining("option url");
    }

    static Stream<Arguments> slowResponses() {
        return Stream.of(
                Arguments.of("nothing", (Response) (request, out) -> new CountDownLatch(1).await()),
                Arguments.of(
                        "a header line forever", (Response) (request, out) -> trickle(out, "HTTP/1.1 200 OK\r\nX: ")),
                Arguments.of("a body forever", (Response)
                        (request, out) -> trickle(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")),
                Arguments.of("headers, and then nothing", (Response) (request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n".getBytes(US_ASCII));
                    out.flush();
                    new CountDownLatch(1).await();
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("slowResponses")
    void slowResponseEndsAtTheDeadline(String name, Response response) throws Exception {
        try (WireServer server = new WireServer(response)) {
            Instant start = Instant.now();
            PushgatewayException failure = failure(server.url(), Pushes.push("x", 1));
            Duration took = Duration.between(start, Instant.now());

            assertThat(failure).hasCauseInstanceOf(SocketTimeoutException.class).hasMessageContaining("requestTimeout");
            assertThat(failure.getStatusCode()).isZero();
            assertThat(took).isBetween(TIMEOUT, TIMEOUT.plus(GRACE));
        }
    }

    @Test
    void refusalWithEndlessTextIsReportedAtTheDeadline() throws Exception {
        try (WireServer server =
                new WireServer((request, out) -> trickle(out, "HTTP/1.1 500 X\r\nContent-Length: 100\r\n\r\n"))) {
            Instant start = Instant.now();
            PushgatewayException failure = failure(server.url(), Pushes.push("x", 1));
            Duration took = Duration.between(start, Instant.now());

            assertThat(failure.getStatusCode()).isEqualTo(500);
            assertThat(took).isBetween(TIMEOUT, TIMEOUT.plus(GRACE));
        }
    }

    /** Writes one byte per second, for much longer than the test runs. */
    private static void trickle(OutputStream out, String start) throws Exception {
        out.write(start.getBytes(US_ASCII));
        for (int i = 0; i < 90; i++) {
            out.flush();
            new CountDownLatch(1).await(1, TimeUnit.SECONDS);
            out.write('x');
        }
    }

    @Test
    void longResponseIsNotReadToItsEnd() throws Exception {
        byte[] block = "word ".repeat(20_000).getBytes(US_ASCII);
        CountDownLatch cutOff = new CountDownLatch(1);
        try (WireServer server = new WireServer((request, out) -> {
            out.write("HTTP/1.1 400 X\r\nContent-Length: 100000000\r\n\r\n".getBytes(US_ASCII));
            try {
                for (int i = 0; i < 1_000; i++) {
                    out.write(block);
                }
            } catch (SocketException e) {
                cutOff.countDown();
            }
        })) {
            PushgatewayException failure = failure(server.url(), Pushes.push("x", 1));

            assertThat(failure.getStatusCode()).isEqualTo(400);
            assertThat(failure.getResponseBody()).startsWith("word word").hasSizeLessThanOrEqualTo(1_000);
            assertThat(cutOff.await(GRACE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void responseTextIsOnOneLine() throws Exception {
        try (WireServer server = new WireServer(WireServer.status(400, "line\r\n2026 ERROR forged\u001b[31m\tline"))) {
            PushgatewayException failure = failure(server.url(), Pushes.push("x", 1));

            assertThat(failure.getResponseBody()).isEqualTo("line 2026 ERROR forged\\u001B[31m line");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void proxyThatRequiresCredentialsIsNamed(String scheme) throws Exception {
        Map<String, String> properties = new HashMap<>();
        try (WireServer proxy = new WireServer(WireServer.raw(
                "HTTP/1.1 407 X\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n"))) {
            set(properties, scheme + ".proxyHost", "127.0.0.1");
            set(properties, scheme + ".proxyPort", proxy.url().replaceAll(".*:", ""));
            set(properties, "http.nonProxyHosts", "");

            PushgatewayException failure = failure(scheme + "://127.0.0.1:9", Pushes.push("x", 1));

            assertThat(proxy.requests()).isNotEmpty();
            assertThat(failure)
                    .hasMessageContaining("407")
                    .hasMessageContaining("proxy of the JVM")
                    .hasMessageContaining("http.nonProxyHosts");
        } finally {
            properties.forEach(ErrorContractTest::restore);
        }
    }

    private static void set(Map<String, String> before, String name, String value) {
        before.put(name, System.getProperty(name));
        System.setProperty(name, value);
    }

    private static void restore(String name, @Nullable String value) {
        if (value == null) {
            System.clearProperty(name);
        } else {
            System.setProperty(name, value);
        }
    }

    @Test
    void credentialsOfTheJvmAreNotSent() throws Exception {
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("somebody", "s3cret".toCharArray());
            }
        });
        try (WireServer server = new WireServer(
                WireServer.raw("HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(failure(server.url(), Pushes.push("x", 1)).getStatusCode())
                    .isEqualTo(401);
            assertThat(server.requests()).hasSize(1);
            assertThat(server.requests().get(0).headers()).doesNotContainKey("authorization");
        } finally {
            Authenticator.setDefault(null);
        }
    }

    private static PushgatewayException failure(String url, PushRequest request) {
        try (PushgatewayClient client = new PushgatewayClient(Pushes.settings(url, TIMEOUT, 0))) {
            Throwable thrown = catchThrowable(
                    () -> client.send(request).toCompletableFuture().join());
            assertThat(thrown).hasCauseInstanceOf(PushgatewayException.class);
            return (PushgatewayException) Objects.requireNonNull(thrown.getCause());
        }
    }
}
