package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GroupMetric;
import io.github.camelpushgateway.api.GroupSample;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.client.GroupSweeper;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.github.camelpushgateway.testing.VersionedGateways;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists, sweeps and wipes the groups of real gateways. */
@ParameterizedClass
@ValueSource(strings = {VersionedGateways.OLD, VersionedGateways.NEW})
class GroupsIT extends ContextTestSupport {

    private static final VersionedGateways GATEWAYS = new VersionedGateways();

    private final String version;
    private Pushgateway gateway;

    GroupsIT(String version) {
        this.version = version;
    }

    @BeforeEach
    void start() {
        assumeTrue(GATEWAYS.find(version).isPresent(), "no Pushgateway " + version + " is available");
        gateway = GATEWAYS.find(version).get();
        gatewayOptions(context).setUrl(gateway.url());
    }

    @AfterEach
    void deleteGroups() {
        if (gateway != null) {
            for (PushgatewayGroup group : gateway.groups()) {
                delete(group.labels());
            }
            await().until(() -> gateway.groups().isEmpty());
        }
    }

    @AfterAll
    static void stopGateways() {
        GATEWAYS.close();
    }

    private void delete(Map<String, String> labels) {
        Map<String, String> key = new HashMap<>(labels);
        String job = key.remove("job");
        template.sendBodyAndHeaders(
                "pushgateway:any?operation=delete",
                null,
                Map.of(PushgatewayConstants.JOB, job, PushgatewayConstants.GROUPING_KEY, key));
    }

    private void push(String job, String label, String value) {
        template.sendBodyAndHeaders(
                "pushgateway:any?metricName=rows",
                1,
                Map.of(PushgatewayConstants.JOB, job, PushgatewayConstants.GROUPING_KEY, Map.of(label, value)));
    }

    @SuppressWarnings("unchecked")
    private List<GatewayGroup> list(String uri) {
        return template.requestBody(uri, null, List.class);
    }

    private static List<Map<String, String>> keys(List<GatewayGroup> groups) {
        return groups.stream().map(group -> Map.copyOf(group.labels())).toList();
    }

    private List<String> remainingJobs() {
        return gateway.groups().stream()
                .map(group -> group.labels().get("job"))
                .sorted()
                .toList();
    }

    @Test
    void groupsWithSpecialCharactersAreListedAndDeletedExactly() {
        push("a/b c", "path", "/var/log");
        push("..", "dots", ".");
        push("Zürich-批处理", "emoji", "\uD83D\uDE80");
        push("100%", "plus", "a+b&c=d");
        push("x", "quote", "\"\n\\");
        RawPush.to(gateway.url(), "/job/empty/instance@base64/=", "# TYPE rows gauge\nrows 1\n");
        List<Map<String, String>> all =
                gateway.groups().stream().map(PushgatewayGroup::labels).toList();
        assertThat(all).hasSize(6).contains(Map.of("job", "empty", "instance", ""));

        List<GatewayGroup> groups = list("pushgateway:*?operation=groups");

        assertThat(keys(groups)).containsExactlyInAnyOrderElementsOf(all);
        for (GatewayGroup group : groups) {
            assertThat(group.gateway()).isEqualTo(gateway.url());
            delete(group.labels());
            await().untilAsserted(() -> assertThat(gateway.groups())
                    .extracting(PushgatewayGroup::labels)
                    .doesNotContain(Map.copyOf(group.labels())));
        }
        assertThat(gateway.groups()).isEmpty();
    }

    @Test
    void sweepDeletesGroupsWithSpecialCharactersExactly() {
        push("tmp-a/b", "path", "/var/log");
        push("tmp-..", "dots", "..");
        push("tmp-é", "plus", "a+b");
        push("other/tmp-", "path", "/var/log");
        RawPush.to(gateway.url(), "/job/tmp-e/instance@base64/=", "# TYPE rows gauge\nrows 1\n");
        RawPush.to(gateway.url(), "/job/other/instance@base64/=", "# TYPE rows gauge\nrows 1\n");

        assertThat(list("pushgateway:tmp-*?operation=sweep")).hasSize(4);

        await().untilAsserted(() -> assertThat(remainingJobs()).containsExactly("other", "other/tmp-"));
    }

