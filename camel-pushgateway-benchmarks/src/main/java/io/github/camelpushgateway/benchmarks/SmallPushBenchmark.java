package io.github.camelpushgateway.benchmarks;

import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.client.ClientSettings;
import io.github.camelpushgateway.client.PushgatewayClient;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Benchmark of the stages of a push of three gauges, as sent by a job at its end, without the network. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SmallPushBenchmark {

    /** Metrics of a job. */
    public Map<String, Object> values =
            Map.of("job_last_success_unixtime", 1_700_000_000, "rows_loaded", 12_345, "duration_seconds", 12.5);

    /** Labels of its group. One of them is encoded in the path. */
    public Map<String, String> labels = Map.of("instance", "loader-1", "path", "/var/in/2024");

    private final GroupingKey key = GroupingKey.of("nightly-load", labels);
    private final MetricSnapshots snapshots = metrics();
    private final PushgatewayClient client = new PushgatewayClient(new ClientSettings(
            GatewayUrl.parse("http://localhost:9091"),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            null,
            List.of((request, next) -> GatewayResponse.of(200)),
            Format.TEXT,
            Compression.NONE,
            0,
            Duration.ZERO,
            true,
            10_000,
            ClientSettings.DEFAULT_ACCUMULATE_REFRESH,
            false));

    /** Closes the client. */
    @TearDown
    public void close() {
        client.close();
    }

    /** Builds a grouping key and its path. */
    @Benchmark
    public String groupingKey() {
        return GroupingKey.of("nightly-load", labels).path();
    }

    /** Parses a path. */
    @Benchmark
    public GroupingKey parsedGroupingKey() {
        return GroupingKey.parse("/metrics/job/nightly-load/instance/loader-1/path@base64/L3Zhci9pbi8yMDI0");
    }

    /** Builds gauges from a map. */
    @Benchmark
    public MetricSnapshots metrics() {
        MetricsBuilder metrics = new MetricsBuilder(Map.of());
        metrics.map(values);
        return metrics.build();
    }

    /** Validates the metrics. */
    @Benchmark
    public PushRequest validate() {
        return new PushRequest(PushOperation.PUSHADD, key, snapshots);
    }

    /**
     * Runs all stages through the client: the queue of the group, the encoder, another thread and back, and a handler
     * that responds instead of a gateway.
     */
    @Benchmark
    public PushResponse push() {
        return client.send(new PushRequest(PushOperation.PUSHADD, GroupingKey.of("nightly-load", labels), metrics()))
                .toCompletableFuture()
                .join();
    }
}
