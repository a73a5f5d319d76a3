package io.github.camelpushgateway.client.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GroupMetric;
import io.github.camelpushgateway.api.GroupSample;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.client.Futures;
import io.github.camelpushgateway.client.PushgatewayClient;
import io.github.camelpushgateway.client.transport.MalformedResponseException;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.WireServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid and invalid responses of a gateway to a query of its groups. */
class GroupReaderTest {

    private static final String EMPTY = "{\"status\":\"success\",\"data\":[]}";
    private static final String ONE = """
            {"status":"success","data":[{"labels":{"job":"a","instance":""},"last_push_successful":true,
            "rows":{"time_stamp":"x","type":"GAUGE","metrics":[{"labels":{"instance":"","job":"a"},"value":"1.58e+09"}]},
            "push_time_seconds":{"type":"GAUGE","metrics":[{"labels":{"job":"a"},"value":"1.7955327e+09"}]},
            "push_failure_time_seconds":{"type":"GAUGE","metrics":[{"labels":{"job":"a"},"value":"0"}]}}]}""";

    private static WireServer.Response ok(String headers, String body) {
        return WireServer.raw("HTTP/1.1 200 OK\r\n" + headers + "Content-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    private static List<GatewayGroup> groups(WireServer server, int retries, PushgatewayHandler... handlers)
            throws Exception {
        try (PushgatewayClient client =
                new PushgatewayClient(Pushes.settings(server.url(), Duration.ofSeconds(5), retries, handlers))) {
            return Futures.await(client.groups(Optional::of));
        }
    }

    private static AbstractThrowableAssert<?, ?> assertFails(
            WireServer server, int retries, PushgatewayHandler... handlers) {
        return assertThatThrownBy(() -> groups(server, retries, handlers)).isInstanceOf(PushgatewayException.class);
    }

    @Test
    void ageUsesTheClockOfTheGateway() throws Exception {
        String date = "Date: Tue, 24 Nov 2026 15:06:00 GMT\r\n"; // 1795532760
        try (WireServer server = new WireServer(ok(date, ONE))) {
            assertThat(groups(server, 0))
                    .containsExactly(new GatewayGroup(
                            server.url(),
                            new TreeMap<>(Map.of("job", "a", "instance", "")),
                            List.of(new GroupMetric(
                                    "rows", "gauge", "", List.of(new GroupSample("rows", Map.of(), 1.58e9)))),
                            1.7955327e9,
                            null,
                            60));
            assertThat(server.requests().get(0).method()).isEqualTo("GET");
            assertThat(server.requests().get(0).path()).isEqualTo("/api/v1/metrics");
        }
        try (WireServer server = new WireServer(ok("", ONE))) {
            double age = System.currentTimeMillis() / 1e3 - 1.7955327e9;
            assertThat(groups(server, 0).get(0).age()).isCloseTo(Math.max(0, age), within(30.0));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                EMPTY,
                "{\"status\":\"success\",\"data\":null}",
                "{\"data\":[],\"more\":{\"a\":[1,{}]},\"status\":\"success\"}"
            })
    void gatewayWithoutGroupsReturnsNone(String body) throws Exception {
        try (WireServer server = new WireServer(ok("", body))) {
            assertThat(groups(server, 0)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>Welcome to nginx</html>",
                "",
                "[]",
                "{}",
                "\"data\"",
                "{\"data\":[]}",
                "{\"status\":\"success\"}",
                "{\"status\":\"partial\",\"data\":[]}",
                "{\"status\":null,\"data\":[]}",
                EMPTY + EMPTY,
                "{\"status\":\"success\",\"data\":{}}",
                "{\"status\":\"success\",\"data\":[1]}",
                "{\"status\":\"success\",\"data\":[{}]}",
                "{\"status\":\"success\",\"data\":[{\"labels\":{}}]}",
                "{\"status\":\"success\",\"data\":[{\"labels\":{\"job\":\"\"}}]}",
                "{\"status\":\"success\",\"data\":[{\"labels\":{\"job\":{}}}]}",
                "{\"status\":\"success\",\"data\":[{\"labels\":{\"job\":\"a\"},\"x\":{\"metrics\":[{\"value\":\"a\"}]}}]}",
                "{\"status\":\"success\",\"data\":[{\"labels\":{\"job\":\"a\"},\"x\":{\"metrics\":[{\"labels\":1}]}}]}"
            })
    void invalidResponseIsReportedAndNotRetried(String body) throws Exception {
        try (WireServer server = new WireServer(ok("", body))) {
            assertFails(server, 2)
                    .hasMessage(
                            "groups at " + server.url() + " failed: the response is not that of a Pushgateway; check"
                                    + " the option url and its path prefix, and that a Pushgateway 1.2 or later listens there:"
                                    + " other receivers have no query API, which accumulate, groups, sweep, status and the"
                                    + " consumer need");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"error\",\"errorType\":\"internal\",\"error\":\"disk full\"}",
                "{\"status\":\"error\",\"data\":[],\"errorType\":\"internal\",\"error\":\"disk full\"}",
                "{\"data\":[],\"error\":\"internal disk full\",\"status\":\"error\"}",
                "{\"data\":null,\"error\":\"internal\\ndisk full\",\"status\":\"error\"}",
                "{\"status\":\"error\",\"data\":{\"a\":1},\"error\":\"internal disk full\"}"
            })
    void errorOfTheGatewayIsReported(String body) throws Exception {
        try (WireServer server = new WireServer(ok("", body))) {
            assertFails(server, 2)
                    .hasMessage("groups at " + server.url()
                            + " failed: it reported an error: \"internal disk full\"; see the log of the gateway, or"
                            + " of the proxy in front of it");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void textOfErrorIsLimited() throws Exception {
        String body = "{\"status\":\"error\",\"error\":\"" + "x".repeat(100_000) + "\"}";
        try (WireServer server = new WireServer(ok("", body))) {
            assertFails(server, 0)
                    .satisfies(failure ->
                            assertThat(failure.getMessage()).contains("xxx...").hasSizeLessThan(2_000));
        }
    }

    @Test
    void errorOfStatusIsReported() throws Exception {
        String body = "{\"status\":\"error\",\"data\":{},\"error\":\"disk full\"}";
        try (WireServer server = new WireServer(ok("", body));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            assertThatThrownBy(() -> Futures.await(client.status()))
                    .isInstanceOf(PushgatewayException.class)
                    .hasMessageContaining("disk full");
        }
    }

    @Test
    void tooManyGroupsFailWithAdvice() throws Exception {
        String group = ",{\"labels\":{\"job\":\"a\"}}";
        String body = "{\"status\":\"success\",\"data\":["
                + group.repeat(GroupReader.MAX_GROUPS + 1).substring(1) + "]}";
        try (WireServer server = new WireServer(ok("", body));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            assertThatThrownBy(() -> Futures.await(client.groups(Optional::of)))
                    .isInstanceOf(PushgatewayException.class)
                    .hasMessageContainingAll("more than 100000", "select fewer", "staleAfter");
            // groups that are not selected use no memory
            assertThat(Futures.await(client.groups(any -> Optional.empty()))).isEmpty();
        }
    }

    @Test
    void incompleteResponseIsRetriedFromTheBeginning() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        WireServer.Response half = (request, out) -> {
            if (requests.incrementAndGet() == 1) {
                String body = ONE.substring(0, ONE.length() - 2) + ',' + "{\"labels\"";
                WireServer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n")
                        .to(request, out);
                out.flush();
                throw new IllegalStateException("the connection ends here");
            }
            ok("", ONE).to(request, out);
        };
        try (WireServer server = new WireServer(half)) {
            assertThat(groups(server, 2)).hasSize(1);
            assertThat(requests).hasValue(2);
        }
    }

    @Test
    void tricklingResponseTimesOut() throws Exception {
        WireServer.Response trickle = (request, out) -> {
            WireServer.raw("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{\"status\":")
                    .to(request, out);
            for (int i = 0; i < 1_000_000; i++) {
                out.write(' ');
                out.flush();
                LockSupport.parkNanos(1_000_000);
            }
        };
        try (WireServer server = new WireServer(trickle);
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings(server.url(), Duration.ofMillis(300), 0))) {
            assertThatThrownBy(() -> Futures.await(client.groups(Optional::of)))
                    .hasMessageContaining("no complete response was received within 300 ms");
        }
    }

    @Test
    void missingApiIsReported() throws Exception {
        try (WireServer server = new WireServer(WireServer.status(404, "not found"))) {
            assertFails(server, 2)
                    .hasMessage("groups at " + server.url() + " failed: it responded with 404: \"not found\"; it has no"
                            + " query API, which only a Pushgateway from 1.2 on has, so check the option url and its"
                            + " path prefix");
        }
    }

    @Test
    void responseOfHandlerWithoutBodyIsReported() throws Exception {
        try (WireServer server = new WireServer(ok("", ONE))) {
            assertFails(server, 0, (request, next) -> GatewayResponse.of(200))
                    .hasMessageContaining("the option handler returned its own response without a body, so there is"
                            + " nothing to read");
        }
    }

    @Test
    void handlerCanRespondToAQueryItself() throws Exception {
        PushgatewayHandler responding = (request, next) -> new GatewayResponse(200, Map.of(), ONE);
        try (PushgatewayClient client = new PushgatewayClient(Pushes.settings("http://127.0.0.1:1", responding))) {
            assertThat(Futures.await(client.groups(Optional::of))).hasSize(1);
        }
    }

    @Test
    void longResponseOfHandlerIsReadCompletely() throws Exception {
        String json = ONE.replace("{\"status\"", " ".repeat(100_000) + "{\"status\"");
        PushgatewayHandler responding = (request, next) -> new GatewayResponse(200, Map.of(), json);
        try (PushgatewayClient client = new PushgatewayClient(Pushes.settings("http://127.0.0.1:1", responding))) {
            assertThat(Futures.await(client.groups(Optional::of))).hasSize(1);
        }
    }

    @Test
    void handlerCanRespondToStatusItself() throws Exception {
        String json = "{\"status\":\"success\",\"data\":{\"build_information\":{\"version\":\"1.11.2\"}}}";
        PushgatewayHandler responding = (request, next) -> new GatewayResponse(200, Map.of(), json);
        try (PushgatewayClient client = new PushgatewayClient(Pushes.settings("http://127.0.0.1:1", responding))) {
            assertThat(Futures.await(client.status())).containsEntry("build_information", Map.of("version", "1.11.2"));
        }
    }

    @Test
    void invalidResponseOfHandlerIsAFailure() throws Exception {
        PushgatewayHandler responding = (request, next) -> new GatewayResponse(200, Map.of(), "no JSON");
        try (PushgatewayClient client = new PushgatewayClient(Pushes.settings("http://127.0.0.1:1", responding))) {
            assertThatThrownBy(() -> Futures.await(client.groups(Optional::of)))
                    .isInstanceOf(PushgatewayException.class)
                    .hasCauseInstanceOf(MalformedResponseException.class);
        }
    }

    @Test
    void connectionIsReused() throws Exception {
        try (WireServer server = new WireServer(ok("", ONE));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            for (int i = 0; i < 5; i++) {
                Futures.await(client.groups(Optional::of));
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }
}
