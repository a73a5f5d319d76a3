package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.Distribution;
import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupFilter;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.http.FailureMessages;
import io.github.camelpushgateway.client.http.RequestDescription;
import io.github.camelpushgateway.testing.Pushes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The distribution of requests over gateways, and the combination of their outcomes. The test completes the requests
 * itself.
 */
class GatewaysTest {

    private static final PushRequest PUSH = Pushes.push("rows", 1);

    private final Map<String, CompletableFuture<PushResponse>> sent = new LinkedHashMap<>();

    private Gateways gateways(Distribution distribution, String... urls) {
        return new Gateways(Arrays.stream(urls).map(url -> Pushes.settings(url)).toList(), distribution);
    }

    private CompletableFuture<PushResponse> send(Gateways gateways) {
        return gateways.send(PUSH, this::recordSend).toCompletableFuture();
    }

    private CompletableFuture<PushResponse> recordSend(ClientSettings gateway) {
        CompletableFuture<PushResponse> response = new CompletableFuture<>();
        sent.put(gateway.url().toString(), response);
        return response;
    }

    private CompletableFuture<PushResponse> response(String url) {
        return Objects.requireNonNull(sent.get(url));
    }

    private static PushgatewayException refusal(String url, int status, String text) {
        return FailureMessages.refused(
                RequestDescription.of(PUSH, GatewayUrl.parse(url)),
                1,
                new GatewayResponse(status, new TreeMap<>(), text));
    }

    private static PushgatewayException noResponse(String url, int attempts) {
        return FailureMessages.withoutResponse(
                RequestDescription.of(PUSH, GatewayUrl.parse(url)), attempts, new IOException("broken"));
    }

    private static PushgatewayException failure(CompletableFuture<PushResponse> outcome) throws InterruptedException {
        try {
            throw new AssertionError(outcome.get());
        } catch (ExecutionException e) {
            return (PushgatewayException) Objects.requireNonNull(e.getCause());
        }
    }

    @Test
    void singleGatewayReceivesTheRequestDirectly() {
        for (Distribution distribution : Distribution.values()) {
            Gateways one = gateways(distribution, "http://a:9091");

            assertThat(send(one)).isSameAs(response("http://a:9091"));
            assertThat(one.all("health check", this::recordSend)).isSameAs(response("http://a:9091"));
        }
    }