    @Test
    void listedValuesEqualPushedValues() {
        RawPush.to(gateway.url(), "/job/values/region/eu", """
                # TYPE job_last_success_unixtime gauge
                # HELP job_last_success_unixtime When it last succeeded.
                job_last_success_unixtime 1.58e+09
                # TYPE odd gauge
                odd{stage="a",zone="b"} NaN
                odd{stage="c"} +Inf
                odd{stage="d"} -Inf
                # TYPE rows_total counter
                rows_total 12
                # TYPE seconds histogram
                seconds_bucket{stage="a",le="0.1"} 1
                seconds_bucket{stage="a",le="+Inf"} 3
                seconds_sum{stage="a"} 7.5
                seconds_count{stage="a"} 3
                # TYPE size summary
                size{quantile="0.5"} 20
                size{quantile="0.9"} NaN
                size_sum 100
                size_count 4
                without_type 5
                """);

        GatewayGroup group = list("pushgateway:values?operation=groups").get(0);

        assertThat(group.labels()).isEqualTo(new TreeMap<>(Map.of("job", "values", "region", "eu")));
        assertThat(group.metrics())
                .extracting(GroupMetric::name)
                .containsExactlyInAnyOrder(
                        "job_last_success_unixtime", "odd", "rows_total", "seconds", "size", "without_type");
        assertThat(metric(group, "job_last_success_unixtime"))
                .isEqualTo(new GroupMetric(
                        "job_last_success_unixtime",
                        "gauge",
                        "When it last succeeded.",
                        List.of(new GroupSample("job_last_success_unixtime", Map.of(), 1.58e9))));
        assertThat(metric(group, "odd").samples())
                .containsExactlyInAnyOrder(
                        new GroupSample("odd", Map.of("stage", "a", "zone", "b"), Double.NaN),
                        new GroupSample("odd", Map.of("stage", "c"), Double.POSITIVE_INFINITY),
                        new GroupSample("odd", Map.of("stage", "d"), Double.NEGATIVE_INFINITY));
        assertThat(metric(group, "rows_total"))
                .isEqualTo(new GroupMetric(
                        "rows_total", "counter", "", List.of(new GroupSample("rows_total", Map.of(), 12))));
        assertThat(metric(group, "seconds").type()).isEqualTo("histogram");
        assertThat(metric(group, "seconds").samples())
                .containsExactlyInAnyOrder(
                        new GroupSample("seconds_bucket", Map.of("stage", "a", "le", "0.1"), 1),
                        new GroupSample("seconds_bucket", Map.of("stage", "a", "le", "+Inf"), 3),
                        new GroupSample("seconds_sum", Map.of("stage", "a"), 7.5),
                        new GroupSample("seconds_count", Map.of("stage", "a"), 3));
        assertThat(metric(group, "size").type()).isEqualTo("summary");
        assertThat(metric(group, "size").samples())
                .containsExactlyInAnyOrder(
                        new GroupSample("size", Map.of("quantile", "0.5"), 20),
                        new GroupSample("size", Map.of("quantile", "0.9"), Double.NaN),
                        new GroupSample("size_sum", Map.of(), 100),
                        new GroupSample("size_count", Map.of(), 4));
        assertThat(metric(group, "without_type").type()).isEqualTo("untyped");
    }

