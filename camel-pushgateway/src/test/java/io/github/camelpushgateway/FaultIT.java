package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.testing.ContextTestSupport;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real gateways that hang, stop and restart: successful pushes are stored, and no job is affected. */
class FaultIT extends ContextTestSupport {

    private static final String PASSWORD = "pa55-W0RD";

    @RegisterExtension
    final SecretScan scan = new SecretScan();

    @TempDir
    Path inbox;

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        test.withEnableJMX();
    }

    @BeforeEach
    void start() {
        scan.password("ops", PASSWORD);
        // credentials are sent to all gateways, although only one gateway in this class requires them
        GatewayConfiguration gateway = gatewayOptions(context);
        gateway.setUsername("ops");
        gateway.setPassword(PASSWORD);
    }

    @Test
    void pushSucceedsAfterGatewayResumes() {
        List<Instant> attempts = new CopyOnWriteArrayList<>();
        PushgatewayHandler recording = (request, next) -> {
            attempts.add(Instant.now());
            return next.handle(request);
        };
        context.getRegistry().bind("recording", recording);
        try (Pushgateway gateway = Pushgateway.start()) {
            gateway.pause();
            double before = Instant.now().getEpochSecond();
            CompletableFuture<Exchange> push = template.asyncSend(
                    "pushgateway:load?metricName=job_last_success_unixtime&metricValue=now&requestTimeout=1s&maxRetries=20"
                            + "&retryDelay=50&handler=#recording&url=" + gateway.url(),
                    exchange -> {});
            // the first attempt timed out after one second
            await().atMost(60, TimeUnit.SECONDS).until(() -> attempts.size() > 1);
            assertThat(push).isNotDone();

            gateway.resume();

            assertThat(push)
                    .succeedsWithin(60, TimeUnit.SECONDS)
                    .satisfies(exchange -> assertThat(exchange.getException()).isNull());
            // the time of the exchange, not of the successful attempt
            assertThat(gateway.group("job", "load").orElseThrow().value("job_last_success_unixtime"))
                    .isBetween(before, attempts.get(0).toEpochMilli() / 1000.0);
        }
    }

    @Test
    void pushToHangingGatewayFailsWithinTimeouts() {
        try (Pushgateway gateway = Pushgateway.start()) {
            gateway.pause();
            Instant start = Instant.now();

            Exchange failed = template.request(
                    "pushgateway:load?metricName=x&requestTimeout=500&retryDelay=10&url=" + gateway.url(),
                    exchange -> exchange.getMessage().setBody(1));

            assertThat(failed.getException()).isInstanceOfSatisfying(PushgatewayException.class, failure -> {
                scan.add(failure);
                assertThat(failure.getAttempts()).isEqualTo(3);
            });
            assertThat(Duration.between(start, Instant.now()))
                    .isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(20));
            gateway.resume();
        }
    }

    @Test
    void successfulPushesAreStoredAlthoughGatewayIsReplaced() throws Exception {
        List<CompletableFuture<Exchange>> pushes = new ArrayList<>();
        Set<String> stored = new HashSet<>();
        try (Forwarder address = new Forwarder();
                Pushgateway second = Pushgateway.start()) {
            try (Pushgateway first = Pushgateway.start()) {
                address.to(first.url());
                for (int i = 0; i < 500; i++) {
                    pushes.add(push(address, i));
                }
                await().until(() ->
                        pushes.stream().filter(CompletableFuture::isDone).count() >= 100);
                address.to(null);
                // no request reaches this gateway any more, and no response from it is received
                stored.addAll(jobs(first));
            }
            address.to(second.url());

            Set<String> succeeded = new HashSet<>();
            for (int i = 0; i < 500; i++) {
                Exception failure = pushes.get(i).get(120, TimeUnit.SECONDS).getException();
                if (failure == null) {
                    succeeded.add("job" + i);
                } else {
                    scan.add(failure);
                    assertThat(failure).isInstanceOf(PushgatewayException.class);
                }
            }
            stored.addAll(jobs(second));
            assertThat(stored).containsAll(succeeded);
            assertThat(jobs(second)).isNotEmpty();
            assertThat(succeeded).hasSizeGreaterThan(400);
        }
    }

    private CompletableFuture<Exchange> push(Forwarder address, int number) {
        return template.asyncSend(
                "pushgateway:any?metricName=x&maxRetries=10&retryDelay=50&requestTimeout=5s&url=" + address.url(),
                exchange -> {
                    exchange.getMessage().setBody(number);
                    exchange.getMessage().setHeader(PushgatewayConstants.JOB, "job" + number);
                });
    }

    private static List<String> jobs(Pushgateway gateway) {
        return gateway.groups().stream().map(group -> group.labels().get("job")).toList();
    }

    @ParameterizedTest
    @CsvSource({"warn, WARN, 1", "ignore, WARN, 0"})
    void unavailableGatewayDoesNotAffectFileRoute(String policy, String level, int linesPerFile) throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + inbox + "?initialDelay=0&delay=100&moveFailed=.failed")
                        .to("pushgateway:load?metricName=x&metricValue=1&retryDelay=10&onPushFailure=" + policy
                                + "&url=http://127.0.0.1:" + port);
            }
        });
        Instant start = Instant.now();
        try (LogCapture log = LogCapture.of(PushgatewayProducer.class, Level.INFO)) {
            for (int i = 0; i < 10; i++) {
                Path outside = Files.createTempFile(inbox.getParent(), "drop", ".csv");
                Files.writeString(outside, "a file");
                Files.move(outside, inbox.resolve("f" + i));
            }
            await().atMost(60, TimeUnit.SECONDS).until(() -> done().size() == 10);

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(60));
            assertThat(inbox.resolve(".failed")).doesNotExist();
            await().untilAsserted(() -> assertThat(log.lines()).hasSize(10 * linesPerFile));
            assertThat(log.lines())
                    .allSatisfy(line -> assertThat(line)
                            .startsWith(level)
                            .contains("{job=\"load\"}")
                            .doesNotContain("\n"));
        }
    }

    private List<Path> done() throws Exception {
        Path folder = inbox.resolve(".camel");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void rejectionDoesNotAffectJob() {
        Exchange exchange = template.request(
                "pushgateway:load?onPushFailure=warn", e -> e.getMessage().setBody(new Object()));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(PushgatewayConstants.RESPONSE_CODE);
    }

    @Test
    void gatewayHealthIsCheckedOnlyIfEnabled() {
        try (Pushgateway gateway = Pushgateway.start(
                PushgatewaySetup.plain().withBasicAuth("ops", PASSWORD).withPathPrefix("/gw"))) {
            String uri = "pushgateway:load?metricName=x&metricValue=1&requestTimeout=2s&url=" + gateway.url();
            template.sendBody(uri, "");
            assertThat(checks()).noneMatch(check -> check.getId().startsWith("producer:pushgateway"));

            HealthCheckHelper.getHealthCheckRepository(context, "producers").setEnabled(true);
            context.getEndpointRegistry().clear();
            template.sendBody(uri + "&metricHelp=other", "");

            HealthCheck check = checks().stream()
                    .filter(each -> each.getId().startsWith("producer:pushgateway"))
                    .findFirst()
                    .orElseThrow();
            assertThat(check.isLiveness()).isFalse();
            HealthCheck.Result up = check.call(Map.of());
            assertThat(up.getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(up.getDetails().toString()).contains(gateway.url()).doesNotContain(PASSWORD);

            gateway.pause();
            HealthCheck.Result down = check.call(Map.of());
            gateway.resume();
            assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(down.getMessage().orElseThrow())
                    .contains("health check", gateway.url())
                    .doesNotContain(PASSWORD);
        }
    }

    private List<HealthCheck> checks() {
        return HealthCheckHelper.getHealthCheckRepository(context, "producers").stream()
                .toList();
    }
}
