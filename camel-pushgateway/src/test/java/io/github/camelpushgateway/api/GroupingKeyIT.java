package io.github.camelpushgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.client.PushgatewayClient;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.testing.AnyGroupingKey;
import io.github.camelpushgateway.testing.Pushes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** A real gateway stores exactly the given labels, whatever their characters. */
class GroupingKeyIT {

    @Nullable
    private static Pushgateway gateway;

    @Nullable
    private static PushgatewayClient client;

    @BeforeContainer
    static void start() {
        gateway = Pushgateway.start();
        client = new PushgatewayClient(Pushes.settings(gateway.url()));
    }

    @AfterContainer
    static void stop() {
        if (client != null && gateway != null) {
            client.close();
            gateway.close();
        }
    }

    @Property(tries = 300)
    void exactlyTheGivenGroupIsStoredAndDeleted(@ForAll(supplier = AnyGroupingKey.class) GroupingKey key) {
        assertStoredAndDeleted(key);
    }

    @Example
    void specialValuesAreStoredUnchanged() {
        for (String value : List.of(
                " ",
                "+",
                "/",
                "%",
                "%2F",
                "?",
                "#",
                ".",
                "..",
                "//",
                "\n",
                "\"",
                "'",
                "\\",
                "Zürich",
                "\uD83D\uDE00",
                "job",
                "=",
                "@base64",
                "a b+c/d")) {
            assertStoredAndDeleted(GroupingKey.of(value));
            assertStoredAndDeleted(GroupingKey.of("a", Map.of("l", value)));
        }
    }

    @Example
    void valueOf64KilobytesIsStoredUnchanged() {
        assertStoredAndDeleted(GroupingKey.of("a", Map.of("l", "x".repeat(65_536))));
        assertStoredAndDeleted(GroupingKey.of("/".repeat(65_536)));
    }

    @Example
    void deletingGroupWithEmptyLabelKeepsGroupWithoutIt() {
        GroupingKey without = GroupingKey.of("a");
        send(new PushRequest(PushOperation.PUSH, without, Pushes.gauge("x", 1)));

        send(PushRequest.delete(GroupingKey.of("a", Map.of("instance", ""))));

        // a gateway executes requests in order, so this push is executed after the delete
        send(new PushRequest(PushOperation.PUSHADD, without, Pushes.gauge("y", 1)));
        assertThat(labelsOfGroups()).containsExactly(labels(without));
        assertDeleted(without);
    }

    private static void assertStoredAndDeleted(GroupingKey key) {
        send(new PushRequest(PushOperation.PUSH, key, Pushes.gauge("x", 1)));
        assertThat(labelsOfGroups()).containsExactly(labels(key));
        assertThat(running().metrics()).contains("push_time_seconds");

        assertDeleted(key);
    }

    private static void assertDeleted(GroupingKey key) {
        send(PushRequest.delete(key));
        // the gateway responds with 202 and deletes the group shortly afterwards
        await().pollInterval(Duration.ofMillis(2)).until(() -> labelsOfGroups().isEmpty());
    }

    private static void send(PushRequest request) {
        if (client == null) {
            throw new IllegalStateException();
        }
        client.send(request).toCompletableFuture().join();
    }

    private static Pushgateway running() {
        if (gateway == null) {
            throw new IllegalStateException();
        }
        return gateway;
    }

    private static List<Map<String, String>> labelsOfGroups() {
        return running().groups().stream().map(PushgatewayGroup::labels).toList();
    }

    private static Map<String, String> labels(GroupingKey key) {
        Map<String, String> labels = new HashMap<>(key.labels());
        labels.put("job", key.job());
        return labels;
    }
}
