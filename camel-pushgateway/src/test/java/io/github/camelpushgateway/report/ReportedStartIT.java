package io.github.camelpushgateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.github.camelpushgateway.testing.VersionedGateways;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real gateways show which job is running. */
class ReportedStartIT extends ContextTestSupport {

    private static final VersionedGateways GATEWAYS = new VersionedGateways();

    private final CountDownLatch running = new CountDownLatch(1);

    @AfterAll
    static void stopGateways() {
        GATEWAYS.close();
    }

    private static Pushgateway gateway(String version) {
        Optional<Pushgateway> found = GATEWAYS.find(version);
        assumeTrue(found.isPresent(), "no Pushgateway " + version + " is available");
        return found.orElseThrow();
    }

    private void addRoutes(String options) throws Exception {
        PushgatewayRoutePolicyFactory factory =
                new PushgatewayRoutePolicyFactory("*", "pushgateway:${routeId}?" + options);
        factory.setReportStart(true);
        factory.setReportInterval("24h");
        context.addRoutePolicyFactory(factory);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .routeId("job")
                        .choice()
                        .when(body().isEqualTo("long"))
                        .process(exchange ->
                                assertThat(running.await(30, TimeUnit.SECONDS)).isTrue())
                        .when(body().isEqualTo("failing"))
                        .throwException(new IllegalStateException("failed"));
            }
        });
    }

    private void run(String body) {
        template.request("direct:in", exchange -> exchange.getMessage().setBody(body));
    }

    private static Optional<PushgatewayGroup> group(Pushgateway gateway) {
        return gateway.group("job", "job");
    }

    private static boolean isRunning(Pushgateway gateway) {
        return group(gateway)
                .filter(group -> group.has("job_last_start_unixtime"))
                .filter(group -> !group.has("job_last_completion_unixtime")
                        || group.value("job_last_start_unixtime") > group.value("job_last_completion_unixtime"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {VersionedGateways.OLD, VersionedGateways.NEW})
    void jobIsRunningFromItsStartToItsEnd(String version) throws Exception {
        Pushgateway gateway = gateway(version);
        addRoutes("url=" + gateway.url());
        run("short");
        assertThat(isRunning(gateway)).isFalse();

        // in the same second
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> run("long"));
        await().until(() -> isRunning(gateway));
        PushgatewayGroup during = group(gateway).orElseThrow();
        assertThat(during.value("job_success")).as("of the last run").isEqualTo(1);
        assertThat(during.value("job_interval_seconds")).isEqualTo(86_400);
        running.countDown();
        run.get();

        await().until(() -> !isRunning(gateway));
        assertThat(group(gateway).orElseThrow().value("job_duration_seconds")).isGreaterThanOrEqualTo(1);
        run("failing");
        await().untilAsserted(() ->
                assertThat(gateway.value("job_success", "job", "job")).hasValue(0));
        assertThat(isRunning(gateway)).isFalse();
    }

    @Test
    void mirrorsAndTheShardOfTheGroupReceiveTheStart() throws Exception {
        Pushgateway one = gateway(VersionedGateways.OLD);
        Pushgateway other = gateway(VersionedGateways.NEW);
        addRoutes("distribution=mirror&url=" + one.url() + "," + other.url());

        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> run("long"));
        await().until(() -> isRunning(one) && isRunning(other));
        running.countDown();
        run.get();

        await().until(() -> !isRunning(one) && !isRunning(other));
    }

    @Test
    void startAndReportReachTheSameShard() throws Exception {
        List<Pushgateway> gateways = List.of(gateway(VersionedGateways.OLD), gateway(VersionedGateways.NEW));
        addRoutes("url=" + gateways.get(0).url() + "," + gateways.get(1).url());

        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> run("long"));
        await().until(() -> gateways.stream().anyMatch(ReportedStartIT::isRunning));
        running.countDown();
        run.get();

        await().until(() -> gateways.stream().noneMatch(ReportedStartIT::isRunning));
    }
}
