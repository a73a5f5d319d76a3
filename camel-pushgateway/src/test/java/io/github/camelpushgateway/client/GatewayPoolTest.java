package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.Distribution;
import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.Pushes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The distribution of requests over gateways, and the combination of their outcomes. A handler responds in place of the
 * gateways.
 */
class GatewayPoolTest {

    private static final PushRequest PUSH = Pushes.push("rows", 1);

    private final PushStatistics statistics = new PushStatistics();
    private final SharedClients clients = new SharedClients(Runnable::run);
    private final Map<String, CompletableFuture<GatewayResponse>> responses = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<String> requested = new ConcurrentSkipListSet<>();

    @AfterEach
    void close() {
        clients.close();
    }

    private GatewayPool gateways(Distribution distribution, String... urls) {
        return gateways(distribution, 0, urls);
    }

    private GatewayPool gateways(Distribution distribution, int maxRetries, String... urls) {
        List<ClientSettings> settings = Arrays.stream(urls)
                .map(url -> Pushes.settings(
                        url, Duration.ofSeconds(30), maxRetries, (request, next) -> respond(url, request)))
                .toList();
        return new GatewayPool(settings, distribution, clients, statistics);
    }

    private GatewayResponse respond(String url, GatewayRequest request) throws IOException {
        requested.add(GatewayUrl.parse(url).identity());
        try {
            return response(url).get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw new IOException(failure.getMessage() + " of " + request.method(), failure);
            }
            throw new IllegalArgumentException(e.getCause());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private CompletableFuture<GatewayResponse> response(String url) {
        return responses.computeIfAbsent(url, any -> new CompletableFuture<>());
    }

    private static GatewayResponse refusal(int status, String text) {
        return new GatewayResponse(status, new TreeMap<>(), text);
    }

    private static PushResponse success(CompletionStage<PushResponse> outcome) throws Exception {
        return outcome.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static PushgatewayException failure(CompletionStage<PushResponse> outcome) throws Exception {
        try {
            throw new AssertionError(success(outcome));
        } catch (ExecutionException e) {
            return (PushgatewayException) Objects.requireNonNull(e.getCause());
        }
    }

    @Test
    void singleGatewayDeterminesTheOutcome() throws Exception {
        response("http://a:9091").complete(refusal(503, "no"));
        for (Distribution distribution : Distribution.values()) {
            GatewayPool one = gateways(distribution, "http://a:9091");

            assertThat(failure(one.send(PUSH, false)))
                    .hasMessageStartingWith(
                            "push of the group {job=\"batch A\",region=\"eu\"} to http://a:9091 failed: ");
            assertThat(failure(one.ready())).hasMessageStartingWith("health check at http://a:9091 failed: ");
        }
    }

    @Test
    void groupIsAlwaysSentToTheSameShard() throws Exception {
        List<String> urls = List.of("http://a:9091", "http://b:9091", "c:9091/x/");
        for (List<String> listed : List.of(urls, List.of("HTTP://C:9091/x", "b:9091", "http://A:9091/"))) {
            listed.forEach(url -> response(url).complete(GatewayResponse.of(200)));

            success(gateways(Distribution.SHARD, listed.toArray(String[]::new)).send(PUSH, false));
        }

        assertThat(requested).hasSize(1);
    }

    @Test
    void mirroredPushSucceedsWhenAllGatewaysHaveAcceptedIt() throws Exception {
        CompletionStage<PushResponse> outcome =
                gateways(Distribution.MIRROR, "http://a:9091", "http://b:9091").send(PUSH, false);
        await().until(() -> requested.size() == 2);

        response("http://b:9091").complete(GatewayResponse.of(202));
        assertThat(outcome.toCompletableFuture()).isNotDone();
        response("http://a:9091").complete(GatewayResponse.of(200));

        assertThat(success(outcome)).isEqualTo(new PushResponse(200));
        assertThat(statistics.requested()).isEqualTo(1);
    }

    @Test
    void messageNamesEachMirrorThatFailed() throws Exception {
        CompletionStage<PushResponse> outcome = gateways(
                        Distribution.MIRROR, 2, "http://a:9091", "http://b:9091", "http://c:9091")
                .send(PUSH, false);

        response("http://c:9091").completeExceptionally(new IOException("broken"));
        response("http://a:9091").complete(GatewayResponse.of(200));
        assertThat(outcome.toCompletableFuture()).isNotDone();
        response("http://b:9091").complete(refusal(400, "no"));

        PushgatewayException failure = failure(outcome);
        assertThat(failure.getMessage())
                .startsWith("push of the group {job=\"batch A\",region=\"eu\"} succeeded on 1 of 3 gateways"
                        + "; on http://b:9091 it failed: ")
                .contains("400", "\"no\"")
                .contains("; on http://c:9091 it failed, tried 3 times: ")
                .contains("broken")
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
        urls.forEach(url -> response(url).complete(refusal(500, "x".repeat(100_000))));

        CompletionStage<PushResponse> outcome =
                gateways(Distribution.MIRROR, urls.toArray(String[]::new)).send(PUSH, false);

        assertThat(failure(outcome).getMessage())
                .hasSizeLessThan(20 * 600)
                .contains("0 of 20")
                .contains(urls);
    }

    @Test
    void pushRejectedForAllMirrorsIsCountedAsRejected() throws Exception {
        List<String> urls = List.of("http://a:9091", "http://b:9091");
        urls.forEach(url -> response(url).completeExceptionally(new IllegalStateException("it is not legal")));

        CompletionStage<PushResponse> outcome =
                gateways(Distribution.MIRROR, urls.toArray(String[]::new)).send(PUSH, false);

        assertThat(failure(outcome)).hasMessageContaining("on http://b:9091 it was rejected before it was sent");
        assertThat(statistics.rejected()).isEqualTo(1);
        assertThat(statistics.failed()).isZero();
    }

    @Test
    void pushAfterComponentIsStoppedFails() throws Exception {
        GatewayPool gateways = gateways(Distribution.MIRROR, "http://a:9091", "http://b:9091");
        clients.close();

        assertThat(failure(gateways.send(PUSH, false)))
                .hasMessageContaining(
                        "succeeded on 0 of 2 gateways; on http://a:9091 it was not sent, because the component")
                .hasMessageContaining("on http://b:9091 it was not sent");
        assertThat(statistics.inFlight()).isZero();
    }

    @Test
    void healthCheckNamesTheGatewayThatIsNotReady() throws Exception {
        CompletionStage<PushResponse> outcome =
                gateways(Distribution.SHARD, "http://a:9091", "http://b:9091").ready();
        response("http://a:9091").complete(GatewayResponse.of(200));
        response("http://b:9091").complete(GatewayResponse.of(503));

        assertThat(failure(outcome))
                .hasMessageStartingWith("health check succeeded on 1 of 2 gateways; on http://b:9091 it failed: ")
                .hasMessageContaining("503");
    }
}
