package io.github.camelpushgateway.client.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.snappy.SnappyFramedInputStream;
import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.client.ClientSettings;
import io.github.camelpushgateway.client.PushgatewayClient;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServer.Request;
import io.prometheus.metrics.expositionformats.generated.Metrics;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The bodies of each format and each compression, and the metrics that a format cannot represent. */
@SuppressWarnings("NonCanonicalType") // the canonical name of Metrics contains the version of protobuf
class EncodingsTest {

    private static final PushRequest EMPTY =
            new PushRequest(PushOperation.PUSH, Pushes.KEY, MetricSnapshots.of(summary("s")));

    static Stream<Arguments> encodings() {
        return Stream.of(Format.values())
                .flatMap(format ->
                        Stream.of(Compression.values()).map(compression -> Arguments.of(format, compression)));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void bodyMatchesItsHeaders(Format format, Compression compression) throws Exception {
        Request sent = send(format, compression, Pushes.push("x", 1.5));

        assertThat(sent.headers())
                .containsEntry(
                        "content-type",
                        switch (format) {
                            case TEXT -> "text/plain; version=0.0.4; charset=utf-8";
                            case PROTOBUF ->
                                "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";
                        });
        switch (compression) {
            case NONE -> assertThat(sent.headers()).doesNotContainKey("content-encoding");
            case GZIP -> assertThat(sent.headers()).containsEntry("content-encoding", "gzip");
            case SNAPPY -> assertThat(sent.headers()).containsEntry("content-encoding", "snappy");
        }
        assertThat(sent.headers()).containsEntry("content-length", String.valueOf(sent.body().length));
        try (InputStream plain = plain(sent.body(), compression)) {
            if (format == Format.TEXT) {
                assertThat(plain).hasContent("# TYPE x gauge\nx 1.5\n");
            } else {
                List<Metrics.MetricFamily> families = families(plain);
                assertThat(families).hasSize(1);
                assertThat(families.get(0).getName()).isEqualTo("x");
                assertThat(families.get(0).getMetric(0).getGauge().getValue()).isEqualTo(1.5);
            }
        }
    }

    /** A gateway responds with 400 to an empty body with a Content-Encoding. */
    @ParameterizedTest
    @MethodSource("encodings")
    void emptyBodyIsNotCompressed(Format format, Compression compression) throws Exception {
        Request sent = send(format, compression, EMPTY);

        assertThat(sent.method()).isEqualTo("PUT");
        assertThat(sent.body()).isEmpty();
        assertThat(sent.headers()).containsKey("content-type").doesNotContainKey("content-encoding");
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void deleteAndHealthCheckHaveNoHeadersOfABody(Compression compression) throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""));
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings(server.url(), Format.PROTOBUF, compression))) {
            client.send(PushRequest.delete(Pushes.KEY)).toCompletableFuture().get();
            client.ready().toCompletableFuture().get();

            assertThat(server.requests()).hasSize(2).allSatisfy(sent -> {
                assertThat(sent.body()).isEmpty();
                assertThat(sent.headers()).doesNotContainKeys("content-type", "content-encoding");
            });
        }
    }

    /** A gateway silently drops the first of two families of the same name. */
    @Test
    void snapshotsOfTheSameNameAreOneFamilyInProtobuf() throws Exception {
        MetricSnapshots two = MetricSnapshots.of(gauge("x", Labels.of("l", "a")), gauge("x", Labels.of("l", "b")));

        Request sent = send(Format.PROTOBUF, Compression.NONE, new PushRequest(PushOperation.PUSH, Pushes.KEY, two));

        List<Metrics.MetricFamily> families = families(new ByteArrayInputStream(sent.body()));
        assertThat(families).hasSize(1);
        assertThat(families.get(0).getMetricList())
                .extracting(metric -> metric.getLabel(0).getValue())
                .containsExactly("a", "b");
    }

    /** client_java would write a message without a name. */
    @Test
    void emptyFamilyIsOmitted() {
        MetricSnapshots snapshots = MetricSnapshots.of(summary("a"), gauge("x", Labels.EMPTY), summary("z"));

        assertThat(new PayloadEncoder(Format.PROTOBUF, Compression.NONE)
                        .encode(snapshots)
                        .bytes())
                .isEqualTo(new PayloadEncoder(Format.PROTOBUF, Compression.NONE)
                        .encode(MetricSnapshots.of(gauge("x", Labels.EMPTY)))
                        .bytes());
    }

    @Test
    void textFormatRejectsNativeOnlyHistogram() {
        MetricSnapshots snapshots = MetricSnapshots.of(HistogramSnapshot.builder()
                .name("h")
                .dataPoint(HistogramDataPointSnapshot.builder().nativeSchema(5).build())
                .build());

        assertThatThrownBy(() -> new PayloadEncoder(Format.TEXT, Compression.NONE).encode(snapshots))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'h'")
                .hasMessageContaining("format=protobuf");
    }

    /** protobuf-java would send a question mark. */
    @Test
    void protobufRejectsExemplarWithUnpairedSurrogate() {
        Exemplar exemplar = Exemplar.builder()
                .value(1)
                .labels(Labels.of("trace_id", "\uD800"))
                .build();
        MetricSnapshots counter = MetricSnapshots.of(CounterSnapshot.builder()
                .name("c")
                .dataPoint(CounterDataPointSnapshot.builder()
                        .value(1)
                        .exemplar(exemplar)
                        .build())
                .build());

        assertThatThrownBy(() -> new PayloadEncoder(Format.PROTOBUF, Compression.NONE).encode(counter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an exemplar of the metric 'c'");
    }

    @Test
    void settingsWithDifferentFormatOrCompressionAreNotEqual() {
        ClientSettings settings = Pushes.settings("http://h", Format.PROTOBUF, Compression.GZIP);

        assertThat(settings)
                .isEqualTo(Pushes.settings("http://h", Format.PROTOBUF, Compression.GZIP))
                .isNotEqualTo(Pushes.settings("http://h", Format.TEXT, Compression.GZIP))
                .isNotEqualTo(Pushes.settings("http://h", Format.PROTOBUF, Compression.NONE));
        assertThat(settings.toString()).contains("format=PROTOBUF, compression=GZIP");
    }

    private static Request send(Format format, Compression compression, PushRequest request) throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url(), format, compression))) {
            client.send(request).toCompletableFuture().get();
            assertThat(server.requests()).hasSize(1);
            return server.requests().get(0);
        }
    }

    private static InputStream plain(byte[] body, Compression compression) throws IOException {
        InputStream in = new ByteArrayInputStream(body);
        return switch (compression) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(in);
            case SNAPPY -> new SnappyFramedInputStream(in);
        };
    }

    private static List<Metrics.MetricFamily> families(InputStream in) throws IOException {
        List<Metrics.MetricFamily> families = new ArrayList<>();
        for (Metrics.MetricFamily family = Metrics.MetricFamily.parseDelimitedFrom(in);
                family != null;
                family = Metrics.MetricFamily.parseDelimitedFrom(in)) {
            families.add(family);
        }
        return families;
    }

    private static MetricSnapshot gauge(String name, Labels labels) {
        return GaugeSnapshot.builder()
                .name(name)
                .dataPoint(
                        GaugeDataPointSnapshot.builder().labels(labels).value(1).build())
                .build();
    }

    private static MetricSnapshot summary(String name) {
        return SummarySnapshot.builder()
                .name(name)
                .dataPoint(SummaryDataPointSnapshot.builder().build())
                .build();
    }
}
