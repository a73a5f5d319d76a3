package io.github.camelpushgateway.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.HeaderHandler;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.client.PushgatewayClient;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.WireServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The effect of handlers on requests, as received by a server. */
class HandlerChainTest {

    private WireServer server;

    @BeforeEach
    void start() throws Exception {
        server = new WireServer(WireServer.status(200, ""));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"ops | secret", "ops | p:a/s+s&%w=ö rd", "Jürgen | ''"})
    void basicAuthenticationIsUtf8(String username, String password) {
        send(HeaderHandler.basic(username, password));

        String header = requireNonNull(server.requests().get(0).headers().get("authorization"));
        assertThat(header).startsWith("Basic ");
        assertThat(new String(Base64.getDecoder().decode(header.substring(6)), UTF_8))
                .isEqualTo(username + ":" + password);
    }

    @Test
    void aBearerTokenAndFixedHeadersAreSent() {
        send(HeaderHandler.bearer("abc.def-ghi_/+=="), new HeaderHandler("X-Scope-OrgID", "tenant 1"));

        assertThat(server.requests().get(0).headers())
                .containsEntry("authorization", "Bearer abc.def-ghi_/+==")
                .containsEntry("x-scope-orgid", "tenant 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb", "tökén", "a=b"})
    void invalidTokenIsRejectedWithoutBeingRepeated(String token) {
        assertThatThrownBy(() -> HeaderHandler.bearer(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bearerToken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret\r\nX-Evil: 1", "s3cret\u0000", "s3crét"})
    void headerValueCannotContainControlCharacters(String value) {
        assertThatThrownBy(() -> new HeaderHandler("X-Key", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-Key")
                .hasMessageNotContaining("s3cr");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host", "content-length", "Content-Type", "Content-Encoding", "Transfer-Encoding", "Connection"})
    void headersOfTheConnectionCannotBeSet(String name) {
        assertThatThrownBy(() -> new HeaderHandler(name, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void secretsAreInNoText() {
        HeaderHandler handler = HeaderHandler.basic("ops", "s3cret");
        GatewayRequest request = GatewayRequest.of(
                        URI.create("http://gateway/metrics/job/a"), "PUT", Duration.ofSeconds(1), Map.of())
                .withHeader("Authorization", "s3cret")
                .withBody("s3cret".getBytes(UTF_8));

        assertThat(handler).hasToString("HeaderHandler[Authorization]");
        assertThat(request).hasToString("PUT http://gateway/metrics/job/a");
        assertThat(Pushes.settings("http://gateway", handler).toString()).doesNotContain("Basic", "s3cret", "b3Bz");
    }

    @Test
    void handlerReceivesTheWholeRequestAndMayChangeIt() {
        AtomicReference<GatewayRequest> seen = new AtomicReference<>();
        send(HeaderHandler.basic("ops", "secret"), (request, next) -> {
            seen.set(request);
            return next.handle(request.withUrl(URI.create(request.url() + "/stage/x"))
                    .withHeader("authorization", "Bearer fresh")
                    .withBody("y 2\n".getBytes(UTF_8)));
        });

        assertThat(requireNonNull(seen.get()).url()).hasToString(server.url() + Pushes.KEY.path());
        assertThat(requireNonNull(seen.get()).method()).isEqualTo("PUT");
        assertThat(requireNonNull(seen.get()).timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(requireNonNull(seen.get()).headers()).containsKeys("Authorization", "Content-Type", "User-Agent");
        assertThat(new String(requireNonNull(requireNonNull(seen.get()).body()), UTF_8))
                .isEqualTo("# TYPE x gauge\nx 1.0\n");
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo(Pushes.KEY.path() + "/stage/x");
            assertThat(request.headers()).containsEntry("authorization", "Bearer fresh");
            assertThat(request.text()).isEqualTo("y 2\n");
        });
    }

    @Test
    void handlerMayExecuteTheRequestItself() {
        assertThat(send((request, next) -> GatewayResponse.of(202)).statusCode())
                .isEqualTo(202);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void handlerIsCalledForEachAttempt() throws Exception {
        AtomicInteger tokens = new AtomicInteger();
        try (WireServer down = new WireServer(WireServer.status(503, ""));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(
                        down.url(),
                        Duration.ofSeconds(30),
                        2,
                        (request, next) ->
                                next.handle(request.withHeader("X-Token", "t" + tokens.incrementAndGet()))))) {
            assertThat(catchThrowable(() -> client.send(Pushes.push("x", 1))
                            .toCompletableFuture()
                            .get()))
                    .hasCauseInstanceOf(PushgatewayException.class);

            assertThat(down.requests())
                    .extracting(request -> request.headers().get("x-token"))
                    .containsExactly("t1", "t2", "t3");
        }
    }

    @Test
    void exceptionOfHandlerFailsThePush() {
        assertThatThrownBy(() -> send((request, next) -> {
                    throw new IOException("no token available");
                }))
                .hasRootCauseMessage("no token available")
                .hasCauseInstanceOf(PushgatewayException.class);
        assertThatThrownBy(() -> send((request, next) -> {
                    throw new IllegalStateException("a bug");
                }))
                .hasCauseInstanceOf(PushgatewayException.class)
                .hasMessageContaining("a bug");
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalArgumentException("no number"),
                new NumberFormatException("no number"),
                new IllegalStateException("no number"),
                new OutOfMemoryError("no number"));
    }

    /** The gateway has stored the metrics, so the message must not say that they were not sent. */
    @ParameterizedTest
    @MethodSource("failures")
    void exceptionOfHandlerAfterTheResponseIsReportedAsSent(Throwable failure) {
        assertThatThrownBy(() -> send((request, next) -> {
                    next.handle(request);
                    if (failure instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) failure;
                }))
                .hasMessageContaining("it was sent, but then failed")
                .hasMessageContaining("no number")
                .hasMessageContaining("it is unknown whether the gateway executed it")
                .cause()
                .isInstanceOfSatisfying(
                        PushgatewayException.class,
                        push -> assertThat(push.getAttempts()).isOne());
    }

    /** Nothing was sent in these cases. */
    @Test
    void illegalArgumentBeforeTheRequestIsARejection() {
        assertThatThrownBy(() -> send((request, next) -> {
                    throw new IllegalArgumentException("no number");
                }))
                .hasMessageContaining("was rejected before it was sent: no number");
        assertThatThrownBy(() -> send((request, next) -> next.handle(request.withHeader("X-Key", "a\nb"))))
                .hasMessageContaining("was rejected before it was sent");
    }

    @Test
    void handlerThatNeverReturnsEndsAtTheDeadline() {
        try (PushgatewayClient client =
                new PushgatewayClient(Pushes.settings(server.url(), Duration.ofMillis(300), 0, (request, next) -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return next.handle(request);
                }))) {
            assertThat(client.send(Pushes.push("x", 1)).toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(PushgatewayException.class)
                    .withMessageContaining("300 ms");
        }
    }

    private PushResponse send(PushgatewayHandler... handlers) {
        try (PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url(), handlers))) {
            return client.send(Pushes.push("x", 1)).toCompletableFuture().join();
        }
    }

    @Test
    void headersAreCaseInsensitiveAndCopied() {
        Map<String, String> original = new HashMap<>(Map.of("Retry-After", "1"));
        GatewayResponse response = new GatewayResponse(503, original, "");
        GatewayRequest request = GatewayRequest.of(URI.create("http://h"), "GET", Duration.ofSeconds(1), original);

        original.clear();

        assertThat(response.headers().get("retry-AFTER")).isEqualTo("1");
        assertThat(request.headers().get("retry-AFTER")).isEqualTo("1");
        assertThat(request.withHeader("RETRY-after", "2").headers()).hasSize(1).containsValue("2");
        assertThat(new GatewayResponse(200, Map.of(), "").headers()).isEmpty();
    }
}
