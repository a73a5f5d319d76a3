package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.Fault;
import io.github.camelpushgateway.testing.FaultCase;
import io.github.camelpushgateway.testing.FaultRun;
import io.github.camelpushgateway.testing.FaultyGateway;
import io.github.camelpushgateway.testing.Phase;
import io.github.camelpushgateway.testing.PortProxies;
import io.github.camelpushgateway.testing.PushgatewayThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault in each phase of an exchange ends within the request timeout, and leaves no connection and no thread. The
 * pushes of all cases run at the same time.
 */
class FaultyPhasesTest {

    private static final Duration TIMEOUT = Duration.ofMillis(500);

    /** The additional time for an outcome on a busy machine, because all cases run at the same time. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private static final List<String> THREADS_BEFORE = PushgatewayThreads.all();
    private static final PortProxies PROXIES = PortProxies.install();
    private static final Map<FaultCase, FaultRun> RUNS = new LinkedHashMap<>();
    private static final Map<FaultCase, CompletableFuture<FaultRun.Result>> PUSHES = new LinkedHashMap<>();

    static Stream<FaultCase> cases() {
        // endless responses use all processors; EndlessResponseTest tests them
        return FaultCase.all().filter(fault -> fault.fault() != Fault.ENDLESS);
    }

    @BeforeAll
    static void pushAll() throws Exception {
        warmUp();
        for (FaultCase fault : cases().toList()) {
            FaultyGateway gateway = new FaultyGateway(fault);
            PROXIES.add(gateway.server().port(), gateway.proxy());
            RUNS.put(fault, FaultRun.of(gateway, TIMEOUT));
        }
        RUNS.forEach((fault, run) -> PUSHES.put(fault, run.push()));
        CompletableFuture.allOf(PUSHES.values().toArray(CompletableFuture[]::new))
                .get(60, TimeUnit.SECONDS);
    }

    /** The first handshake of a JVM takes longer than the timeout on a slow machine. */
    private static void warmUp() throws Exception {
        for (boolean tls : List.of(false, true)) {
            FaultCase closed = new FaultCase(Phase.BODY_TO_END, Fault.CLOSED, tls);
            try (FaultRun run = FaultRun.of(new FaultyGateway(closed), Duration.ofSeconds(20))) {
                run.succeed();
            }
        }
    }

    @AfterAll
    static void closeAll() throws IOException {
        for (FaultRun run : RUNS.values()) {
            run.close();
        }
        PROXIES.close();
        RUNS.clear();
        PUSHES.clear();
        await().untilAsserted(() -> assertThat(PushgatewayThreads.all()).isSubsetOf(THREADS_BEFORE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void endsInTimeWithoutLeaks(FaultCase fault) throws Exception {
        FaultRun run = Objects.requireNonNull(RUNS.get(fault));

        FaultRun.Result result = Objects.requireNonNull(PUSHES.get(fault)).get();

        run.assertClosesQuicklyWithoutLeaks();
        assertThat(result.took()).as("time of %s", fault).isLessThan(TIMEOUT.plus(GRACE));
        if (fault.isSuccess()) {
            assertThat(result.failure()).as("%s", fault).isNull();
        } else {
            assertThat(result.failure())
                    .as("%s", fault)
                    .isInstanceOfSatisfying(
                            PushgatewayException.class,
                            failure -> assertThat(failure.getStatusCode()).isZero());
            assertThat(run.statistics().requests()).as("requests of %s", fault).isLessThanOrEqualTo(1);
        }
    }
}
