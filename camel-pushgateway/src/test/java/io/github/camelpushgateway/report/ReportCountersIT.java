package io.github.camelpushgateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.LogCapture;
import io.github.camelpushgateway.PushgatewayComponent;
import io.github.camelpushgateway.PushgatewayConstants;
import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.testing.VersionedGateways;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Counters of real gateways count each run once, over contexts and failed reports. */
@ParameterizedClass
@ValueSource(strings = {VersionedGateways.OLD, VersionedGateways.NEW})
class ReportCountersIT {

    private static final VersionedGateways GATEWAYS = new VersionedGateways();
    private static final AtomicInteger JOBS = new AtomicInteger();

    /** What happens to requests between the component and the gateway. */
    enum Fault {
        NONE,
        /** The gateway has no query API. */
        NO_QUERIES,
        /** Queries fail without a response. */
        LOST_QUERIES,
        /** Pushes are refused before they reach the gateway. */
        UNAVAILABLE,
        /** Nothing is responded until the end of the test. */
        STALLED,
        /** The gateway stores pushes, but the responses are lost. */
        LOST_RESPONSES,
        /** The responses to pushes are lost, and queries fail. */
        LOST_RESPONSES_AND_QUERIES
    }

    private final String version;
    private final String job = "job-" + JOBS.incrementAndGet();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile Fault fault = Fault.NONE;

    /** The URL of a gateway without faults. */
    @Nullable
    private volatile String healthy;

    /** One instance, since another handler could use another gateway. */
    private final PushgatewayHandler handler = this::handle;

    private Pushgateway gateway;
    private CamelContext context;

    ReportCountersIT(String version) {
        this.version = version;
    }

    @BeforeEach
    void start() throws Exception {
        assumeTrue(GATEWAYS.find(version).isPresent(), "no Pushgateway " + version + " is available");
        gateway = GATEWAYS.find(version).get();
        context = startContext();
    }

    @AfterEach
    void stop() {
        if (context != null) {
            // has no effect if the test has stopped it
            context.stop();
        }
    }

    @AfterAll
    static void stopGateways() {
        GATEWAYS.close();
    }

