package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.testing.ContextTestSupport;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * 64 callers push for a few seconds, or for the time of {@code -Dsoak.minutes=10}: to permanent groups, to temporary
 * groups, and pushes that fail. At the end, no more memory and threads are in use than at the beginning.
 */
class SoakIT extends ContextTestSupport {

    private static final int CALLERS = 64;
    private static final int PERMANENT_GROUPS = 8;
    private static final int SAMPLES = 10;
    private static final Duration DEFAULT_DURATION = Duration.ofSeconds(2);
    private static final Duration DEFAULT_WARM_UP = Duration.ofSeconds(2);
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    private static final long MAX_GROWTH_BYTES = 1_048_576;

    /** Idle threads end after at most one minute. */
    private static final Duration IDLE = Duration.ofSeconds(90);

    /** Suffix of group names that makes a memory leak of groups measurable. */
    private static final String LONG_SUFFIX = "x".repeat(10_000);

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    @Nullable
    private final Integer minutes = Integer.getInteger("soak.minutes");

    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    private final AtomicLong requested = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong continued = new AtomicLong();

    @Override
    protected RouteBuilder createRouteBuilder() throws Exception {
        int unavailable;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unavailable = closed.getLocalPort();
        }
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:push")
                        .to("pushgateway:soak?url=" + GATEWAY.url())
                        .process(e -> continued.incrementAndGet());
                from("direct:unavailable")
                        .to("pushgateway:soak?maxRetries=1&retryDelay=20&url=http://127.0.0.1:" + unavailable)
                        .process(e -> continued.incrementAndGet());
            }
        };
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void neitherMemoryNorThreadsGrow() throws Exception {
        assertThat(push("direct:push", "conflicting", "conflicting", 1, Map.of()))
                .isNull();
        load(minutes == null ? DEFAULT_WARM_UP : WARM_UP);
        Sample first = sample();

        Duration all = minutes == null ? DEFAULT_DURATION : Duration.ofMinutes(minutes);
        long growth = growth(first, all);
        // on a busy machine, the warm-up may be too short to load all classes; a leak continues to grow
        for (int retry = 0; retry < 2 && growth > MAX_GROWTH_BYTES; retry++) {
            growth = growth(sample(), all);
        }

        assertThat(growth).isLessThanOrEqualTo(MAX_GROWTH_BYTES);
        await().atMost(IDLE).pollInSameThread().until(() -> threads() <= first.threads());
        assertThat(failed).hasPositiveValue();
        assertThat(done.get() + failed.get()).isEqualTo(requested.get());
        assertThat(continued.get()).isEqualTo(done.get());
        assertThat(context.getEndpoints().stream()
                        .filter(PushgatewayEndpoint.class::isInstance)
                        .mapToLong(endpoint -> ((PushgatewayEndpoint) endpoint).getInFlight()))
                .isNotEmpty()
                .containsOnly(0L);
        // the temporary groups were deleted
        assertThat(GATEWAY.groups()).hasSizeLessThanOrEqualTo(PERMANENT_GROUPS + 2);
    }

    /** Returns the growth of the memory in use during the load. */
    private long growth(Sample first, Duration duration) throws Exception {
        Sample last = first;
        for (int i = 0; i < SAMPLES; i++) {
            load(duration.dividedBy(SAMPLES));
            last = sample();
        }
        return last.heap() - first.heap();
    }

    /** Memory and threads in use after garbage collection while nothing is pushed. */
    private record Sample(long heap, int threads) {}

    private Sample sample() {
        long heap = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            heap = Math.min(
                    heap,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        Sample sample = new Sample(heap, threads());
        System.out.println("Soak: " + requested + " pushes, " + failed + " of them failed; " + heap / 1_024 + " kB and "
                + sample.threads() + " threads in use");
        return sample;
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Pushes for the duration, and returns when all pushes have an outcome. */
    private void load(Duration duration) throws Exception {
        long begin = System.nanoTime();
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            int caller = i;
            callers.add(CompletableFuture.runAsync(
                    () -> {
                        for (int turn = caller; System.nanoTime() - begin < duration.toNanos(); turn++) {
                            turn(caller, turn);
                        }
                    },
                    threads));
        }
        CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new))
                .get(duration.toSeconds() + 60, TimeUnit.SECONDS);
    }

    private void turn(int caller, int turn) {
        switch (turn % 16) {
            case 0 -> {
                String temporary = caller + "-" + requested.get() + LONG_SUFFIX;
                assertThat(push("direct:push", temporary, "rows", turn, Map.of()))
                        .isNull();
                assertThat(push(
                                "direct:push",
                                temporary,
                                "rows",
                                turn,
                                Map.of(PushgatewayConstants.OPERATION, "delete")))
                        .isNull();
            }
            case 8 -> assertFails(push("direct:push", "permanent-0", "no name", turn, Map.of()));
            case 12 -> {
                // another group has the metric with another type: the gateway refuses the request, including coalesced
                // pushes
                Map<String, Object> untyped = Map.of(PushgatewayConstants.METRIC_TYPE, "untyped");
                if (turn % 64 == 12) {
                    assertFails(push("direct:push", "permanent-0", "conflicting", turn, untyped));
                } else if (turn % 64 == 28) {
                    assertFails(push("direct:unavailable", "permanent-0", "rows", turn, Map.of()));
                }
            }
            default ->
                assertThat(push(
                                "direct:push",
                                "permanent-" + turn % PERMANENT_GROUPS,
                                "rows_" + caller % 4,
                                turn,
                                Map.of()))
                        .isNull();
        }
    }

    private static void assertFails(@Nullable Exception failure) {
        assertThat(failure).isInstanceOf(PushgatewayException.class);
    }

    /** Returns the exception of the push, or null if it succeeded. */
    private @Nullable Exception push(
            String route, String job, String metric, Object value, Map<String, Object> headers) {
        requested.incrementAndGet();
        Exchange exchange = template.send(route, sent -> {
            sent.getMessage().setBody(value);
            sent.getMessage().setHeader(PushgatewayConstants.JOB, job);
            sent.getMessage().setHeader(PushgatewayConstants.METRIC_NAME, metric);
            headers.forEach(sent.getMessage()::setHeader);
        });
        (exchange.getException() == null ? done : failed).incrementAndGet();
        return exchange.getException();
    }
}
