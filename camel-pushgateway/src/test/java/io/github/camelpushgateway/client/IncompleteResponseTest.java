package io.github.camelpushgateway.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.WireServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A response that ends early, after any of its bytes, is a failure of each operation. */
class IncompleteResponseTest {

    private static final String HEAD = "HTTP/1.1 %s\r\nDate: Tue, 24 Nov 2026 15:06:00 GMT\r\n";
    private static final String JSON = "{\"status\":\"success\",\"data\":%s}\n";

    private interface Operation extends Function<PushgatewayClient, CompletionStage<?>> {}

    static Stream<Arguments> responses() {
        List<Arguments> all = new ArrayList<>();
        operation(all, "push", client -> client.send(Pushes.push("x", 1)), "stored");
        operation(all, "pushadd", client -> client.send(Pushes.pushadd("x", 1)), "stored");
        operation(all, "delete", client -> client.send(PushRequest.delete(Pushes.KEY)), "queued");
        operation(all, "wipe", PushgatewayClient::wipe, "queued");
        operation(all, "health check", PushgatewayClient::ready, "OK");
        operation(
                all,
                "groups",
                client -> client.groups(Optional::of),
                JSON.formatted(
                        "[{\"labels\":{\"job\":\"é\"},\"x\":{\"type\":\"GAUGE\",\"metrics\":[{\"labels\":{\"job\":\"é\"},\"value\":\"12\"}]}}]"));
        operation(all, "status", PushgatewayClient::status, JSON.formatted("{\"flags\":{\"a\":\"true\"},\"n\":12}"));
        return all.stream();
    }

    private static void operation(List<Arguments> all, String name, Operation operation, String text) {
        String body = new String(text.getBytes(UTF_8), ISO_8859_1);
        int half = body.length() / 2;
        String head = HEAD.formatted(text.equals("queued") ? "202 Accepted" : "200 OK");
        all.add(Arguments.of(
                name, "Content-Length", operation, head + "Content-Length: " + body.length() + "\r\n\r\n" + body));
        all.add(Arguments.of(
                name,
                "chunks",
                operation,
                head + "Transfer-Encoding: chunked\r\n\r\n" + chunk(body.substring(0, half))
                        + chunk(body.substring(half)) + chunk("")));
    }

    private static String chunk(String body) {
        return Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("responses")
    void incompleteResponseIsNeverASuccess(String name, String framing, Operation operation, String response)
            throws Exception {
        AtomicReference<String> part = new AtomicReference<>("");
        try (WireServer server = new WireServer((request, out) -> {
                    WireServer.raw(Objects.requireNonNull(part.get())).to(request, out);
                    out.flush();
                    throw new IOException("close the connection");
                });
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings(server.url(), Duration.ofSeconds(10), 0))) {
            List<String> successes = new ArrayList<>();
            for (int length = 0; length < response.length(); length++) {
                part.set(response.substring(0, length));
                try {
                    Futures.await(operation.apply(client));
                    successes.add(part.get());
                } catch (PushgatewayException e) {
                    assertThat(e).hasMessageStartingWith(name).hasMessageContaining("broke");
                }
            }
            assertThat(successes).isEmpty();
            part.set(response);
            Futures.await(operation.apply(client));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nstored",
                "HTTP/1.0 200 OK\r\n\r\nstored",
                "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
            })
    void responseThatEndsWithTheConnectionIsComplete(String response) throws Exception {
        try (WireServer server = new WireServer((request, out) -> {
                    WireServer.raw(response).to(request, out);
                    out.flush();
                    throw new IOException("close the connection");
                });
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            assertThat(Futures.await(client.send(Pushes.push("x", 1))).statusCode())
                    .isBetween(200, 204);
        }
    }
}
