package io.github.camelpushgateway.benchmarks;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.client.queue.Coalescer;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Benchmark of coalescing the pending requests of a group into one request. It is in the package of {@code
 * Coalescer}, which is not public. The requests differ from each other, as pending requests usually do.
 */
@NullMarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CoalescerBenchmark {

    /** Number of pending requests. */
    @Param({"2", "64", "1000"})
    public int requests = 2;

    private List<PushRequest> pending = List.of();

    /** Builds the requests. Each has three gauges, one of which the next request replaces. */
    @Setup
    public void prepare() {
        GroupingKey key = GroupingKey.of("nightly-load");
        pending = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            pending.add(new PushRequest(
                    PushOperation.PUSHADD, key, MetricSnapshots.of(gauge(i), gauge(i + 1), gauge(1_000_000))));
        }
    }

    private static GaugeSnapshot gauge(int number) {
        return GaugeSnapshot.builder()
                .name("rows_" + number)
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .value(number)
                        .build())
                .build();
    }

    /** Coalesces the requests. */
    @Benchmark
    public PushRequest coalesce() {
        return Coalescer.of(pending);
    }
}