    private static GroupMetric metric(GatewayGroup group, String name) {
        return group.metrics().stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void listedGroupsShowRefusedPushes() {
        RawPush.to(gateway.url(), "/job/good", "# TYPE rows gauge\nrows 1\n");
        assertThat(RawPush.status(gateway.url(), "/job/bad", "# TYPE rows counter\nrows 1\n"))
                .isEqualTo(400);
        assertThat(RawPush.status(gateway.url(), "/job/good", "# TYPE more gauge\nmore{job=\"x\"} 1\nmore 2\n"))
                .isEqualTo(400);

        GatewayGroup bad = list("pushgateway:bad?operation=groups").get(0);
        GatewayGroup good = list("pushgateway:good?operation=groups").get(0);

        double now = System.currentTimeMillis() / 1e3;
        assertThat(bad.isFailed()).isTrue();
        assertThat(bad.lastPush()).isNull();
        assertThat(bad.lastFailure()).isBetween(now - 60, now + 1);
        assertThat(bad.age()).isBetween(0.0, 60.0);
        assertThat(good.isFailed()).isTrue();
        assertThat(good.lastPush()).isBetween(now - 60, now + 1);
        assertThat(good.lastFailure()).isGreaterThan(good.lastPush());

        RawPush.to(gateway.url(), "/job/good", "# TYPE rows gauge\nrows 2\n");
        assertThat(list("pushgateway:good?operation=groups").get(0).isFailed()).isFalse();
    }

    @Test
    void sweepDeletesSelectedGroupsAndReturnsThem() {
        push("tmp-1", "region", "eu-west");
        push("tmp-2", "region", "us");
        push("tmp-3", "zone", "eu-west");
        push("nightly", "region", "eu-west");

        List<GatewayGroup> planned = list("pushgateway:tmp-*?operation=sweep&groupingKey.region=eu-*&dryRun=true");

        assertThat(keys(planned)).containsExactly(Map.of("job", "tmp-1", "region", "eu-west"));
        assertThat(remainingJobs()).hasSize(4);

        List<GatewayGroup> deleted;
        try (LogCapture log = LogCapture.of(GroupSweeper.class, Level.DEBUG)) {
            deleted = list("pushgateway:tmp-*?operation=sweep&groupingKey.region=eu-*");
            assertThat(log.lines())
                    .anyMatch(line ->
                            line.contains("Swept {job=\"tmp-1\",region=\"eu-west\"} of " + gateway.url() + ", 1 of 1"));
        }

        assertThat(keys(deleted)).isEqualTo(keys(planned));
        assertThat(deleted.get(0).metrics()).extracting(GroupMetric::name).containsExactly("rows");
        await().untilAsserted(() -> assertThat(remainingJobs()).containsExactly("nightly", "tmp-2", "tmp-3"));
    }

    @Test
    void escapedAsteriskMatchesLiterally() {
        push("a*b", "x", "1");
        push("axb", "x", "1");
        push("a?b", "x", "1");

        assertThat(list("pushgateway:a*b?operation=groups")).hasSize(3);
        assertThat(keys(list("pushgateway:a%5C*b?operation=groups"))).containsExactly(Map.of("job", "a*b", "x", "1"));
        assertThat(list("pushgateway:a?operation=groups")).isEmpty();
    }

    @Test
    void onlyGroupsOlderThanStaleAfterAreSelected() {
        push("old", "x", "1");
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        list("pushgateway:*?operation=groups&staleAfter=3s").size() == 1);
        push("young", "x", "1");

        assertThat(keys(list("pushgateway:*?operation=sweep&staleAfter=3s")))
                .containsExactly(Map.of("job", "old", "x", "1"));

        await().untilAsserted(() -> assertThat(remainingJobs()).containsExactly("young"));
    }

    @Test
    void groupsAreStaleByTheIntervalThatEachContains() {
        template.sendBody("pushgateway:secondly?operation=report&reportInterval=1s", null);
        template.sendBody("pushgateway:daily?operation=report&reportInterval=24h", null);
        template.sendBody("pushgateway:unknown?operation=report", null);
        template.sendBody("pushgateway:other-prefix?operation=report&reportInterval=1s&reportPrefix=etl", null);
        Map.of("nan", "NaN", "zero", "0", "negative", "-1", "endless", "+Inf")
                .forEach((job, interval) -> RawPush.to(
                        gateway.url(),
                        "/job/" + job,
                        "# TYPE job_interval_seconds gauge\njob_interval_seconds " + interval + "\n"));
        RawPush.to(
                gateway.url(),
                "/job/several",
                "# TYPE job_interval_seconds gauge\njob_interval_seconds{a=\"1\"} 1\njob_interval_seconds{a=\"2\"} 1\n");
        RawPush.to(
                gateway.url(),
                "/job/labelled",
                "# TYPE job_interval_seconds gauge\njob_interval_seconds{stage=\"load\"} 1\n");
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        list("pushgateway:*?operation=groups&staleAfter=3s").size() == 10);

