package io.github.camelpushgateway.client.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.client.RoundTripIT;
import io.github.camelpushgateway.metrics.MergedFamilies;
import io.github.camelpushgateway.metrics.UnsuffixedCounter;
import io.github.camelpushgateway.metrics.text.TextFormat;
import io.github.camelpushgateway.testing.AnySnapshots;
import io.github.camelpushgateway.testing.AnyText;
import io.github.camelpushgateway.testing.ExposedFamily;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TextEncoderTest {

    private static final PayloadEncoder ENCODER = new PayloadEncoder(Format.TEXT, Compression.NONE);

    @Property(tries = 150)
    void parserReadsWrittenMetrics(@ForAll(supplier = AnySnapshots.class) MetricSnapshots snapshots)
            throws IOException {
        MetricSnapshots sent = MergedFamilies.of(RoundTripIT.withoutNativeOnly(snapshots));

        MetricSnapshots read =
                TextFormat.read(new ByteArrayInputStream(ENCODER.encode(sent).bytes()));

        Map<String, ExposedFamily> expected = RoundTripIT.exposedFromText(sent);
        // a carriage return at the end of a line is a part of the line end
        expected.replaceAll((name, family) ->
                new ExposedFamily(family.type(), family.help().replaceFirst("\r\\z", ""), family.series()));
        assertThat(RoundTripIT.exposedFromText(read)).isEqualTo(expected);
    }

    @Property
    void outputEqualsThatOfClientJava(@ForAll(supplier = AnySnapshots.class) MetricSnapshots snapshots)
            throws IOException {
        MetricSnapshots sent = MergedFamilies.of(RoundTripIT.withoutNativeOnly(snapshots));
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(expected, sent);

        assertThat(new String(ENCODER.encode(sent).bytes(), UTF_8)).isEqualTo(expected.toString(UTF_8));
    }

    @Property
    void numbersEqualThoseOfClientJava(@ForAll double value, @ForAll int whole) throws IOException {
        for (double each : new double[] {
            value,
            (float) value,
            whole,
            whole / 1000.0,
            -0.0,
            9_999_999,
            -9_999_999,
            1e7,
            -1e7,
            Long.MIN_VALUE,
            Long.MAX_VALUE
        }) {
            MetricSnapshots gauge = MetricSnapshots.of(new GaugeSnapshot(
                    new MetricMetadata("x"), List.of(new GaugeDataPointSnapshot(each, Labels.EMPTY, null))));
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            PrometheusTextFormatWriter.create().write(expected, gauge);

            assertThat(ENCODER.encode(gauge).bytes()).isEqualTo(expected.toByteArray());
        }
    }

    @Property
    void textsEqualThoseOfClientJava(@ForAll("texts") String help, @ForAll("texts") String label) throws IOException {
        MetricSnapshots info = MetricSnapshots.of(new GaugeSnapshot(
                new MetricMetadata("x", help),
                List.of(new GaugeDataPointSnapshot(Double.NaN, Labels.of("a", label, "b", help), null))));
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(expected, info);

        assertThat(ENCODER.encode(info).bytes()).isEqualTo(expected.toByteArray());
    }

    @Example
    void namesEqualThoseOfClientJava() throws IOException {
        for (String name : List.of("rows", "rows_total", "a_total.total", "rows_info")) {
            PrometheusRegistry registry = new PrometheusRegistry();
            Counter.builder().name(name).register(registry).inc();
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            PrometheusTextFormatWriter.create().write(expected, registry.scrape());

            assertThat(new String(ENCODER.encode(registry.scrape()).bytes(), UTF_8))
                    .isEqualTo(expected.toString(UTF_8));
        }
    }

    @Example
    void bodyAfterOneThatCouldNotBeEncodedIsComplete() {
        MetricSnapshots valid = MetricSnapshots.of(
                new GaugeSnapshot(new MetricMetadata("a"), List.of(new GaugeDataPointSnapshot(1, Labels.EMPTY, null))));
        MetricSnapshots nativeOnly = MetricSnapshots.of(
                valid.get(0),
                HistogramSnapshot.builder()
                        .name("h")
                        .dataPoint(HistogramDataPointSnapshot.builder()
                                .nativeSchema(5)
                                .build())
                        .build());
        byte[] expected = ENCODER.encode(valid).bytes();

        assertThatThrownBy(() -> ENCODER.encode(nativeOnly)).isInstanceOf(IllegalArgumentException.class);

        assertThat(ENCODER.encode(valid).bytes()).isEqualTo(expected);
    }

    @Example
    void bodiesThatAreEncodedAtTheSameTimeAreSeparate() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String value = "x".repeat(50 * (i + 1));
                MetricSnapshots metrics = MetricSnapshots.of(new GaugeSnapshot(
                        new MetricMetadata("a"),
                        List.of(new GaugeDataPointSnapshot(1, Labels.of("label", value), null))));
                byte[] expected = ENCODER.encode(metrics).bytes();
                all.add(threads.submit(() -> {
                    for (int round = 0; round < 2_000; round++) {
                        assertThat(ENCODER.encode(metrics).bytes()).isEqualTo(expected);
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return AnyText.any();
    }

    @Example
    void unsuffixedCounterKeepsItsName() {
        MetricSnapshots unsuffixed =
                unsuffixedCounter("of all\u2028# TYPE rows untyped\r# TYPE rows untyped\n# TYPE rows untyped");

        assertThat(lines(ENCODER.encode(unsuffixed).bytes()))
                .containsExactly(
                        "# HELP rows of all\u2028# TYPE rows untyped\r# TYPE rows untyped\\n# TYPE rows untyped",
                        "# TYPE rows counter",
                        "rows{a=\"1\"} 1.0");
    }

    @Example
    void protobufRejectsUnsuffixedCounter() {
        assertThatThrownBy(
                        () -> new PayloadEncoder(Format.PROTOBUF, Compression.NONE).encode(unsuffixedCounter("help")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'rows'")
                .hasMessageContaining("format=text");
    }

    @Example
    void protobufRejectsUnsuffixedCounterWithoutAName() {
        MetricSnapshots suffixOnly = MetricSnapshots.of(new UnsuffixedCounter(
                new MetricMetadata("_total"), List.of(new CounterDataPointSnapshot(1, Labels.EMPTY, null, 0))));

        assertThatThrownBy(() -> new PayloadEncoder(Format.PROTOBUF, Compression.NONE).encode(suffixOnly))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the counter '_total' does not have a name like 'rows_total'");
    }

    private static MetricSnapshots unsuffixedCounter(String help) {
        return MetricSnapshots.of(new UnsuffixedCounter(
                new MetricMetadata("rows", help),
                List.of(new CounterDataPointSnapshot(1, Labels.of("a", "1"), null, 0))));
    }

    private static List<String> lines(byte[] text) {
        return List.of(new String(text, UTF_8).split("\n", -1)).stream()
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
