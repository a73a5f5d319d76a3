package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.testing.Fault;
import io.github.camelpushgateway.testing.FaultCase;
import io.github.camelpushgateway.testing.FaultRun;
import io.github.camelpushgateway.testing.FaultyGateway;
import io.github.camelpushgateway.testing.Phase;
import io.github.camelpushgateway.testing.PortProxies;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.PushgatewayThreads;
import io.github.camelpushgateway.testing.SocketServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** While exchanges hang, the connections and threads of a client are limited, and they end with the client. */
class CloseDuringFaultsTest {

    private static final Duration FAR_AWAY = Duration.ofMinutes(10);
    private static final int PUSHES = 100;

    private static final int MAX_CONNECTIONS = 5;
    private static final int MAX_THREADS = 25;

    /** The time in which a server detects that a client has closed a connection before opening the next one. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    @Test
    void closeEndsAllHangingExchanges() throws Exception {
        Map<FaultyGateway, FaultRun> runs = new LinkedHashMap<>();
        try (PortProxies proxies = PortProxies.install()) {
            for (FaultCase fault : FaultCase.all().filter(FaultCase::isHanging).toList()) {
                FaultyGateway gateway = new FaultyGateway(fault);
                proxies.add(gateway.server().port(), gateway.proxy());
                runs.put(gateway, FaultRun.of(gateway, FAR_AWAY));
            }
            List<CompletableFuture<FaultRun.Result>> pushes = new ArrayList<>();
            runs.values().forEach(run -> pushes.add(run.push()));
            for (FaultyGateway gateway : runs.keySet()) {
                assertThat(gateway.awaitReached()).as("%s", gateway.fault()).isTrue();
            }
            assertThat(pushes).noneMatch(CompletableFuture::isDone);

            runs.values().forEach(FaultRun::assertClosesQuicklyWithoutLeaks);

            assertThat(pushes)
                    .allSatisfy(push -> assertThat(FaultRun.failure(push)).hasMessageContaining("closed"));
        } finally {
            for (FaultRun run : runs.values()) {
                run.close();
            }
        }
    }

    static Stream<FaultCase> blockingFaults() {
        return Stream.of(
                new FaultCase(Phase.BEFORE_HEAD, Fault.SILENT, false),
                new FaultCase(Phase.STATUS_LINE, Fault.TRICKLING, false),
                new FaultCase(Phase.CHUNK_EXTENSION, Fault.TRICKLING, false),
                new FaultCase(Phase.TRAILERS, Fault.TRICKLING, false),
                new FaultCase(Phase.TLS_HANDSHAKE, Fault.TRICKLING, false),
                new FaultCase(Phase.BEFORE_HEAD, Fault.SILENT, true));
    }

    /** Each attempt times out, so that further attempts follow. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("blockingFaults")
    void pushesToManyGroupsUseFewConnectionsAndThreads(FaultCase fault) throws Exception {
        FaultyGateway gateway = new FaultyGateway(fault);
        SocketServer server = gateway.server();
        try (FaultRun run = FaultRun.of(gateway, Duration.ofMillis(100))) {
            List<CompletableFuture<FaultRun.Result>> pushes = new ArrayList<>();
            for (int i = 0; i < PUSHES; i++) {
                pushes.add(run.push(
                        new PushRequest(PushOperation.PUSH, GroupingKey.of("job-" + i), Pushes.gauge("x", i))));
            }

            List<Integer> threads = new ArrayList<>();
            long[] fewConnections = {System.nanoTime()};
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(20, TimeUnit.SECONDS)
                    .until(() -> {
                        threads.add(PushgatewayThreads.of(server.port()).size());
                        if (server.openConnections() <= MAX_CONNECTIONS) {
                            fewConnections[0] = System.nanoTime();
                        }
                        assertThat(System.nanoTime() - fewConnections[0])
                                .as("nanoseconds with %d connections", server.openConnections())
                                .isLessThan(SETTLED.toNanos());
                        return server.connections().size() > 3 * MAX_CONNECTIONS;
                    });
            assertThat(threads).allMatch(count -> count <= MAX_THREADS);
            assertThat(pushes).anyMatch(push -> !push.isDone());

            run.assertClosesQuicklyWithoutLeaks();

            assertThat(pushes).allSatisfy(FaultRun::failure);
        }
    }
}
