package io.github.camelpushgateway.client.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.metrics.Escaping;
import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.metrics.PushNames;
import io.github.camelpushgateway.metrics.text.TextFormat;
import io.github.camelpushgateway.testing.AnyName;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Names that are written unescaped. */
class Utf8NamesTest {

    private static final PayloadEncoder TEXT = new PayloadEncoder(Format.TEXT, Compression.NONE, true);
    private static final PayloadEncoder PROTOBUF = new PayloadEncoder(Format.PROTOBUF, Compression.NONE, true);

    private static MetricSnapshots escaped(MetricSnapshots metrics) {
        return new PushNames(Escaping.UTF8).metrics(metrics);
    }

    private static String text(MetricSnapshots escaped) {
        return new String(TEXT.encode(escaped).bytes(), UTF_8);
    }

    private static MetricSnapshots metrics() {
        return MetricSnapshots.of(
                GaugeSnapshot.builder()
                        .name("a.gauge")
                        .help("help")
                        .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                                .value(1)
                                .build())
                        .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                                .labels(Labels.of("l.1", "x", "plain", "y"))
                                .value(2)
                                .build())
                        .build(),
                GaugeSnapshot.builder()
                        .name("z_gauge")
                        .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                                .labels(Labels.of("l.1", "x"))
                                .value(2)
                                .build())
                        .build(),
                HistogramSnapshot.builder()
                        .name("c.histogram")
                        .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                                .classicHistogramBuckets(ClassicHistogramBuckets.of(
                                        new double[] {1, Double.POSITIVE_INFINITY}, new long[] {1, 2}))
                                .sum(5)
                                .build())
                        .build(),
                InfoSnapshot.builder()
                        .name("d.build")
                        .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                                .labels(Labels.of("vcs.revision", "1"))
                                .build())
                        .build(),
                SummarySnapshot.builder()
                        .name("e.summary")
                        .dataPoint(SummarySnapshot.SummaryDataPointSnapshot.builder()
                                .count(1)
                                .sum(2)
                                .build())
                        .build());
    }

    @Example
    void namesAreQuoted() {
        assertThat(text(escaped(metrics()))).isEqualTo("""
                        # HELP "a.gauge" help
                        # TYPE "a.gauge" gauge
                        {"a.gauge"} 1.0
                        {"a.gauge","l.1"="x",plain="y"} 2.0
                        # TYPE "c.histogram" histogram
                        {"c.histogram_bucket",le="1.0"} 1
                        {"c.histogram_bucket",le="+Inf"} 3
                        {"c.histogram_count"} 3
                        {"c.histogram_sum"} 5.0
                        # TYPE "d.build_info" gauge
                        {"d.build_info","vcs.revision"="1"} 1
                        # TYPE "e.summary" summary
                        {"e.summary_count"} 1
                        {"e.summary_sum"} 2.0
                        # TYPE z_gauge gauge
                        z_gauge{"l.1"="x"} 2.0
                        """);
    }

    @Example
    void outputIsThatOfClientJava() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(out, metrics(), EscapingScheme.ALLOW_UTF8);

        assertThat(text(escaped(metrics()))).isEqualTo(out.toString(UTF_8));
    }

    @Example
    void stateSetIsWrittenWithQuotedLabel() {
        StateSetSnapshot states = StateSetSnapshot.builder()
                .name("job.state")
                .dataPoint(StateSetSnapshot.StateSetDataPointSnapshot.builder()
                        .state("on", true)
                        .build())
                .build();

        assertThat(text(escaped(MetricSnapshots.of(states)))).contains("{\"job.state\",\"job.state\"=\"on\"} 1\n");
        assertThatThrownBy(() -> PROTOBUF.encode(escaped(MetricSnapshots.of(states))))
                .hasMessageContaining("'job.state' has a UTF-8 name");
    }

    @Example
    void namesThatClientJavaWouldChangeAreRejectedInProtobuf() {
        for (MetricType type : new MetricType[] {MetricType.COUNTER, MetricType.GAUGE}) {
            MetricsBuilder metrics = new MetricsBuilder(Map.of(), new PushNames(Escaping.UTF8));
            metrics.metric("http.requests.total", type, null, 1);

            assertThatThrownBy(() -> PROTOBUF.encode(metrics.build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'http.requests.total'")
                    .hasMessageContaining("format=text");
        }
    }

    @Example
    void labelThatClientJavaDoesNotAllowIsRejectedInProtobuf() {
        MetricsBuilder metrics = new MetricsBuilder(Map.of("..a", "v"), new PushNames(Escaping.UTF8));
        metrics.metric("rows", MetricType.GAUGE, null, 1);

        assertThat(text(metrics.build())).contains("rows{\"..a\"=\"v\"} 1.0");
        assertThatThrownBy(() -> PROTOBUF.encode(metrics.build())).hasMessageContaining("the label '..a'");
    }

    /** Also for names that look like escaped ones. */
    @Property(tries = 300)
    void textIsReadWithTheSameNames(
            @ForAll(supplier = AnyName.class) String name, @ForAll(supplier = AnyName.class) String label)
            throws IOException {
        MetricsBuilder metrics = new MetricsBuilder(Map.of(label, "v"), new PushNames(Escaping.UTF8));
        try {
            metrics.metric(name, MetricType.GAUGE, null, 1);
        } catch (IllegalArgumentException e) {
            // a reserved label
            return;
        }
        byte[] sent = TEXT.encode(metrics.build()).bytes();

        MetricSnapshots read = TextFormat.read(new ByteArrayInputStream(sent), new PushNames(Escaping.UTF8));

        assertThat(TEXT.encode(read).bytes()).isEqualTo(sent);
        assertThat(read.get(0).getMetadata().getName())
                .isEqualTo(metrics.build().get(0).getMetadata().getName());
        assertThat((Object) read.get(0).getDataPoints().get(0).getLabels())
                .isEqualTo(metrics.build().get(0).getDataPoints().get(0).getLabels());
    }
}
