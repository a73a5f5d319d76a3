package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.Fault;
import io.github.camelpushgateway.testing.FaultCase;
import io.github.camelpushgateway.testing.FaultRun;
import io.github.camelpushgateway.testing.FaultyGateway;
import io.github.camelpushgateway.testing.Phase;
import io.github.camelpushgateway.testing.Phase.Kind;
import io.github.camelpushgateway.testing.PortProxies;
import java.lang.management.ManagementFactory;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An endless response takes no longer than the request timeout and little memory. */
class EndlessResponseTest {

    /** Never reached, because the client gives up as soon as it has received too much. */
    private static final Duration LONG_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration TIMEOUT = Duration.ofMillis(1_500);

    /** The additional time on a busy machine: the servers write as fast as they can. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /**
     * The maximum number of bytes outside of a body that a client reads and the operating system buffers. Linux may buffer more than
     * 32 MB. A client that reads until its timeout reads several times as much.
     */
    private static final long MAX_BYTES = 100_000_000;

    /** The time at which the heap is measured while clients still read. */
    private static final Duration HALFWAY = Duration.ofSeconds(1);

    private static final long MAX_HEAP_BYTES = 16_000_000;

    private static final Set<Phase> HANDSHAKES = EnumSet.of(Phase.TLS_HANDSHAKE, Phase.TUNNELLED_TLS_HANDSHAKE);

    private static Stream<FaultCase> endless() {
        return FaultCase.all().filter(fault -> fault.fault() == Fault.ENDLESS);
    }

    /** Any number of chunks is a body. */
    private static boolean isBody(FaultCase fault) {
        return fault.phase().kind == Kind.BODY || fault.phase() == Phase.CHUNKS;
    }

    static Stream<FaultCase> heads() {
        return endless().filter(fault -> !isBody(fault));
    }

    /** The number of bytes read limits the memory. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("heads")
    void readsLittleOutsideOfABody(FaultCase fault) throws Exception {
        FaultyGateway gateway = new FaultyGateway(fault);
        try (PortProxies proxies = PortProxies.install();
                FaultRun run = FaultRun.of(gateway, LONG_TIMEOUT)) {
            proxies.add(gateway.server().port(), gateway.proxy());
            PushgatewayException failure = run.fail();

            assertThat(failure.getStatusCode()).isZero();
            assertThat(failure.getCause()).isNotInstanceOf(SocketTimeoutException.class);
            run.assertClosesQuicklyWithoutLeaks();
            if (!HANDSHAKES.contains(fault.phase())) {
                // after a failed handshake, the JDK reads and discards bytes as long as more arrive
                assertThat(gateway.written()).isLessThan(MAX_BYTES);
            }
        }
    }

    @Test
    void bodyIsReadButNotKept() throws Exception {
        Map<FaultyGateway, FaultRun> runs = new LinkedHashMap<>();
        try {
            for (FaultCase fault : endless().filter(EndlessResponseTest::isBody).toList()) {
                FaultyGateway gateway = new FaultyGateway(fault);
                runs.put(gateway, FaultRun.of(gateway, TIMEOUT));
            }
            long before = usedHeap();
            Map<FaultyGateway, CompletableFuture<FaultRun.Result>> pushes = new LinkedHashMap<>();
            runs.forEach((gateway, run) -> pushes.put(gateway, run.push()));

            await().pollDelay(HALFWAY).until(() -> true);
            long growth = usedHeap() - before;

            for (Map.Entry<FaultyGateway, CompletableFuture<FaultRun.Result>> push : pushes.entrySet()) {
                FaultCase fault = push.getKey().fault();
                assertThat(FaultRun.failure(push.getValue()).getStatusCode())
                        .as("%s", fault)
                        .isZero();
                assertThat(push.getValue().get().took()).as("time of %s", fault).isLessThan(TIMEOUT.plus(GRACE));
            }
            assertThat(growth).isLessThan(MAX_HEAP_BYTES);
            assertThat(runs.keySet().stream().mapToLong(FaultyGateway::written).sum())
                    .as("bytes that could have been kept")
                    .isGreaterThan(MAX_HEAP_BYTES);
            runs.values().forEach(FaultRun::assertClosesQuicklyWithoutLeaks);
        } finally {
            for (FaultRun run : runs.values()) {
                run.close();
            }
        }
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
