package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.http.RequestListener;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.WireServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The check that a gateway allows UTF-8 names, with servers that are not such a gateway. */
class Utf8CheckTest {

    private static final String STATUS = "GET /api/v1/status";
    private static final String PUSH = "PUT /metrics/job/a/U__b_2e_c/d";

    private static final String WITH_FLAG =
            "{\"status\":\"success\",\"data\":{\"flags\":{\"push.enable-utf8-names\":\"true\"}}}";
    private static final String WITHOUT_FLAG =
            "{\"status\":\"success\",\"data\":{\"flags\":{\"push.enable-utf8-names\":\"false\"}}}";

    private static PushRequest request() {
        return new PushRequest(
                PushOperation.PUSH, GroupingKey.of("a", Map.of("U__b_2e_c", "d")), Pushes.gauge("rows", 1));
    }

    private static WireServer server(int status, String body) throws Exception {
        return new WireServer((request, out) -> WireServer.status(
                        request.path().startsWith("/api/") ? status : 200,
                        request.path().startsWith("/api/") ? body : "")
                .to(request, out));
    }

    private static PushgatewayClient client(WireServer server, Format format) {
        return new PushgatewayClient(Pushes.withUtf8Names(Pushes.settings(server.url(), format, Compression.NONE)));
    }

    private static List<String> requests(WireServer server) {
        return server.requests().stream()
                .map(request -> request.method() + ' ' + request.path())
                .toList();
    }

    @Test
    void flagsAreReadOnce() throws Exception {
        for (Format format : Format.values()) {
            try (WireServer server = server(200, WITH_FLAG);
                    PushgatewayClient client = client(server, format)) {
                client.send(request()).toCompletableFuture().join();
                client.send(request()).toCompletableFuture().join();
                client.sendUnordered(request(), RequestListener.NONE, execution -> {})
                        .toCompletableFuture()
                        .join();

                assertThat(requests(server)).containsExactly(STATUS, PUSH, PUSH, PUSH);
            }
        }
    }

    @Test
    void nothingIsSentWithoutTheFlag() throws Exception {
        try (WireServer server = server(200, WITHOUT_FLAG);
                PushgatewayClient client = client(server, Format.TEXT)) {
            assertThatThrownBy(
                            () -> client.send(request()).toCompletableFuture().join())
                    .cause()
                    .isInstanceOf(PushgatewayException.class)
                    .hasMessageContaining("was not sent: the gateway does not allow UTF-8 names");
            assertThatThrownBy(() -> client.sendUnordered(request(), RequestListener.NONE, execution -> {})
                            .toCompletableFuture()
                            .join())
                    .cause()
                    .isInstanceOf(PushgatewayException.class)
                    .hasMessageContaining("--push.enable-utf8-names");

            assertThat(requests(server)).containsExactly(STATUS, STATUS);
            await().untilAsserted(() -> assertThat(client.isIdle()).isTrue());
        }
    }

    /** Other servers with the push API have no flags, and refuse names in the text format if they do not allow them. */
    @Test
    void onlyTextIsSentIfTheFlagsCannotBeRead() throws Exception {
        try (WireServer server = server(404, "");
                PushgatewayClient text = client(server, Format.TEXT);
                PushgatewayClient protobuf = client(server, Format.PROTOBUF)) {
            text.send(request()).toCompletableFuture().join();
            assertThatThrownBy(
                            () -> protobuf.send(request()).toCompletableFuture().join())
                    .cause()
                    .isInstanceOfSatisfying(PushgatewayException.class, failure -> {
                        assertThat(failure.getAttempts()).isZero();
                        assertThat(failure.getMessage()).contains("push of the group {job=\"a\"", "UTF-8 names", "404");
                    });

            assertThat(requests(server)).containsExactly(STATUS, PUSH, STATUS);
        }
    }

    @Test
    void flagsAreNotReadForClassicNames() throws Exception {
        try (WireServer server = server(404, "");
                PushgatewayClient client = client(server, Format.PROTOBUF)) {
            client.send(Pushes.push("rows", 1)).toCompletableFuture().join();

            assertThat(requests(server)).noneMatch(STATUS::equals).hasSize(1);
        }
    }
}
