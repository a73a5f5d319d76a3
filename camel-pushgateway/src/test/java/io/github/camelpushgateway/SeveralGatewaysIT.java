package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.testing.ContextTestSupport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several real gateways: each group is on one of them (shard) or on all of them (mirror). */
class SeveralGatewaysIT extends ContextTestSupport {

    private static Pushgateway one;
    private static Pushgateway other;
    private static String unavailable;

    @BeforeAll
    static void startGateways() throws IOException {
        one = Pushgateway.start();
        other = Pushgateway.start();
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unavailable = "http://127.0.0.1:" + closed.getLocalPort();
        }
    }

    @AfterAll
    static void stopGateways() {
        one.close();
        other.close();
    }

    @Override
    protected void prepare(CamelContext context) {
        HealthCheckHelper.getHealthCheckRepository(context, "producers").setEnabled(true);
    }

    private Exchange send(String options, String urls, Map<String, Object> headers) {
        return template.request(
                "pushgateway:any?metricName=rows&retryDelay=10&" + options + "&url=" + urls, exchange -> {
                    exchange.getMessage().setBody(1);
                    exchange.getMessage().setHeaders(headers);
                });
    }

    private static Set<String> jobs(Pushgateway gateway, String prefix) {
        return gateway.groups().stream()
                .map(group -> String.valueOf(group.labels().get("job")))
                .filter(job -> job.startsWith(prefix))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void shardsAreDeletedOnTheirGateways() {
        String urls = one.url() + "," + other.url();
        for (int i = 0; i < 40; i++) {
            assertThat(send("operation=pushadd", urls, Map.of(PushgatewayConstants.JOB, "sharded-" + i))
                            .getException())
                    .isNull();
        }
        Set<String> here = jobs(one, "sharded-");
        Set<String> there = jobs(other, "sharded-");
        assertThat(here).isNotEmpty().doesNotContainAnyElementsOf(there);
        assertThat(here.size() + there.size()).isEqualTo(40);
        assertThat(there).isNotEmpty();

        // the order of the URLs must not matter
        String reversed = other.url() + "," + one.url();
        for (int i = 0; i < 39; i++) {
            send("operation=delete", reversed, Map.of(PushgatewayConstants.JOB, "sharded-" + i));
        }

        await().untilAsserted(() -> {
            Set<String> left = jobs(one, "sharded-");
            left.addAll(jobs(other, "sharded-"));
            assertThat(left).containsExactly("sharded-39");
        });
    }

    @Test
    void mirrorsReceiveSamePushesAndDeletes() {
        String options = "distribution=mirror&operation=push&instanceIp=true&groupingKey.region=eu";
        String urls = one.url() + "," + other.url();

        Exchange pushed = send(options, urls, Map.of(PushgatewayConstants.JOB, "mirrored"));

        assertThat(pushed.getException()).isNull();
        assertThat(pushed.getMessage().getHeader(PushgatewayConstants.RESPONSE_CODE))
                .isEqualTo(200);
        String[] group = {"job", "mirrored", "region", "eu", "instance", "127.0.0.1"};
        for (Pushgateway gateway : List.of(one, other)) {
            assertThat(gateway.group(group)).isPresent();
        }

        Exchange deleted = send(
                options, urls, Map.of(PushgatewayConstants.JOB, "mirrored", PushgatewayConstants.OPERATION, "delete"));

        assertThat(deleted.getException()).isNull();
        await().untilAsserted(() -> assertThat(List.of(jobs(one, "mirrored"), jobs(other, "mirrored")))
                .allMatch(Set::isEmpty));
    }

    @Test
    void failedMirrorIsNamedAndOtherMirrorsReceivePush() {
        Exchange pushed = send(
                "distribution=mirror&maxRetries=1",
                unavailable + "," + one.url() + "," + other.url(),
                Map.of(PushgatewayConstants.JOB, "halfway"));

        assertThat(pushed.getException()).isInstanceOfSatisfying(PushgatewayException.class, failure -> {
            assertThat(failure.getMessage())
                    .startsWith("pushadd of the group {job=\"halfway\"} succeeded on 2 of 3 gateways; on " + unavailable
                            + " it failed, tried 2 times: it could not be reached")
                    .doesNotContain(one.url(), other.url());
            assertThat(failure.getAttempts()).isEqualTo(2);
        });
        assertThat(List.of(jobs(one, "halfway"), jobs(other, "halfway"))).allMatch(jobs -> jobs.size() == 1);
    }

    @Test
    void unavailableShardFailsOnlyItsGroups() {
        String urls = unavailable + "," + one.url();
        int failed = 0;
        for (int i = 0; i < 20; i++) {
            Exchange pushed = send("maxRetries=0", urls, Map.of(PushgatewayConstants.JOB, "down-" + i));
            if (pushed.getException() != null) {
                assertThat(pushed.getException())
                        .hasMessageContaining(unavailable)
                        .hasMessageNotContaining(one.url());
                failed++;
            }
        }

        assertThat(failed).isBetween(1, 19);
        assertThat(jobs(one, "down-")).hasSize(20 - failed);
    }

    @Test
    void healthCheckChecksAllGatewaysAndNamesUnavailableOne() {
        send("onPushFailure=ignore&maxRetries=0", one.url() + "," + other.url(), Map.of());
        send("onPushFailure=ignore&maxRetries=0", one.url() + "," + unavailable, Map.of());

        List<HealthCheck.Result> results = HealthCheckHelper.getHealthCheckRepository(context, "producers").stream()
                .filter(check -> check.getId().startsWith("producer:pushgateway"))
                .map(check -> check.call(Map.of()))
                .toList();

        assertThat(results)
                .extracting(HealthCheck.Result::getState)
                .containsExactlyInAnyOrder(HealthCheck.State.UP, HealthCheck.State.DOWN);
        assertThat(results)
                .filteredOn(result -> result.getState() == HealthCheck.State.DOWN)
                .singleElement()
                .satisfies(down -> assertThat(down.getMessage().orElseThrow())
                        .startsWith("health check succeeded on 1 of 2 gateways; on " + unavailable)
                        .doesNotContain(one.url()));
    }

    @SuppressWarnings("unchecked")
    private List<GatewayGroup> list(String uri) {
        return template.requestBody(uri, null, List.class);
    }

    @Test
    void groupsOfAllShardsAreListedAndSwept() {
        String urls = one.url() + "," + other.url();
        for (int i = 0; i < 20; i++) {
            send("operation=pushadd", urls, Map.of(PushgatewayConstants.JOB, "shard-" + i));
        }
        // a group on both gateways, as after a gateway was added: on one of them it is on the wrong shard
        RawPush.to(one.url(), "/job/shard-left", "# TYPE rows gauge\nrows 1\n");
        RawPush.to(other.url(), "/job/shard-left", "# TYPE rows gauge\nrows 1\n");

        List<GatewayGroup> groups = list("pushgateway:shard-*?operation=groups&url=" + urls);

        assertThat(groups).hasSize(22);
        assertThat(groups).extracting(GatewayGroup::gateway).containsOnly(one.url(), other.url());
        for (GatewayGroup group : groups) {
            assertThat(jobs(group.gateway().equals(one.url()) ? one : other, group.job()))
                    .contains(group.job());
        }

        assertThat(list("pushgateway:shard-*?operation=sweep&url=" + urls)).hasSize(22);

        await().untilAsserted(() ->
                assertThat(List.of(jobs(one, "shard-"), jobs(other, "shard-"))).allMatch(Set::isEmpty));
    }

    @Test
    void ageOfMirroredGroupIsItsLowestAgeOnAnyMirror() {
        String mirror = "&distribution=mirror&url=" + one.url() + "," + other.url();
        for (Pushgateway gateway : List.of(one, other)) {
            RawPush.to(gateway.url(), "/job/both-old", "# TYPE rows gauge\nrows 1\n");
            RawPush.to(gateway.url(), "/job/both-young", "# TYPE rows gauge\nrows 1\n");
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> list("pushgateway:both-*?operation=groups&staleAfter=3s" + mirror)
                                .size()
                        == 2);
        // one mirror misses this push
        RawPush.to(other.url(), "/job/both-young", "# TYPE rows gauge\nrows 2\n");

        List<GatewayGroup> swept = list("pushgateway:both-*?operation=sweep&staleAfter=3s" + mirror);

        assertThat(swept).extracting(GatewayGroup::job).containsExactly("both-old");
        for (Pushgateway gateway : List.of(one, other)) {
            await().untilAsserted(() -> assertThat(jobs(gateway, "both-")).containsExactly("both-young"));
        }
        List<GatewayGroup> left = list("pushgateway:both-*?operation=groups" + mirror);
        assertThat(left).extracting(GatewayGroup::gateway).containsExactly(other.url());
        assertThat(list("pushgateway:both-*?operation=sweep" + mirror)).hasSize(1);
        for (Pushgateway gateway : List.of(one, other)) {
            await().untilAsserted(() -> assertThat(jobs(gateway, "both-")).isEmpty());
        }
    }

    @Test
    void mirroredGroupIsStaleByTheIntervalInItsLastPush() {
        String mirror = "&distribution=mirror&url=" + one.url() + "," + other.url();
        template.sendBody("pushgateway:interval-old?operation=report&reportInterval=1s" + mirror, null);
        template.sendBody("pushgateway:interval-new?operation=report&reportInterval=1s" + mirror, null);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> list("pushgateway:interval-*?operation=groups&staleAfter=2x" + mirror)
                                .size()
                        == 2);
        // one mirror misses this push
        RawPush.to(other.url(), "/job/interval-new", "# TYPE job_interval_seconds gauge\njob_interval_seconds 86400\n");

        List<GatewayGroup> swept = list("pushgateway:interval-*?operation=sweep&staleAfter=2x" + mirror);

        assertThat(swept).extracting(GatewayGroup::job).containsExactly("interval-old");
        for (Pushgateway gateway : List.of(one, other)) {
            await().untilAsserted(() -> assertThat(jobs(gateway, "interval-")).containsExactly("interval-new"));
        }
    }

    @Test
    void queriesFailIfOneGatewayIsUnavailable() {
        RawPush.to(one.url(), "/job/kept-1", "# TYPE rows gauge\nrows 1\n");

        for (String operation : List.of("sweep", "groups", "status")) {
            Exchange failed = template.request(
                    "pushgateway:kept-*?maxRetries=0&operation=" + operation + "&url=" + one.url() + "," + unavailable,
                    exchange -> exchange.getMessage().setBody("as it was"));

            assertThat(failed.getException())
                    .isInstanceOf(PushgatewayException.class)
                    .hasMessageContaining("at " + unavailable + " failed: it could not be reached");
            assertThat(failed.getMessage().getBody()).isEqualTo("as it was");
        }

        assertThat(jobs(one, "kept-")).containsExactly("kept-1");
    }

    @Test
    void statusReturnsStatusOfEachGateway() {
        String urls = one.url() + "," + other.url();

        Map<?, ?> statuses = template.requestBody("pushgateway:*?operation=status&url=" + urls, null, Map.class);

        assertThat(statuses.keySet()).isEqualTo(Set.of(one.url(), other.url()));
        assertThat(statuses.values())
                .allSatisfy(state ->
                        assertThat(((Map<?, ?>) state).get("start_time")).isNotNull());
    }

    @Test
    void wipeDeletesGroupsOfAllGateways() {
        PushgatewaySetup admin = PushgatewaySetup.plain().withFlag("--web.enable-admin-api");
        try (Pushgateway first = Pushgateway.start(admin);
                Pushgateway second = Pushgateway.start(admin)) {
            String urls = "&url=" + first.url() + "," + second.url();
            for (Pushgateway gateway : List.of(first, second)) {
                RawPush.to(gateway.url(), "/job/a", "# TYPE rows gauge\nrows 1\n");
            }

            Exchange wiped = template.request("pushgateway:*?operation=wipe" + urls, exchange -> {});

            assertThat(wiped.getException()).isNull();
            assertThat(wiped.getMessage().getHeader(PushgatewayConstants.RESPONSE_CODE))
                    .isEqualTo(202);
            await().untilAsserted(() ->
                    assertThat(List.of(first.groups(), second.groups())).allMatch(List::isEmpty));
        }
    }
}
