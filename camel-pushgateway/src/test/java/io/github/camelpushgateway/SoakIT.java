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
 * 64 callers push, for a few seconds in the build, or with {@code -Dsoak.minutes=10} for as long as you like: to groups that stay, to
 * groups that come and go, and what fails. In the end there is no more memory in use, and no thread more, than in the beginning.
 */
class SoakIT extends ContextTestSupport {

    private static final int CALLERS = 64;
    private static final int LASTING_GROUPS = 8;
    private static final int SAMPLES = 10;
    private static final Duration IN_THE_BUILD = Duration.ofSeconds(4);
    private static final Duration WARM_UP_IN_THE_BUILD = Duration.ofSeconds(3);
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    private static final long MOST_BYTES = 1_048_576;

    /** Threads that have nothing to do end by themselves, the last of them after a minute. */
    private static final Duration IDLE = Duration.ofSeconds(90);

    /** Makes a group that is kept by mistake weigh something. */
    private static final String LONG = "x".repeat(10_000);

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    @Nullable
    private final Integer minutes = Integer.getInteger("soak.minutes");

    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong wentOn = new AtomicLong();

    @Override
    protected RouteBuilder createRouteBuilder() throws Exception {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:push").to("pushgateway:soak?url=" + GATEWAY.url()).process(e -> wentOn.incrementAndGet());
                from("direct:nobody")
                        .to("pushgateway:soak?maxRetries=1&retryDelay=20&url=http://127.0.0.1:" + nobody)
                        .process(e -> wentOn.incrementAndGet());
            }
        };
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void neitherMemoryNorThreadsGrow() throws Exception {
        assertThat(push("direct:push", "taken", "taken", 1, Map.of())).isNull();
        load(minutes == null ? WARM_UP_IN_THE_BUILD : WARM_UP);
        Sample first = sample();

        Duration all = minutes == null ? IN_THE_BUILD : Duration.ofMinutes(minutes);
        Sample last = first;
        for (int i = 0; i < SAMPLES; i++) {
            load(all.dividedBy(SAMPLES));
            last = sample();
        }

        assertThat(last.heap() - first.heap()).isLessThanOrEqualTo(MOST_BYTES);
        await().atMost(IDLE).pollInSameThread().until(() -> threads() <= first.threads());
        assertThat(failed).hasPositiveValue();
        assertThat(done.get() + failed.get()).isEqualTo(asked.get());
        assertThat(wentOn.get()).isEqualTo(done.get());
        assertThat(context.getEndpoints().stream()
                        .filter(PushgatewayEndpoint.class::isInstance)
                        .mapToLong(endpoint -> ((PushgatewayEndpoint) endpoint).getInFlight()))
                .isNotEmpty()
                .containsOnly(0L);
        // what came has gone
        assertThat(GATEWAY.groups()).hasSizeLessThanOrEqualTo(LASTING_GROUPS + 2);
    }

    /** What is there when nobody pushes, of what cannot be collected. */
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
        System.out.println("Soak: " + asked + " pushes, " + failed + " of them failed; " + heap / 1_024 + " kB and "
                + sample.threads() + " threads in use");
        return sample;
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Comes back when all that was asked for has its outcome. */
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
                String passing = caller + "-" + asked.get() + LONG;
                assertThat(push("direct:push", passing, "rows", turn, Map.of())).isNull();
                assertThat(push("direct:push", passing, "rows", turn, Map.of(PushgatewayConstants.OPERATION, "delete")))
                        .isNull();
            }
            case 8 -> assertFails(push("direct:push", "lasting-0", "no name", turn, Map.of()));
            case 12 -> {
                // another group has it with another type: the gateway says no, to what it is folded with, too
                Map<String, Object> untyped = Map.of(PushgatewayConstants.METRIC_TYPE, "untyped");
                if (turn % 64 == 12) {
                    assertFails(push("direct:push", "lasting-0", "taken", turn, untyped));
                } else if (turn % 64 == 28) {
                    assertFails(push("direct:nobody", "lasting-0", "rows", turn, Map.of()));
                }
            }
            default ->
                assertThat(push(
                                "direct:push",
                                "lasting-" + turn % LASTING_GROUPS,
                                "rows_" + caller % 4,
                                turn,
                                Map.of()))
                        .isNull();
        }
    }

    private static void assertFails(@Nullable Exception failure) {
        assertThat(failure).isInstanceOf(PushgatewayException.class);
    }

    /** Returns why it has failed, or null if it is done. */
    private @Nullable Exception push(
            String route, String job, String metric, Object value, Map<String, Object> headers) {
        asked.incrementAndGet();
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
