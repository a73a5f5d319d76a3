package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.testing.Pushes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A gateway that is paused for longer than the request timeout, and resumed. It executes the requests received in the
 * meantime in any order, so it may execute the push that timed out after the next one.
 */
class StalledGatewayIT {

    private static final int ROUNDS = 5;
    private static final int CLIENTS = 5;

    /** The number of concurrent requests of one client. */
    private static final int GROUPS = 5;

    private static final Duration TIMEOUT = Duration.ofMillis(600);

    @Test
    void timedOutPushRarelyReplacesTheNextOne() throws Exception {
        List<PushgatewayClient> clients = new ArrayList<>();
        int replaced = 0;
        int succeeded = 0;
        try (Pushgateway gateway = Pushgateway.start()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new PushgatewayClient(Pushes.settings(gateway.url(), TIMEOUT, 0)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                Map<Map<String, String>, CompletableFuture<PushResponse>> next = stall(gateway, clients, round);
                CompletableFuture.allOf(next.values().toArray(CompletableFuture[]::new))
                        .handle((none, failure) -> null)
                        .get(30, TimeUnit.SECONDS);
                await().until(() -> clients.stream().allMatch(PushgatewayClient::isIdle));
                for (PushgatewayGroup group : gateway.groups()) {
                    CompletableFuture<PushResponse> outcome = Objects.requireNonNull(next.get(group.labels()));
                    if (!outcome.isCompletedExceptionally()) {
                        succeeded++;
                        replaced += group.value("x") == round ? 0 : 1;
                    }
                }
            }
        } finally {
            clients.forEach(PushgatewayClient::close);
        }
        assertThat(succeeded).isGreaterThan(ROUNDS * CLIENTS * GROUPS / 4);
        assertThat(replaced).isLessThan(succeeded / 20);
    }

    /** Returns the pushes after the timed-out ones, by group. */
    private static Map<Map<String, String>, CompletableFuture<PushResponse>> stall(
            Pushgateway gateway, List<PushgatewayClient> clients, int round) throws Exception {
        List<CompletableFuture<PushResponse>> first = new ArrayList<>();
        Map<Map<String, String>, CompletableFuture<PushResponse>> next = new HashMap<>();
        gateway.pause();
        for (int i = 0; i < CLIENTS * GROUPS; i++) {
            PushgatewayClient client = clients.get(i / GROUPS);
            GroupingKey key = GroupingKey.of("stalled", Map.of("group", String.valueOf(i)));
            first.add(push(client, key, -1));
            next.put(Map.of("job", "stalled", "group", String.valueOf(i)), push(client, key, round));
        }
        for (CompletableFuture<PushResponse> each : first) {
            assertThat(each).failsWithin(30, TimeUnit.SECONDS);
        }
        gateway.resume();
        return next;
    }

    private static CompletableFuture<PushResponse> push(PushgatewayClient client, GroupingKey key, double value) {
        return client.send(new PushRequest(PushOperation.PUSH, key, Pushes.gauge("x", value)))
                .toCompletableFuture();
    }
}
