package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.WireServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * At most {@code maxPending} requests are pending for a gateway that does not respond. Further ones fail immediately.
 */
class MaxPendingTest {

    private static final int MAX = 10;

    private final CountDownLatch responds = new CountDownLatch(1);
    private final PushStatistics statistics = new PushStatistics();
    private WireServer server;

    @BeforeEach
    void start() throws Exception {
        server = new WireServer((request, out) -> {
            responds.await();
            WireServer.status(200, "").to(request, out);
        });
    }

    @AfterEach
    void stop() throws Exception {
        responds.countDown();
        server.close();
    }

    private PushgatewayClient client(Duration requestTimeout) {
        return new PushgatewayClient(Pushes.withMaxPending(Pushes.settings(server.url(), requestTimeout, 0), MAX));
    }

    private CompletableFuture<PushResponse> push(PushgatewayClient client, String job) {
        PushRequest request =
                new PushRequest(PushOperation.PUSHADD, GroupingKey.of(job, Map.of()), Pushes.gauge("rows", 1));
        return Pushes.send(client, request, statistics).toCompletableFuture();
    }

    private List<CompletableFuture<PushResponse>> pushToGroups(PushgatewayClient client, int groups) {
        List<CompletableFuture<PushResponse>> pushes = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            pushes.add(push(client, "load-" + i));
        }
        return pushes;
    }

    private static void assertRejected(CompletableFuture<?> outcome, String operation, String group) {
        assertThat(outcome)
                .isCompletedExceptionally()
                .failsWithin(0, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(PushgatewayException.class, failure -> {
                    assertThat(failure.getOperation()).isEqualTo(operation);
                    assertThat(failure.getGroup()).isEqualTo(group);
                    assertThat(failure.getAttempts()).isZero();
                    assertThat(failure.getStatusCode()).isZero();
                    assertThat(failure)
                            .hasMessageStartingWith(group.isEmpty() ? operation : operation + " of the group " + group)
                            .hasMessageContainingAll("was not sent", "10 requests", "maxPending", "check it");
                });
    }

    @Test
    void pushesAboveTheMaximumFailImmediatelyUntilTheGatewayResponds() {
        try (PushgatewayClient client = client(Duration.ofSeconds(30))) {
            List<CompletableFuture<PushResponse>> pushes = pushToGroups(client, 1_000);

            assertThat(pushes.subList(0, MAX)).noneMatch(CompletableFuture::isDone);
            for (int i = MAX; i < pushes.size(); i++) {
                assertRejected(pushes.get(i), "pushadd", "{job=\"load-" + i + "\"}");
            }
            assertThat(statistics.requested()).isEqualTo(1_000);
            assertThat(statistics.inFlight()).isEqualTo(MAX);
            assertThat(statistics.failed()).isEqualTo(990);
            assertThat(statistics.rejected()).isZero();
            assertThat(statistics.lastError())
                    .satisfies(error -> assertThat(error.sentence()).contains("load-999", "maxPending"));

            responds.countDown();

            assertThat(pushes.subList(0, MAX))
                    .allSatisfy(push -> assertThat(push).succeedsWithin(10, TimeUnit.SECONDS));
            assertThat(pushToGroups(client, MAX))
                    .allSatisfy(push -> assertThat(push).succeedsWithin(10, TimeUnit.SECONDS));
            assertThat(statistics.failed()).isEqualTo(990);
            assertThat(statistics.inFlight()).isZero();
        }
    }

    @Test
    void pushesAreAcceptedAgainAfterTheTimeout() {
        try (PushgatewayClient client = client(Duration.ofMillis(200))) {
            List<CompletableFuture<PushResponse>> pushes = pushToGroups(client, 2 * MAX);
            assertThat(pushes).filteredOn(CompletableFuture::isDone).hasSize(MAX);

            await().until(() -> pushes.stream().allMatch(CompletableFuture::isDone));
            assertThat(statistics.inFlight()).isZero();
            responds.countDown();

            await().untilAsserted(() -> assertThat(pushToGroups(client, MAX))
                    .allSatisfy(push -> assertThat(push).succeedsWithin(10, TimeUnit.SECONDS)));
        }
    }

    @Test
    void eachCoalescedPushCounts() {
        try (PushgatewayClient client = client(Duration.ofSeconds(30))) {
            List<CompletableFuture<PushResponse>> pushes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                pushes.add(push(client, "load"));
            }

            assertThat(pushes.subList(0, MAX)).noneMatch(CompletableFuture::isDone);
            pushes.subList(MAX, 100).forEach(push -> assertRejected(push, "pushadd", "{job=\"load\"}"));
            responds.countDown();

            assertThat(pushes.subList(0, MAX))
                    .allSatisfy(push -> assertThat(push).succeedsWithin(10, TimeUnit.SECONDS));
            assertThat(server.requests()).hasSize(2);
            assertThat(statistics.pushesCoalesced()).isEqualTo(9);
        }
    }

    interface Request {
        CompletionStage<?> begin(PushgatewayClient client);
    }

    static Stream<Arguments> others() {
        return Stream.of(
                request("health check", PushgatewayClient::ready),
                request("wipe", PushgatewayClient::wipe),
                request("status", PushgatewayClient::status),
                request("groups", client -> client.groups(group -> Optional.of(group))));
    }

    private static Arguments request(String operation, Request request) {
        return Arguments.of(operation, request);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void otherRequestsCountAsWell(String operation, Request request) {
        try (PushgatewayClient client = client(Duration.ofSeconds(30))) {
            List<CompletableFuture<?>> pending = new ArrayList<>();
            for (int i = 0; i < MAX; i++) {
                pending.add(request.begin(client).toCompletableFuture());
            }
            assertThat(pending).noneMatch(CompletableFuture::isDone);

            assertRejected(request.begin(client).toCompletableFuture(), operation, "");
            assertRejected(push(client, "load"), "pushadd", "{job=\"load\"}");
        }
    }

    /** Pending requests fail when the client is closed. */
    @Test
    void closedClientHasNoPendingRequests() {
        PushgatewayClient client = client(Duration.ofSeconds(30));
        List<CompletableFuture<PushResponse>> pushes = pushToGroups(client, 2 * MAX);

        client.close();

        await().untilAsserted(() -> assertThat(pushes).allMatch(CompletableFuture::isDone));
        assertThat(statistics.inFlight()).isZero();
        assertThat(push(client, "late"))
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .withMessageContaining("closed");
    }
}