    private CamelContext startContext() throws Exception {
        CamelContext started = new DefaultCamelContext();
        started.disableJMX();
        started.getComponent("pushgateway", PushgatewayComponent.class)
                .getConfiguration()
                .setHandler(handler);
        PushgatewayRoutePolicyFactory factory = new PushgatewayRoutePolicyFactory(
                "*",
                "pushgateway:" + job + "?maxRetries=0&records=${header.records}&recordsFailed=${header.failed}&url="
                        + gateway.url());
        factory.setReportCounters(true);
        started.addRoutePolicyFactory(factory);
        started.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true);
                from("direct:in")
                        .routeId("in")
                        .filter(body().isEqualTo("fail"))
                        .throwException(new IllegalStateException("failed"));
            }
        });
        started.start();
        return started;
    }

    private GatewayResponse handle(GatewayRequest request, PushgatewayHandler.Next next) throws IOException {
        requests.add(request.method());
        if (healthy != null && request.url().toString().startsWith(healthy)) {
            return next.handle(request);
        }
        if (fault == Fault.STALLED) {
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }
        if (request.method().equals("GET")) {
            return switch (fault) {
                case NO_QUERIES -> GatewayResponse.of(404);
                case LOST_QUERIES, LOST_RESPONSES_AND_QUERIES -> throw new IOException("lost");
                default -> next.handle(request);
            };
        }
        switch (fault) {
            case UNAVAILABLE -> {
                return GatewayResponse.of(503);
            }
            case LOST_RESPONSES, LOST_RESPONSES_AND_QUERIES -> {
                next.handle(request);
                throw new IOException("lost");
            }
            default -> {
                return next.handle(request);
            }
        }
    }

    private void run(String body, @Nullable Integer records, @Nullable Integer failed) {
        ProducerTemplate template = context.createProducerTemplate();
        Exchange exchange = template.request("direct:in", it -> {
            it.getMessage().setBody(body);
            it.getMessage().setHeader("records", records);
            it.getMessage().setHeader("failed", failed);
        });
        assertThat(exchange.getException()).isNull();
    }

    private void run(String body) {
        run(body, null, null);
    }

    private PushgatewayGroup group() {
        return gateway.group("job", job).orElseThrow();
    }

    private void assertCounters(double runs, double failures) {
        await().untilAsserted(() -> {
            assertThat(gateway.value("job_runs_total", "job", job)).as("runs").hasValue(runs);
            assertThat(gateway.value("job_failures_total", "job", job))
                    .as("failures")
                    .hasValue(failures);
        });
    }

    @Test
    void runsFailuresAndRecordsAreCountedOverContexts() throws Exception {
        run("ok", 10, 0);
        assertCounters(1, 0);
        assertThat(group().family("job_runs_total").type()).isEqualToIgnoringCase("counter");
        run("fail", 5, 2);
        assertThat(requests).containsExactly("GET", "POST", "POST");

        context.stop();
        context = startContext();
        run("ok", 7, null);

        assertCounters(3, 1);
        assertThat(group().value("job_records_processed_total")).isEqualTo(22);
        assertThat(group().value("job_records_failed_total")).isEqualTo(2);
        assertThat(group().value("job_records_processed")).isEqualTo(7);
        assertThat(group().value("job_success")).isEqualTo(1);
    }

    private Pushgateway otherGateway() {
        String other = version.equals(VersionedGateways.OLD) ? VersionedGateways.NEW : VersionedGateways.OLD;
        Optional<Pushgateway> found = GATEWAYS.find(other);
        assumeTrue(found.isPresent(), "no Pushgateway " + other + " is available");
        return found.orElseThrow();
    }

    /** One mirror counts a run although its report fails, and must not count it again with the other mirror. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NONE", "NO_QUERIES", "UNAVAILABLE", "LOST_RESPONSES_AND_QUERIES"})
    void eachMirrorCountsEachRunOnceInSpiteOf(Fault duringTheSecond) {
        Pushgateway mirror = otherGateway();
        healthy = mirror.url();
        String report = "pushgateway:" + job
                + "?operation=report&reportCounters=true&accumulateRefresh=0&maxRetries=0&distribution=mirror&url="
                + gateway.url() + "," + mirror.url();
        ProducerTemplate template = context.createProducerTemplate();
        template.sendBody(report, null);
        fault = duringTheSecond;
        template.sendBody(report, null);
        fault = Fault.NONE;
        template.sendBody(report, null);

        assertCounters(3, 0);
        await().untilAsserted(() ->
                assertThat(mirror.value("job_runs_total", "job", job)).hasValue(3.0));
    }

    @Test
    void reportDoesNotWaitForCountersOfAnotherGateway() throws Exception {
        Pushgateway shard = otherGateway();
        healthy = shard.url();
        String report = "pushgateway:" + job + "?operation=report&reportCounters=true&maxRetries=0&url=" + gateway.url()
                + "," + shard.url();
        ProducerTemplate template = context.createProducerTemplate();
        fault = Fault.UNAVAILABLE;
        for (int i = 0; i < 20; i++) {
            template.sendBodyAndHeader(report, null, PushgatewayConstants.JOB, job + "-" + i);
        }
        int onShard = 0;
        while (shard.group("job", job + "-" + onShard).isEmpty()) {
            onShard++;
        }
        int onGateway = 0;
        while (shard.group("job", job + "-" + onGateway).isPresent()) {
            onGateway++;
        }

        fault = Fault.STALLED;
        String reported = job + "-" + onShard;
        CompletableFuture.runAsync(() -> template.sendBodyAndHeader(report, null, PushgatewayConstants.JOB, reported))
                .get(10, TimeUnit.SECONDS);

        fault = Fault.NONE;
        released.countDown();
        String counted = job + "-" + onGateway;
        await().untilAsserted(() -> {
            // an attempt to count it may have begun before the gateway was available, and have failed since
            template.sendBodyAndHeader(report, null, PushgatewayConstants.JOB, reported);
            assertThat(gateway.value("job_runs_total", "job", counted)).hasValue(1.0);
        });
    }

    @Test
    void protobufHasGaugesAndCountersOfSimilarNames() {
        String report = "pushgateway:" + job + "?operation=report&reportCounters=true&records=5&format=protobuf&url="
                + gateway.url();
        context.createProducerTemplate().sendBody(report, null);
        context.createProducerTemplate().sendBody(report, null);

        assertCounters(2, 0);
        assertThat(group().value("job_records_processed")).isEqualTo(5);
        assertThat(group().value("job_records_processed_total")).isEqualTo(10);
    }

    @Test
    void firstRunThatFailsHasBothCounters() {
        run("fail");

        assertCounters(1, 1);
        assertThat(group().has("job_records_processed_total")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "STALLED")
    void eachRunIsCountedOnceInSpiteOf(Fault duringTheSecond) {
        run("ok");
        // a new client must read the group
        context.stop();
        context = restarted();
        fault = duringTheSecond;
        run("fail", 3, null);
        fault = Fault.NONE;
        run("ok", 4, null);

        assertCounters(3, 1);
        assertThat(group().value("job_records_processed_total")).isEqualTo(7);
    }

    private CamelContext restarted() {
        try {
            return startContext();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NO_QUERIES", "LOST_QUERIES"})
    void failedRunIsReportedEvenIfTheGroupCannotBeRead(Fault queries) {
        run("ok");
        context.stop();
        context = restarted();
        fault = queries;
        try (LogCapture log = LogCapture.ofAll(Level.WARN)) {
            run("fail");

            await().untilAsserted(() ->
                    assertThat(gateway.value("job_success", "job", job)).hasValue(0));
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("CountedReports"))
                    .singleElement()
                    .asString()
                    .contains(
                            "A run is reported without its counters; they are added after the next report that succeeds");
        }
        assertCounters(1, 0);
    }

    @Test
    void reportArrivesIfTheGroupHoldsAnotherTypeOfTheCounter() {
        context.createProducerTemplate()
                .sendBody(
                        "pushgateway:" + job + "?url=" + gateway.url(),
                        "# TYPE other_runs_total gauge\nother_runs_total 7\n");
        try (LogCapture log = LogCapture.ofAll(Level.WARN)) {
            context.createProducerTemplate()
                    .sendBody(
                            "pushgateway:" + job + "?operation=report&reportCounters=true&reportPrefix=other&url="
                                    + gateway.url(),
                            null);

            await().untilAsserted(() ->
                    assertThat(gateway.value("other_success", "job", job)).isPresent());
            assertThat(log.lines()).anyMatch(line -> line.contains("other_runs_total"));
        }
        assertThat(group().value("other_runs_total")).isEqualTo(7);
    }

    @Test
    void runsThatEndAtTheSameTimeAreAllCounted() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<CompletableFuture<Void>> runs = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String body = i % 4 == 0 ? "fail" : "ok";
                runs.add(CompletableFuture.runAsync(() -> run(body, 2, null), threads));
            }
            for (CompletableFuture<Void> run : runs) {
                run.get();
            }
        } finally {
            threads.shutdown();
        }

        assertCounters(100, 25);
        assertThat(group().value("job_records_processed_total")).isEqualTo(200);
    }

    @Test
    void stepOfARouteReportsCounters() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                String report =
                        "pushgateway:" + job + "-step?operation=report&reportCounters=true&url=" + gateway.url();
                onException(Exception.class).handled(true).to(report);
                from("direct:step")
                        .routeId("step")
                        .filter(body().isEqualTo("fail"))
                        .throwException(new IllegalStateException("failed"))
                        .end()
                        .to(report);
            }
        });
        for (String body : List.of("ok", "fail", "ok")) {
            context.createProducerTemplate().sendBody("direct:step", body);
        }

        await().untilAsserted(() -> {
            assertThat(gateway.value("job_runs_total", "job", job + "-step")).hasValue(3);
            assertThat(gateway.value("job_failures_total", "job", job + "-step"))
                    .hasValue(1);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"UNAVAILABLE", "LOST_RESPONSES_AND_QUERIES"})
    void runsThatAreNotCountedWhenTheEndpointStopsAreCountedAfterItsStart(Fault atTheEnd) throws Exception {
        String report =
                "pushgateway:" + job + "?operation=report&reportCounters=true&maxRetries=0&url=" + gateway.url();
        ProducerTemplate template = context.createProducerTemplate();
        template.sendBody(report, null);
        fault = atTheEnd;
        template.sendBody(report, null);
        context.getEndpoint(report).stop();
        fault = Fault.NONE;
        context.getEndpoint(report).start();
        template.sendBody(report, null);

        assertCounters(3, 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"UNAVAILABLE", "LOST_RESPONSES_AND_QUERIES"})
    void runsThatAreNotCountedWhenTheContextStopsAreCountedByTheNextOne(Fault atTheEnd) throws Exception {
        run("ok");
        fault = atTheEnd;
        run("fail");
        context.stop();
        context = startContext();
        run("ok");
        context.stop();
        context = startContext();
        fault = Fault.NONE;

        run("ok");

        assertCounters(4, 1);
        context.stop();
        context = startContext();
        run("ok");
        assertCounters(5, 1);
    }

    /** A job each minute, and a gateway that is down for hours. */
    @Test
    void runsOfALongOutageAreCountedAfterIt() throws Exception {
        run("ok");
        fault = Fault.UNAVAILABLE;
        try (LogCapture log = LogCapture.ofAll(Level.WARN)) {
            for (int i = 0; i < 120; i++) {
                run(i % 2 == 0 ? "ok" : "fail");
            }
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("CountedReports"))
                    .isEmpty();
        }
        fault = Fault.NONE;

        run("ok");

        assertCounters(122, 60);
    }

    @Test
    void runsThatAreNotCountedAtTheEndAreLogged() {
        fault = Fault.UNAVAILABLE;
        run("ok");
        run("fail");
        try (LogCapture log = LogCapture.ofAll(Level.WARN)) {
            context.stop();

            assertThat(log.lines())
                    .filteredOn(line -> line.contains("CountedReports"))
                    .singleElement()
                    .asString()
                    .contains("The counters do not include 2 runs, because the reports failed");
        }
    }

    @Test
    void numberThatCannotBeCountedIsReportedButNotAdded() {
        run("ok", 3, null);
        run("ok", -1, null);

        assertCounters(2, 0);
        assertThat(group().value("job_records_processed")).isEqualTo(-1);
        assertThat(group().value("job_records_processed_total")).isEqualTo(3);
    }
}
