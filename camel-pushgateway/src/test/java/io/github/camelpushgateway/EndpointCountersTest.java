package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServerTestSupport;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** JMX exposes the correct statistics of the pushes of an endpoint. */
class EndpointCountersTest extends WireServerTestSupport {

    private static final String PASSWORD = "pa55-W0RD";

    @RegisterExtension
    final SecretScan scan = new SecretScan(PASSWORD);

    private final MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
    private volatile WireServer.Response answer = WireServer.status(200, "");

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        test.withEnableJMX();
    }

    @Override
    protected WireServer.Response response() {
        return this::answer;
    }

    @Override
    protected void prepare(CamelContext context) {
        // also registers endpoints that are created after the start
        context.getManagementStrategy().getManagementAgent().setRegisterAlways(true);
    }

    private void answer(WireServer.Request request, OutputStream out) throws Exception {
        answer.to(request, out);
    }

    private PushgatewayEndpoint endpoint(String job, String options) {
        return endpoint(job, server.url(), options);
    }

    private PushgatewayEndpoint endpoint(String job, String urls, String options) {
        return context.getEndpoint(
                "pushgateway:" + job + "?metricName=rows&retryDelay=1&username=ops&password=" + PASSWORD + "&url="
                        + urls + options,
                PushgatewayEndpoint.class);
    }

    private Exchange push(PushgatewayEndpoint endpoint, @Nullable Object body) {
        return template.request(endpoint, exchange -> exchange.getMessage().setBody(body));
    }

    private Map<String, Object> jmxAttributes(PushgatewayEndpoint endpoint) throws Exception {
        for (ObjectName name : jmx.queryNames(
                new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",type=endpoints,*"),
                null)) {
            String uri = (String) jmx.getAttribute(name, "EndpointUri");
            if (uri.startsWith("pushgateway://" + endpoint.getJob() + "?")) {
                Map<String, Object> attributes = new TreeMap<>();
                for (Attribute attribute : jmx.getAttributes(name, NAMES).asList()) {
                    if (attribute.getValue() != null) {
                        attributes.put(attribute.getName(), attribute.getValue());
                    }
                }
                return attributes;
            }
        }
        throw new AssertionError("not in JMX: " + endpoint);
    }

    private static final String[] NAMES = {
        "PushesRequested",
        "RequestsSent",
        "PushesCoalesced",
        "PushesRejected",
        "RequestsRetried",
        "PushesFailed",
        "InFlight",
        "BytesSent",
        "LastError",
        "LastErrorTime",
        "LastSuccessTime"
    };

    private static void assertCounts(
            Map<String, Object> attributes,
            long requested,
            long sent,
            long coalesced,
            long rejected,
            long retried,
            long failed) {
        assertThat(attributes)
                .containsEntry("PushesRequested", requested)
                .containsEntry("RequestsSent", sent)
                .containsEntry("PushesCoalesced", coalesced)
                .containsEntry("PushesRejected", rejected)
                .containsEntry("RequestsRetried", retried)
                .containsEntry("PushesFailed", failed)
                .containsEntry("InFlight", 0L);
    }

    @Test
    void unusedEndpointHasZeroCounts() throws Exception {
        Map<String, Object> attributes = jmxAttributes(endpoint("idle", ""));

        assertCounts(attributes, 0, 0, 0, 0, 0, 0);
        assertThat(attributes)
                .containsEntry("BytesSent", 0L)
                .doesNotContainKeys("LastError", "LastErrorTime", "LastSuccessTime");
    }

    @Test
    void pushesAreCountedByOutcome() throws Exception {
        PushgatewayEndpoint endpoint = endpoint("each", "");
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        push(endpoint, 1);
        push(endpoint, 2);

        Map<String, Object> succeeded = jmxAttributes(endpoint);
        assertCounts(succeeded, 2, 2, 0, 0, 0, 0);
        assertThat(succeeded).containsEntry("BytesSent", bytes()).doesNotContainKeys("LastError", "LastErrorTime");
        assertThat(time(succeeded, "LastSuccessTime")).isBetween(before, Instant.now());

        push(endpoint, "not a number");
        push(endpoint, new Object());

        Map<String, Object> rejected = jmxAttributes(endpoint);
        assertCounts(rejected, 4, 2, 0, 2, 0, 0);
        assertThat((String) rejected.get("LastError")).contains("was rejected before it was sent", "java.lang.Object");
        assertThat(time(rejected, "LastErrorTime")).isBetween(before, Instant.now());
        assertThat(rejected).containsEntry("LastSuccessTime", succeeded.get("LastSuccessTime"));

        answer = WireServer.status(400, "no such thing");
        push(endpoint, 3);

        Map<String, Object> failed = jmxAttributes(endpoint);
        assertCounts(failed, 5, 3, 0, 2, 0, 1);
        assertThat((String) failed.get("LastError")).contains("it responded with 400: \"no such thing\"");

        answer = WireServer.status(503, "");
        push(endpoint, 4);

        assertCounts(jmxAttributes(endpoint), 6, 6, 0, 2, 2, 2);

        answer = this::failOnce;
        push(endpoint, 5);

        Map<String, Object> retried = jmxAttributes(endpoint);
        assertCounts(retried, 7, 8, 0, 2, 3, 2);
        assertThat(retried).containsEntry("BytesSent", bytes());
        scan.add(retried);
    }

    @Test
    void pushAboveMaxPendingCountsAsFailed() throws Exception {
        PushgatewayEndpoint endpoint = endpoint("full", "&maxPending=1");
        CountDownLatch responds = new CountDownLatch(1);
        answer = (request, out) -> {
            responds.await();
            WireServer.status(200, "").to(request, out);
        };
        CompletableFuture<Exchange> pending =
                template.asyncSend(endpoint, exchange -> exchange.getMessage().setBody(1));
        await().until(() -> endpoint.getInFlight() == 1);

        Exchange failed = push(endpoint, 2);

        assertThat(failed.getException()).hasMessageContaining("maxPending");
        Map<String, Object> attributes = jmxAttributes(endpoint);
        assertThat(attributes).containsEntry("PushesFailed", 1L).containsEntry("InFlight", 1L);
        assertThat((String) attributes.get("LastError"))
                .startsWith(
                        "pushadd of the group {job=\"full\"} was not sent, because 1 request to the gateway is pending,")
                .contains("maxPending");
        responds.countDown();
        assertThat(pending).succeedsWithin(10, TimeUnit.SECONDS);
        assertCounts(jmxAttributes(endpoint), 2, 1, 0, 0, 0, 1);
        scan.add(attributes);
    }

    private static Instant time(Map<String, Object> attributes, String attribute) {
        return ((Date) Objects.requireNonNull(attributes.get(attribute))).toInstant();
    }

    private void failOnce(WireServer.Request request, OutputStream out) throws Exception {
        answer = WireServer.status(200, "");
        WireServer.status(503, "").to(request, out);
    }

    private long bytes() {
        return server.requests().stream()
                .mapToLong(request -> request.body().length)
                .sum();
    }

    @Test
    void pendingPushesAreCoalesced() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        answer = (request, out) -> {
            first.await();
            WireServer.status(200, "").to(request, out);
        };
        PushgatewayEndpoint endpoint = endpoint("coalesced", "");
        PushgatewayEndpoint neighbour = endpoint("neighbour", "&metricHelp=Others");
        List<CompletableFuture<Exchange>> pushes = new ArrayList<>();
        pushes.add(async(endpoint, 0));
        await().until(() -> server.requests().size() == 1);
        for (int i = 1; i < 100; i++) {
            pushes.add(async(endpoint, i));
        }
        pushes.add(async(neighbour, 100));
        await().untilAsserted(() -> assertThat(List.of(
                        jmxAttributes(endpoint).get("InFlight"),
                        jmxAttributes(neighbour).get("InFlight")))
                .containsExactly(100L, 1L));
        first.countDown();
        for (CompletableFuture<Exchange> push : pushes) {
            assertThat(push.get(60, TimeUnit.SECONDS).getException()).isNull();
        }

        assertThat(server.requests()).hasSize(2);
        // the first request contains the first push; the second contains 99 pushes of this endpoint and 1 of the other
        assertCounts(jmxAttributes(endpoint), 100, 2, 99, 0, 0, 0);
        assertCounts(jmxAttributes(neighbour), 1, 1, 1, 0, 0, 0);
        assertThat(jmxAttributes(endpoint)).containsEntry("BytesSent", bytes());
        assertThat(jmxAttributes(neighbour))
                .containsEntry("BytesSent", (long) server.requests().get(1).body().length);
    }

    /** Pushes to the same group through any endpoint. */
    private CompletableFuture<Exchange> async(PushgatewayEndpoint endpoint, int number) {
        return template.asyncSend(endpoint, exchange -> {
            exchange.getMessage().setBody(number);
            exchange.getMessage().setHeader(PushgatewayConstants.JOB, "together");
        });
    }

    @Test
    void endpointsWithACommonGatewayShareItsQueues() throws Exception {
        CountDownLatch responds = new CountDownLatch(1);
        answer = (request, out) -> {
            responds.await();
            WireServer.status(200, "").to(request, out);
        };
        try (WireServer second = new WireServer(WireServer.status(200, ""))) {
            PushgatewayEndpoint one = endpoint("one", "");
            PushgatewayEndpoint both = endpoint("both", second.url() + "," + server.url(), "&distribution=mirror");
            CompletableFuture<Exchange> first = async(one, 1);
            await().until(() -> server.requests().size() == 1);
            CompletableFuture<Exchange> other = async(both, 2);

            await().until(() -> second.requests().size() == 1);
            assertThat(server.requests()).hasSize(1);
            assertThat(other).isNotDone();
            responds.countDown();

            assertThat(first.get(60, TimeUnit.SECONDS).getException()).isNull();
            assertThat(other.get(60, TimeUnit.SECONDS).getException()).isNull();
            assertThat(server.requests()).hasSize(2);
            // one push sends a request to each gateway
            assertCounts(jmxAttributes(both), 1, 2, 0, 0, 0, 0);
        }
    }

    @Test
    void failureOfOneMirrorCountsAsOneFailedPush() throws Exception {
        answer = WireServer.status(400, "no");
        try (WireServer second = new WireServer(WireServer.status(200, ""))) {
            PushgatewayEndpoint both = endpoint("half", server.url() + "," + second.url(), "&distribution=mirror");
            push(both, 1);

            Map<String, Object> attributes = jmxAttributes(both);
            assertCounts(attributes, 1, 2, 0, 0, 0, 1);
            assertThat((String) attributes.get("LastError"))
                    .contains("succeeded on 1 of 2 gateways; on " + server.url());
        }
    }

    @Test
    void requestSentByCustomHandlerIsCounted() throws Exception {
        PushgatewayHandler custom = (request, next) -> GatewayResponse.of(200);
        context.getRegistry().bind("custom", custom);
        PushgatewayEndpoint endpoint = endpoint("custom", "&handler=#custom");
        push(endpoint, 1);

        Map<String, Object> attributes = jmxAttributes(endpoint);
        assertCounts(attributes, 1, 1, 0, 0, 0, 0);
        assertThat((Long) attributes.get("BytesSent")).isPositive();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void reportsAndDeletesAreCounted() throws Exception {
        PushgatewayEndpoint endpoint = endpoint("report", "");
        for (String operation : List.of("report", "delete")) {
            template.sendBodyAndHeader(endpoint, 1, PushgatewayConstants.OPERATION, operation);
        }

        assertCounts(jmxAttributes(endpoint), 2, 2, 0, 0, 0, 0);
    }

    @Test
    void pushFailsAfterComponentIsStopped() throws Exception {
        PushgatewayEndpoint endpoint = endpoint("stopped", "");
        push(endpoint, 1);
        endpoint.getComponent().stop();
        push(endpoint, 2);

        Map<String, Object> attributes = jmxAttributes(endpoint);
        assertCounts(attributes, 2, 1, 0, 0, 0, 1);
        assertThat((String) attributes.get("LastError"))
                .contains("was not sent, because the component pushgateway is stopped");
    }
}
