package io.github.camelpushgateway.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.client.ClientSettings;
import io.github.camelpushgateway.client.PushgatewayClient;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.metrics.text.TextFormat;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Benchmark of the stages of one large push without the network: parse the text, validate, encode. With {@code -prof
 * gc}, {@code gc.alloc.rate.norm} is the allocation of a push in bytes. The size of the body is printed as {@code
 * body}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class LargePushBenchmark {

    private static final GroupingKey KEY = GroupingKey.of("large");

    /** Number of series. */
    @Param("10000")
    public int series = 10_000;

    /** Format of the push. */
    @Param({"TEXT", "PROTOBUF"})
    public Format format = Format.TEXT;

    /** Compression of the body. */
    @Param({"NONE", "GZIP"})
    public Compression compression = Compression.NONE;

    private byte[] body = new byte[0];
    private Map<String, Object> gauges = Map.of();
    private MetricSnapshots snapshots = MetricSnapshots.of();
    private PushgatewayClient client = client(Format.TEXT, Compression.NONE);

    /** Prepares the body and the metrics that it describes. */
    @Setup
    public void prepare() throws IOException {
        StringBuilder text =
                new StringBuilder("# HELP stage_rows Number of rows processed by a stage.\n# TYPE stage_rows gauge\n");
        gauges = new LinkedHashMap<>();
        for (int i = 0; i < series; i++) {
            text.append("stage_rows{region=\"eu-west\",stage=\"stage-")
                    .append(i)
                    .append("\"} ")
                    .append(i * 1.5)
                    .append('\n');
            gauges.put("stage_rows_" + i, i * 1.5);
        }
        body = text.toString().getBytes(UTF_8);
        System.out.println("body: " + body.length + " bytes");
        snapshots = TextFormat.read(new ByteArrayInputStream(body));
        client.close();
        client = client(format, compression);
    }

    /** Closes the client. */
    @TearDown
    public void close() {
        client.close();
    }

    /** Parses the text. */
    @Benchmark
    public MetricSnapshots read() throws IOException {
        return TextFormat.read(new ByteArrayInputStream(body));
    }

    /** Validates the parsed metrics. */
    @Benchmark
    public PushRequest validate() {
        return new PushRequest(PushOperation.PUSH, KEY, snapshots);
    }

    /** Builds gauges from a map. */
    @Benchmark
    public MetricSnapshots map() {
        MetricsBuilder metrics = new MetricsBuilder(Map.of());
        metrics.map(gauges);
        return metrics.build();
    }

    /** Encodes the validated metrics, through the client and a handler that responds instead of a gateway. */
    @Benchmark
    public PushResponse encode() {
        return send(snapshots);
    }

    /** Runs all stages, starting with the text. */
    @Benchmark
    public PushResponse push() throws IOException {
        return send(TextFormat.read(new ByteArrayInputStream(body)));
    }

    private PushResponse send(MetricSnapshots metrics) {
        return client.send(new PushRequest(PushOperation.PUSH, KEY, metrics))
                .toCompletableFuture()
                .join();
    }

    private static PushgatewayClient client(Format format, Compression compression) {
        PushgatewayHandler responder = (request, next) -> GatewayResponse.of(200);
        return new PushgatewayClient(new ClientSettings(
                GatewayUrl.parse("http://localhost:9091"),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                null,
                List.of(responder),
                format,
                compression,
                0,
                Duration.ZERO,
                true,
                10_000,
                ClientSettings.DEFAULT_ACCUMULATE_REFRESH,
                false));
    }
}
