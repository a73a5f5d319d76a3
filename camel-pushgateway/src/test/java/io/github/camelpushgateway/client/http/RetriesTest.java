package io.github.camelpushgateway.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.PushgatewayClient;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServer.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesTest {

    private static final Response BREAKS = (request, out) -> {
        throw new IOException("close the connection");
    };

    private final AtomicInteger responses = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void temporaryFailureIsRetriedWithTheSameBytes(int status) throws Exception {
        try (WireServer server = new WireServer(firstTwice(WireServer.status(status, "later")))) {
            send(server, 2, Pushes.push("x", 42));

            assertThat(server.requests())
                    .hasSize(3)
                    .extracting(WireServer.Request::text)
                    .containsOnly("# TYPE x gauge\nx 42.0\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 400, 401, 403, 404, 405, 413, 431})
    void permanentFailureIsNotRetried(int status) throws Exception {
        try (WireServer server = new WireServer(WireServer.status(status, "no"))) {
            PushgatewayException failure = fail(server, 2);

            assertThat(failure.getAttempts()).isEqualTo(1);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "4, 5"})
    void maxRetriesExcludesTheFirstAttempt(int maxRetries, int attempts) throws Exception {
        try (WireServer server = new WireServer(WireServer.status(503, "later"))) {
            PushgatewayException failure = fail(server, maxRetries);

            assertThat(failure.getAttempts()).isEqualTo(attempts);
            assertThat(failure.getStatusCode()).isEqualTo(503);
            assertThat(server.requests()).hasSize(attempts);
        }
    }

    @Test
    void retryDelayMayBeZero() throws Exception {
        try (WireServer server = new WireServer(firstTwice(WireServer.status(500, "")));
                PushgatewayClient client = new PushgatewayClient(Pushes.withRetryDelay(
                        Pushes.settings(server.url(), Duration.ofSeconds(10), 2), Duration.ZERO))) {
            assertThat(client.send(Pushes.push("x", 1))
                            .toCompletableFuture()
                            .get()
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void brokenConnectionIsRetried() throws Exception {
        try (WireServer server = new WireServer(firstTwice(BREAKS))) {
            assertThat(send(server, 2, Pushes.push("x", 1)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void messageContainsTheNumberOfAttempts() throws Exception {
        try (WireServer server = new WireServer(BREAKS)) {
            PushgatewayException failure = fail(server, 2);

            assertThat(failure.getAttempts()).isEqualTo(3);
            assertThat(failure).hasMessageContaining("tried 3 times").hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void retryAfterIsRespected() throws Exception {
        try (WireServer server = new WireServer(
                firstTwice(WireServer.raw("HTTP/1.1 503 X\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n")))) {
            Instant start = Instant.now();
            send(server, 2, Pushes.push("x", 1));

            assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"31", "3600", "999999999"})
    void longRetryAfterEndsTheRetries(String seconds) throws Exception {
        try (WireServer server = new WireServer(
                WireServer.raw("HTTP/1.1 503 X\r\nRetry-After: " + seconds + "\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(fail(server, 2).getAttempts()).isEqualTo(1);
        }
    }

    @Test
    void invalidRetryAfterIsIgnored() {
        assertThat(requestedSeconds("0")).isZero();
        assertThat(requestedSeconds("120")).isEqualTo(120);
        assertThat(requestedSeconds("soon")).isEqualTo(-1);
        assertThat(requestedSeconds("-5")).isEqualTo(-1);
        assertThat(requestedSeconds("99999999999")).isGreaterThan(30);
        assertThat(requestedSeconds("1, 20, 3")).isEqualTo(20);
        assertThat(requestedSeconds(",")).isEqualTo(-1);
        assertThat(requestedSeconds(date(Instant.now().plusSeconds(100)))).isBetween(90L, 101L);
        assertThat(requestedSeconds(date(Instant.now().minusSeconds(100)))).isZero();
        assertThat(Retries.requestedSeconds(GatewayResponse.of(503))).isEqualTo(-1);
        assertThat(Retries.requestedSeconds(null)).isEqualTo(-1);
    }

    /** The header may have megabytes. */
    @Test
    void hugeRetryAfterIsParsedQuickly() {
        assertThat(requestedSeconds("1".repeat(1_000_000) + "x")).isEqualTo(-1);
        assertThat(requestedSeconds("1,".repeat(500_000))).isEqualTo(1);
        assertThat(requestedSeconds(" ".repeat(1_000_000) + "x")).isEqualTo(-1);
    }

    private static String date(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atZone(ZoneOffset.UTC));
    }

    private static long requestedSeconds(String retryAfter) {
        return Retries.requestedSeconds(new GatewayResponse(503, new TreeMap<>(Map.of("retry-after", retryAfter)), ""));
    }

    @Test
    void eachAttemptHasItsOwnDeadline() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (WireServer server = new WireServer(firstTwice((request, out) -> never.await()));
                // more attempts than the three, for a machine that is too busy to respond within a second
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings(server.url(), Duration.ofSeconds(1), 20))) {
            Instant start = Instant.now();
            assertThat(client.send(Pushes.push("x", 1))
                            .toCompletableFuture()
                            .get()
                            .statusCode())
                    .isEqualTo(200);

            assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        }
    }

    @Test
    void closeEndsTheWaitForARetry() throws Exception {
        try (WireServer server =
                new WireServer(WireServer.raw("HTTP/1.1 503 X\r\nRetry-After: 20\r\nContent-Length: 0\r\n\r\n"))) {
            PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url(), Duration.ofSeconds(9), 2));
            var push = client.send(Pushes.push("x", 1)).toCompletableFuture();
            await().until(() -> !server.requests().isEmpty());

            client.close();

            assertThat(push).failsWithin(Duration.ofSeconds(15));
            assertThat(server.requests()).hasSize(1);
        }
    }

    /** Returns the given response to the first two requests, and then 200. */
    private Response firstTwice(Response bad) {
        return (request, out) -> (responses.incrementAndGet() <= 2 ? bad : WireServer.status(200, "")).to(request, out);
    }

    private static PushResponse send(WireServer server, int maxRetries, PushRequest request) {
        try (PushgatewayClient client =
                new PushgatewayClient(Pushes.settings(server.url(), Duration.ofSeconds(30), maxRetries))) {
            return client.send(request).toCompletableFuture().join();
        }
    }

    private static PushgatewayException fail(WireServer server, int maxRetries) {
        CompletionException failure =
                catchThrowableOfType(CompletionException.class, () -> send(server, maxRetries, Pushes.push("x", 1)));
        return (PushgatewayException) Objects.requireNonNull(failure.getCause());
    }
}
