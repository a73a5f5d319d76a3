package io.github.camelpushgateway.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.FaultRun;
import io.github.camelpushgateway.testing.SocketServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A head is complete only with the empty line at its end. Interim responses may precede it. */
class ResponseHeadTest {

    private static final Duration QUICK = Duration.ofSeconds(5);

    /** The end of the connection is the end of the body, but never that of the head. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nDate: Tue, 24 Nov 2026 15:06:00 GMT\r\n\r\n",
                "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 200 OK\r\nConnection: close\r\nX-Many: a\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nDate: Tue, 24 Nov 2026 15:06:00 GMT\r\n\r\n",
                "HTTP/1.0 200 OK\r\n\r\n",
                "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n",
                "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Trailer: a\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
            })
    void incompleteHeadIsAFailure(String response) throws Exception {
        AtomicReference<String> part = new AtomicReference<>("");
        try (SocketServer server = new SocketServer(connection -> {
                    connection.read();
                    connection.write(Objects.requireNonNull(part.get()));
                    connection.end();
                });
                FaultRun run = FaultRun.of(server)) {
            List<String> successes = new ArrayList<>();
            for (int length = 0; length < response.length(); length++) {
                part.set(response.substring(0, length));
                PushgatewayException failure = run.pushAndAwait().failure();
                if (failure == null) {
                    successes.add(part.get());
                } else {
                    assertThat(failure.getStatusCode())
                            .as("status of '%s'", part)
                            .isZero();
                }
            }
            assertThat(successes).isEmpty();

            part.set(response);
            run.succeed();
            run.assertClosesQuicklyWithoutLeaks();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\nContent-Length: 7\r\n\r\n",
                "HTTP/1.1 199 Something\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n"
            })
    void responseAfterInterimResponsesIsUsed(String interim) throws Exception {
        try (SocketServer server = new SocketServer(connection -> {
                    while (connection.read() != null) {
                        connection.write(interim);
                        connection.respond();
                    }
                });
                FaultRun run = FaultRun.of(server)) {
            for (int i = 0; i < 2; i++) {
                FaultRun.Result result = run.pushAndAwait();
                assertThat(result.failure()).isNull();
                assertThat(result.took()).isLessThan(QUICK);
            }
            assertThat(server.connections()).hasSize(1);
            assertThat(run.statistics().requests()).isEqualTo(2);
        }
    }

    /** The client does not request an upgrade. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"})
    void upgradeIsAFailure(String response) throws Exception {
        try (SocketServer server = new SocketServer(connection -> {
                    connection.read();
                    connection.write(response);
                    connection.end();
                });
                FaultRun run = FaultRun.of(server)) {
            run.fail();
            run.assertClosesQuicklyWithoutLeaks();
        }
    }

    /** The server leaves the connection open, so only the response itself can cause the failure. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/0.9 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/0.9 200 OK\r\n\r\n",
                "HTTP/0.9 200 OK\r\n",
                "HTTP/2 200\r\n",
                "SSH-2.0-OpenSSH_9.6\r\n",
                "220 mail.example ESMTP\r\n",
                "\r\n",
                "HTTP/0.9 202 Accepted\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 101 X\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
            })
    void responseOfAnotherProtocolFailsImmediately(String response) throws Exception {
        try (SocketServer server = new SocketServer(connection -> {
                    connection.read();
                    connection.write(response);
                });
                FaultRun run = FaultRun.of(server)) {
            FaultRun.Result result = run.pushAndAwait();

            assertThat(result.failure()).isNotNull().satisfies(failure -> {
                assertThat(failure.getStatusCode()).isZero();
                assertThat(failure).hasMessageContaining("not HTTP").message().doesNotContain("\n");
            });
            assertThat(result.took()).isLessThan(QUICK);
            run.assertClosesQuicklyWithoutLeaks();
        }
    }

    /** Heads slightly smaller and larger than 64 KiB, and whether they are read. */
    static Stream<Arguments> longHeads() {
        return Stream.of(
                Arguments.of(header(16_000).repeat(4), true),
                Arguments.of(header(16_000).repeat(4) + header(1_600), false),
                Arguments.of(header(600).repeat(108), true),
                Arguments.of(header(600).repeat(110), false),
                Arguments.of(header(16_000).repeat(190), false),
                Arguments.of("Retry-After: 1\r\n".repeat(3) + header(380).repeat(190), false));
    }

    private static String header(int length) {
        String name = "X-Long: ";
        return name + "1".repeat(length - name.length() - 2) + "\r\n";
    }

    @ParameterizedTest(name = "{index}, read: {1}")
    @MethodSource("longHeads")
    void headersOfAResponseAreLimited(String headers, boolean isRead) throws Exception {
        for (String interim :
                List.of("", "HTTP/1.1 103 Early Hints\r\n" + header(16_000).repeat(4) + "\r\n")) {
            for (int status : new int[] {200, 503}) {
                String response = interim + "HTTP/1.1 " + status + " X\r\n" + headers + "Content-Length: 0\r\n\r\n";
                try (SocketServer server = new SocketServer(connection -> {
                            while (connection.read() != null) {
                                connection.write(response);
                            }
                        });
                        FaultRun run = FaultRun.of(server)) {
                    PushgatewayException failure = run.pushAndAwait().failure();
                    if (isRead) {
                        assertThat(failure == null ? 200 : failure.getStatusCode())
                                .isEqualTo(status);
                    } else {
                        assertThat(failure)
                                .isNotNull()
                                .hasMessageContaining("has more than 64 KiB of headers")
                                .extracting(PushgatewayException::getStatusCode)
                                .isEqualTo(0);
                    }
                }
            }
        }
    }

    @Test
    void headersOfAnInterimResponseAreLimited() throws Exception {
        String response = "HTTP/1.1 103 Early Hints\r\n" + header(600).repeat(110) + "\r\n";
        try (SocketServer server = new SocketServer(connection -> {
                    connection.read();
                    connection.write(response);
                });
                FaultRun run = FaultRun.of(server)) {
            assertThat(run.fail()).hasMessageContaining("has more than 64 KiB of headers");
        }
    }
}