    @Test
    void shardReceivesAllPushesOfAGroup() {
        List<String> urls = List.of("http://a:9091", "http://b:9091", "c:9091/x/");
        for (List<String> listed : List.of(urls, List.of("HTTP://C:9091/x", "b:9091", "http://A:9091/"))) {
            assertThat(send(gateways(Distribution.SHARD, listed.toArray(String[]::new))))
                    .isNotDone();
        }

        assertThat(sent.keySet()).hasSizeLessThanOrEqualTo(2);
        assertThat(sent.keySet().stream()
                        .map(url -> GatewayUrl.parse(url).identity())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void allMirrorsReceiveThePushAndAreAwaited() {
        CompletableFuture<PushResponse> outcome = send(gateways(Distribution.MIRROR, "http://a:9091", "http://b:9091"));
        assertThat(sent).containsOnlyKeys("http://a:9091", "http://b:9091");

        response("http://b:9091").complete(new PushResponse(202));
        assertThat(outcome).isNotDone();
        response("http://a:9091").complete(new PushResponse(200));

        assertThat(outcome).isCompletedWithValue(new PushResponse(200));
    }

    @Test
    void messageNamesEachMirrorThatFailed() throws Exception {
        CompletableFuture<PushResponse> outcome =
                send(gateways(Distribution.MIRROR, "http://a:9091", "http://b:9091", "http://c:9091"));

        response("http://c:9091").completeExceptionally(noResponse("http://c:9091", 3));
        response("http://a:9091").complete(new PushResponse(200));
        assertThat(outcome).isNotDone();
        response("http://b:9091").completeExceptionally(refusal("http://b:9091", 400, "no"));

        PushgatewayException failure = failure(outcome);
        assertThat(failure.getMessage())
                .startsWith("push of the group {job=\"batch A\",region=\"eu\"} succeeded on 1 of 3 gateways"
                        + "; on http://b:9091 it failed: it responded with 400: \"no\"; ")
                .contains("; on http://c:9091 it failed, tried 3 times: the connection broke")
                .doesNotContain("http://a:9091");
        assertThat(failure.getOperation()).isEqualTo("push");
        assertThat(failure.getGroup()).isEqualTo(PUSH.groupingKey().toString());
        assertThat(failure.getStatusCode()).isEqualTo(400);
        assertThat(failure.getResponseBody()).isEqualTo("no");
        assertThat(failure.getAttempts()).isEqualTo(1);
        assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(
                        PushgatewayException.class,
                        other -> assertThat(other.getAttempts()).isEqualTo(3));
    }

    @Test
    void messageOfManyFailuresIsLimited() throws Exception {
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            urls.add("http://gateway-" + i);
        }
        CompletableFuture<PushResponse> outcome = send(gateways(Distribution.MIRROR, urls.toArray(String[]::new)));
        urls.forEach(url -> response(url).completeExceptionally(refusal(url, 500, "x".repeat(100_000))));

        assertThat(failure(outcome).getMessage())
                .hasSizeLessThan(20 * 600)
                .contains("0 of 20")
                .contains(urls);
    }

    @Test
    void pushRejectedForAllMirrorsIsCountedAsRejected() throws Exception {
        PushStatistics statistics = new PushStatistics();
        CompletableFuture<PushResponse> outcome = statistics
                .follow(
                        PUSH,
                        push -> gateways(Distribution.MIRROR, "http://a:9091", "http://b:9091")
                                .send(
                                        PUSH,
                                        gateway -> CompletableFuture.failedFuture(PushgatewayException.rejected(
                                                "push", "{}", new IllegalArgumentException("it is not legal")))))
                .toCompletableFuture();

        assertThat(failure(outcome)).hasMessageContaining("on http://b:9091 it was rejected before it was sent");
        assertThat(statistics.rejected()).isEqualTo(1);
        assertThat(statistics.failed()).isZero();
    }

    @Test
    void healthCheckQueriesAllGateways() throws Exception {
        CompletableFuture<PushResponse> outcome = gateways(Distribution.SHARD, "http://a:9091", "http://b:9091")
                .all("health check", this::recordSend)
                .toCompletableFuture();
        response("http://a:9091").complete(new PushResponse(200));
        GatewayUrl b = GatewayUrl.parse("http://b:9091");
        response("http://b:9091")
                .completeExceptionally(FailureMessages.refused(
                        new RequestDescription("health check", null, b), 1, GatewayResponse.of(503)));

        assertThat(failure(outcome))
                .hasMessageStartingWith(
                        "health check succeeded on 1 of 2 gateways; on http://b:9091 it failed: it responded with 503");
    }

    private static GatewayGroup group(String gateway, double lastPush, double age) {
        return new GatewayGroup(gateway, new TreeMap<>(Map.of("job", "a")), List.of(), lastPush, null, age);
    }

    private List<GatewayGroup> mirrored(String staleAfter, GatewayGroup... groups) throws Exception {
        Iterator<GatewayGroup> each = List.of(groups).iterator();
        return gateways(Distribution.MIRROR, "http://a:1", "http://b:1")
                .groups(
                        GroupFilter.of("*", Map.of(), Duration.parse(staleAfter)),
                        UnaryOperator.identity(),
                        (settings, keep) -> CompletableFuture.completedFuture(
                                keep.choice().apply(each.next()).stream().toList()))
                .toCompletableFuture()
                .get();
    }

    /** The Date header has a resolution of seconds, and mirrors are not queried at the same moment. */
    @Test
    void selectionOfYoungestCopyDoesNotDependOnTimeOfQuery() throws Exception {
        for (double[] ages : new double[][] {{11, 11}, {12, 11}, {11, 12}}) {
            GatewayGroup one = mirrored("PT10S", group("a", 100.001, ages[0]), group("b", 100.002, ages[1]))
                    .get(0);

            assertThat(one.gateway()).isEqualTo("b");
            assertThat(one.age()).isEqualTo(11);
        }
        assertThat(mirrored("PT10S", group("a", 3600.001, 9), group("b", 7200.002, 11)))
                .as("the last push reached the mirror whose clock is an hour behind")
                .isEmpty();
    }
}