        assertThat(list("pushgateway:*?operation=sweep&staleAfter=2x&dryRun=true"))
                .extracting(GatewayGroup::job)
                .containsExactlyInAnyOrder("secondly", "labelled");
        assertThat(list("pushgateway:*?operation=groups&staleAfter=1.5x&reportPrefix=etl"))
                .extracting(GatewayGroup::job)
                .containsExactly("other-prefix");
        assertThat(list("pushgateway:*?operation=groups&staleAfter=1000x")).isEmpty();

        assertThat(list("pushgateway:*?operation=sweep&staleAfter=2x"))
                .extracting(GatewayGroup::job)
                .containsExactlyInAnyOrder("secondly", "labelled");
        await().untilAsserted(() -> assertThat(remainingJobs()).hasSize(8).doesNotContain("secondly", "labelled"));
    }

    @Test
    void groupPushedAfterListingIsNotSwept() {
        push("tmp-1", "x", "1");
        push("tmp-2", "x", "1");
        AtomicInteger listings = new AtomicInteger();
        PushgatewayHandler pushing = (request, next) -> {
            var response = next.handle(request);
            if (request.method().equals("GET") && listings.incrementAndGet() == 1) {
                RawPush.to(gateway.url(), "/job/tmp-2/x/1", "# TYPE rows gauge\nrows 2\n");
            }
            return response;
        };
        context.getRegistry().bind("pushing", pushing);

        List<GatewayGroup> deleted = list("pushgateway:tmp-*?operation=sweep&handler=#pushing");

        assertThat(deleted).extracting(GatewayGroup::job).containsExactly("tmp-1");
        await().untilAsserted(() -> assertThat(remainingJobs()).containsExactly("tmp-2"));
        assertThat(gateway.group("job", "tmp-2", "x", "1").orElseThrow().value("rows"))
                .isEqualTo(2);
    }

    @Test
    void interruptedSweepKeepsRemainingGroups() {
        for (int i = 0; i < 20; i++) {
            push("tmp-" + i, "x", "1");
        }
        AtomicInteger deletes = new AtomicInteger();
        Thread sweeping = Thread.currentThread();
        PushgatewayHandler interrupting = (request, next) -> {
            var response = next.handle(request);
            if (request.method().equals("DELETE") && deletes.incrementAndGet() == 5) {
                sweeping.interrupt();
            }
            return response;
        };
        context.getRegistry().bind("interrupting", interrupting);
        // the fifth response may arrive before or after the interrupt
        Exchange swept = template.request("pushgateway:tmp-*?operation=sweep&handler=#interrupting", exchange -> {});
        boolean interrupted = Thread.interrupted();

        assertThat(interrupted).isTrue();
        assertThat(swept.getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageMatching(
                        "sweep of the groups \\{job=\"tmp-\\*\"} stopped at \\{job=\"tmp-\\d+\",x=\"1\"}, after"
                                + " [45] of 20 groups were deleted; the remaining groups are unchanged: it was"
                                + " interrupted");
        assertThat(deletes).hasValue(5);
        await().untilAsserted(() -> assertThat(remainingJobs()).hasSize(15));
        assertThat(context.getEndpoint(
                                "pushgateway:tmp-*?operation=sweep&handler=#interrupting", PushgatewayEndpoint.class)
                        .getRequestsSent())
                .isEqualTo(5);
    }

    @Test
    void sweepEndsAtFirstFailedDelete() {
        for (int i = 0; i < 10; i++) {
            push("tmp-" + i, "x", "1");
        }
        AtomicInteger deletes = new AtomicInteger();
        PushgatewayHandler refusing =
                (request, next) -> request.method().equals("DELETE") && deletes.incrementAndGet() > 3
                        ? GatewayResponse.of(403)
                        : next.handle(request);
        context.getRegistry().bind("refusing", refusing);

        Exchange swept = template.request("pushgateway:tmp-*?operation=sweep&handler=#refusing", exchange -> {});

        assertThat(swept.getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining(
                        ", after 3 of 10 groups were deleted; the remaining groups are unchanged: delete of the group")
                .hasMessageContaining("it responded with 403; the credentials are missing or not accepted");
        await().untilAsserted(() -> assertThat(remainingJobs()).hasSize(7));
    }

    @Test
    void metricThatHidesItsGroupDoesNotHideOtherGroups() {
        RawPush.to(gateway.url(), "/job/hidden", "labels 1\n");
        RawPush.to(gateway.url(), "/job/odd", "last_push_successful 1\n");

        List<GatewayGroup> groups = list("pushgateway:*?operation=groups");

        delete(Map.of("job", "hidden"));
        assertThat(groups).extracting(GatewayGroup::job).containsExactly("odd");
        assertThat(groups.get(0).metrics()).extracting(GroupMetric::name).containsExactly("last_push_successful");
    }

    @Test
    void statusReturnsVersionFlagsAndStartTime() {
        Map<?, ?> status = template.requestBody("pushgateway:*?operation=status", null, Map.class);

        assertThat(map(status, "build_information").get("version")).isEqualTo(version);
        assertThat(map(status, "flags").get("web.enable-admin-api")).isEqualTo("false");
        assertThat(status.get("start_time")).asString().startsWith("20");
    }

    private static Map<?, ?> map(Map<?, ?> of, String name) {
        return (Map<?, ?>) Objects.requireNonNull(of.get(name));
    }

    @Test
    void wipeFailsWithoutAdminApi() {
        push("a", "x", "1");

        Exchange wiped = template.request("pushgateway:*?operation=wipe", exchange -> {});

        assertThat(wiped.getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageStartingWith("wipe at " + gateway.url() + " failed: it responded with 404")
                .hasMessageContaining("start the gateway with --web.enable-admin-api");
        assertThat(remainingJobs()).containsExactly("a");
    }

    @Test
    void headersSelectListedGroups() {
        push("a", "x", "1");
        push("b", "x", "1");
        push("b", "x", "2");

        Exchange listed = template.request("pushgateway:a", exchange -> {
            exchange.getMessage().setHeader(PushgatewayConstants.OPERATION, "Groups");
            exchange.getMessage().setHeader(PushgatewayConstants.JOB, "b");
            exchange.getMessage().setHeader(PushgatewayConstants.GROUPING_KEY, "x=2*");
        });

        assertThat((List<?>) listed.getMessage().getBody(List.class))
                .extracting(Object::toString)
                .containsExactly("{job=\"b\",x=\"2\"}");
    }

    @Test
    void headersHaveNoEffectOnSweep() {
        push("tmp-1", "x", "1");
        push("b", "x", "1");

        template.request("pushgateway:tmp-*?operation=sweep", exchange -> {
            exchange.getMessage().setHeader(PushgatewayConstants.JOB, "*");
            exchange.getMessage().setHeader(PushgatewayConstants.GROUPING_KEY, Map.of());
        });
        template.request(
                "pushgateway:*?operation=sweep&groupingKey.x=${header.x}",
                exchange -> exchange.getMessage().setHeader("x", "*"));
        for (String operation : List.of("sweep", "wipe")) {
            Exchange rejected = template.request(
                    "pushgateway:*",
                    exchange -> exchange.getMessage().setHeader(PushgatewayConstants.OPERATION, operation));
            assertThat(rejected.getException())
                    .hasMessageContaining("'" + operation + "' cannot be selected by a header");
        }

        await().untilAsserted(() -> assertThat(remainingJobs()).containsExactly("b"));
    }
}
