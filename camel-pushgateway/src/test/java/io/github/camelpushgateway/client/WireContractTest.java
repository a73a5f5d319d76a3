package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServer.Request;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The wire contract of each operation: method, raw path, headers and body. */
class WireContractTest {

    private static final String GROUP = "/metrics/job@base64/YmF0Y2ggQQ==/region/eu";

    static Stream<Arguments> operations() {
        MetricsBuilder two = new MetricsBuilder(Map.of("quote", "a\"\\\nb"));
        two.metric("rows", MetricType.GAUGE, "A \\ help\ntext.", 1.5e10);
        two.metric("errors", MetricType.COUNTER, null, Double.POSITIVE_INFINITY);
        return Stream.of(
                Arguments.of(Pushes.push("x", 1), "PUT", "# TYPE x gauge\nx 1.0\n"),
                Arguments.of(Pushes.pushadd("x", Double.NaN), "POST", "# TYPE x gauge\nx NaN\n"),
                Arguments.of(new PushRequest(PushOperation.PUSHADD, Pushes.KEY, two.build()), "POST", """
                        # TYPE errors_total counter
                        errors_total{quote="a\\"\\\\\\nb"} +Inf
                        # HELP rows A \\\\ help\\ntext.
                        # TYPE rows gauge
                        rows{quote="a\\"\\\\\\nb"} 1.5E10
                        """),
                Arguments.of(new PushRequest(PushOperation.PUSH, Pushes.KEY, MetricSnapshots.of()), "PUT", ""));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void pushHasMethodPathTypeAndText(PushRequest request, String method, String body) throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url() + "/a/../prefix/"))) {
            PushResponse response = client.send(request).toCompletableFuture().get();

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(server.requests()).hasSize(1);
            Request sent = server.requests().get(0);
            assertThat(sent.method()).isEqualTo(method);
            assertThat(sent.path()).isEqualTo("/a/../prefix" + GROUP);
            assertThat(sent.text()).isEqualTo(body);
            assertThat(sent.headers())
                    .containsEntry("content-type", "text/plain; version=0.0.4; charset=utf-8")
                    .containsEntry("content-length", String.valueOf(sent.body().length))
                    .containsEntry("user-agent", "camel-pushgateway")
                    .containsEntry("host", server.url().substring("http://".length()))
                    .doesNotContainKeys("content-encoding", "transfer-encoding", "authorization", "expect");
        }
    }

    @Test
    void deleteHasOnlyMethodAndPath() throws Exception {
        try (WireServer server = new WireServer(WireServer.status(202, ""));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            PushResponse response = client.send(PushRequest.delete(Pushes.KEY))
                    .toCompletableFuture()
                    .get();

            assertThat(response.statusCode()).isEqualTo(202);
            Request sent = server.requests().get(0);
            assertThat(sent.method()).isEqualTo("DELETE");
            assertThat(sent.path()).isEqualTo(GROUP);
            assertThat(sent.body()).isEmpty();
            assertThat(sent.headers()).doesNotContainKeys("content-type", "content-encoding", "content-length");
        }
    }

    static Stream<Arguments> deletions() {
        return Stream.<Function<PushgatewayClient, CompletionStage<PushResponse>>>of(
                        client -> client.send(PushRequest.delete(Pushes.KEY)), PushgatewayClient::wipe)
                .flatMap(deletion -> Stream.of(200, 201, 204).map(status -> Arguments.of(deletion, status)));
    }

    /** As VictoriaMetrics responds, which deletes nothing. */
    @ParameterizedTest(name = "{index}")
    @MethodSource("deletions")
    void deletionSucceedsOnlyWith202(Function<PushgatewayClient, CompletionStage<PushResponse>> deletion, int status)
            throws Exception {
        try (WireServer server =
                        new WireServer(WireServer.raw("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n"));
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings(server.url(), Duration.ofSeconds(10), 2))) {
            assertThat(deletion.apply(client).toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(PushgatewayException.class, failure -> {
                        assertThat(failure.getStatusCode()).isEqualTo(status);
                        assertThat(failure.getAttempts()).isEqualTo(1);
                    })
                    .withMessageContaining("it responded with " + status + ", but a Pushgateway responds with 202")
                    .withMessageContaining("probably has deleted nothing");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("successes")
    void anyStatusFrom200To299IsASuccess(int status) throws Exception {
        try (WireServer server =
                        new WireServer(WireServer.raw("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n"));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            assertThat(client.send(Pushes.push("x", 1))
                            .toCompletableFuture()
                            .get()
                            .statusCode())
                    .isEqualTo(status);
        }
    }

    static Stream<Integer> successes() {
        return Stream.of(200, 201, 202, 204, 299);
    }

    @Test
    void connectionsAreReused() throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, "some text"));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            for (int i = 0; i < 20; i++) {
                client.send(Pushes.push("x", i)).toCompletableFuture().get();
            }

            assertThat(server.requests()).hasSize(20);
            assertThat(server.connections()).isEqualTo(1);
        }
    }
}
