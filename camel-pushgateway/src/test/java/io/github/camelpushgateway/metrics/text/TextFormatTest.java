package io.github.camelpushgateway.metrics.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelpushgateway.metrics.TextFormatException;
import io.github.camelpushgateway.metrics.UnsuffixedCounter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormatTest {

    @Test
    @Timeout(20)
    void typeOfAMillionLettersIsRejectedQuickly() {
        String letters = "\u0130".repeat(1_000_000);

        assertThatThrownBy(() -> read("# TYPE rows " + letters + "\nrows 42\n"))
                .isInstanceOf(TextFormatException.class);
    }

    @Test
    @Timeout(20)
    void manyLabelsAreParsedInLinearTime() throws IOException {
        String labels = IntStream.range(0, 200_000)
                .mapToObj(i -> "l" + (999_999 - i) + "=\"\"")
                .collect(Collectors.joining(","));

        UnknownSnapshot rows = only(UnknownSnapshot.class, "rows{" + labels + "} 42\n");

        assertThat(rows.getDataPoints().get(0).getLabels().size()).isEqualTo(200_000);
    }

    @Test
    void sampleWithoutTypeIsUnknown() throws IOException {
        UnknownSnapshot rows = only(UnknownSnapshot.class, "rows 42\n");

        assertThat(rows.getMetadata().getName()).isEqualTo("rows");
        assertThat(rows.getMetadata().getHelp()).isNull();
        assertThat(rows.getDataPoints().get(0).getValue()).isEqualTo(42);
        assertThat((Object) rows.getDataPoints().get(0).getLabels()).isEqualTo(Labels.EMPTY);
    }

    @Test
    void helpAndLabelsAreUnescaped() throws IOException {
        GaugeSnapshot rows = only(
                GaugeSnapshot.class,
                "# HELP rows of C:\\\\in\\nand \\\"out\\\"\n# TYPE rows gauge\nrows{path=\"C:\\\\in\",q=\"\\\"\\n\"} -1.5e-3\n");

        assertThat(rows.getMetadata().getHelp()).isEqualTo("of C:\\in\nand \"out\"");
        assertThat((Object) rows.getDataPoints().get(0).getLabels())
                .isEqualTo(Labels.of("path", "C:\\in", "q", "\"\n"));
        assertThat(rows.getDataPoints().get(0).getValue()).isEqualTo(-0.0015);
    }

    @Test
    void lineEndDeviationsAreTolerated() throws IOException {
        GaugeSnapshot rows =
                only(GaugeSnapshot.class, "\uFEFF# TYPE rows gauge \t\r\nrows{a=\"1\"} 1 \r\n\r\nrows{a=\"2\"} 2\t");

        assertThat(rows.getDataPoints()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "1e5,1e5",
        ".5,0.5",
        "5.,5",
        "+1,1",
        "-0,-0.0",
        "Inf,Infinity",
        "+inf,Infinity",
        "-Infinity,-Infinity",
        "nan,NaN",
        "1e-400,0"
    })
    void acceptsNumbersInGoNotation(String text, Double value) throws IOException {
        assertThat(only(UnknownSnapshot.class, "x " + text)
                        .getDataPoints()
                        .get(0)
                        .getValue())
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x10", "1_000", "1d", "1f", "1e400", "-NaN", "+nan", "one", "1,5", "\u0661", "1\u2003", "0x1p3", "e5",
                "."
            })
    void rejectsOtherNumberNotations(String text) {
        assertFault("x " + text, 1, 3);
    }

    @Test
    void histogramIsAssembledFromItsSamples() throws IOException {
        HistogramSnapshot took = only(HistogramSnapshot.class, """
                # TYPE took histogram
                took_sum{a="1"} 7.5
                took_bucket{a="1",le="+Inf"} 5
                took_bucket{le="1",a="1"} 2
                took_count{a="1"} 5
                took_count 0
                took_bucket{le="2"} 0
                """);

        assertThat(took.getDataPoints()).hasSize(2);
        HistogramDataPointSnapshot without = took.getDataPoints().get(0);
        assertThat(without.getCount()).isZero();
        assertThat(without.hasSum()).isFalse();
        assertThat(without.getClassicBuckets().size()).isEqualTo(2);
        HistogramDataPointSnapshot with = took.getDataPoints().get(1);
        assertThat((Object) with.getLabels()).isEqualTo(Labels.of("a", "1"));
        assertThat(with.getSum()).isEqualTo(7.5);
        assertThat(with.getCount()).isEqualTo(5);
        assertThat(with.getClassicBuckets().getUpperBound(0)).isEqualTo(1);
        assertThat(with.getClassicBuckets().getCount(0)).isEqualTo(2);
        assertThat(with.getClassicBuckets().getCount(1)).isEqualTo(3);
    }

    @Test
    void summaryIsAssembledFromItsSamples() throws IOException {
        SummarySnapshot took = only(
                SummarySnapshot.class,
                "# TYPE took summary\ntook{quantile=\"0.9\"} NaN\ntook_count 3\ntook{quantile=\"0.5\"} 1\n");

        SummaryDataPointSnapshot point = took.getDataPoints().get(0);
        assertThat(point.getCount()).isEqualTo(3);
        assertThat(point.hasSum()).isFalse();
        assertThat(point.getQuantiles().get(0).getQuantile()).isEqualTo(0.5);
        assertThat(point.getQuantiles().get(1).getValue()).isNaN();
    }

    @Test
    void counterKeepsItsExposedName() throws IOException {
        assertThat(only(CounterSnapshot.class, "# TYPE rows_total counter\nrows_total 1\n"))
                .isNotInstanceOf(UnsuffixedCounter.class)
                .extracting(counter -> counter.getMetadata().getName())
                .isEqualTo("rows");
        assertThat(only(CounterSnapshot.class, "# TYPE rows counter\nrows 1\n"))
                .isInstanceOf(UnsuffixedCounter.class)
                .extracting(counter -> counter.getMetadata().getName())
                .isEqualTo("rows");
    }

    @Test
    void counterMayShareItsBaseNameWithAnotherFamily() throws IOException {
        MetricSnapshots both = read("""
                # TYPE rows_total counter
                rows_total 1
                # TYPE rows gauge
                rows 2
                """);

        assertThat(both.stream().map(family -> family.getMetadata().getName())).containsExactly("rows", "rows_total");
        assertThat(both.get(1)).isInstanceOf(UnsuffixedCounter.class);
    }

    @Test
    void linesOfAFamilyNeedNotBeAdjacent() throws IOException {
        assertThat(read("a{x=\"1\"} 1\nb 1\na{x=\"2\"} 2\n").get(0).getDataPoints())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "  \t\n\n",
                "# a comment",
                "#",
                "# TYPE",
                "# TYPE x",
                "# TYPE x gauge",
                "# HELP x y",
                "# EOF"
            })
    void textWithoutSamplesIsEmpty(String text) throws IOException {
        assertThat(read(text).size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"rows\": 3}                     |1| 1",
                "42                                |1| 1",
                "rows                              |1| 5",
                "rows-of 1                         |1| 5",
                "rows-1                            |1| 5",
                "rows.of 1                         |1| 5",
                "rows{a=\"1\"                      |1|11",
                "rows{a=\"1                        |1|10",
                "rows{a=1} 1                       |1| 8",
                "rows{a} 1                         |1| 7",
                "rows{,} 1                         |1| 6",
                "rows{a=\"1\" b=\"2\"} 1           |1|12",
                "rows{a=\"1\",a=\"2\"} 1           |1|13",
                "rows{__x=\"1\"} 1                 |1| 9",
                "rows{a=\"\\t\"} 1                 |1|10",
                "rows 1 1700000000000              |1| 8",
                "rows 1 # {id=\"1\"} 1             |1| 8",
                "# TYPE rows info                  |1|13",
                "# TYPE rows gaugehistogram        |1|13",
                "# TYPE rows-of gauge              |1|12",
                "# HELP rows \\t                   |1|14",
            })
    void faultIsReportedAtItsPosition(String text, int line, int column) {
        assertFault(text, line, column);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rows 1\nrows 2",
                "rows 1\n# TYPE rows gauge",
                "# TYPE rows gauge\n# TYPE rows gauge",
                "# HELP rows a\n# HELP rows a",
                "# TYPE rows counter\nrows -1",
                "# TYPE h histogram\nh 1",
                "# TYPE h histogram\nh{le=\"1\"} 1",
                "# TYPE h histogram\nh_bucket 1",
                "# TYPE h histogram\nh_count{le=\"1\"} 1",
                "# TYPE h histogram\nh_bucket{le=\"NaN\"} 1",
                "# TYPE h histogram\nh_bucket{le=\"x\"} 1",
                "# TYPE h histogram\nh_count 1.5",
                "# TYPE h histogram\nh_count -1",
                "# TYPE h histogram\nh_count NaN",
                "# TYPE h histogram\nh_count 1e19",
                "# TYPE h histogram\nh_sum NaN",
                "# TYPE h histogram\nh_sum 1",
                "# TYPE h histogram\nh_bucket{le=\"1\"} 1",
                "# TYPE h histogram\nh_bucket{le=\"+Inf\"} 1\nh_count 2",
                "# TYPE s summary\ns 1",
                "# TYPE s summary\ns{quantile=\"1.5\"} 1",
                "# TYPE s summary\ns{quantile=\"NaN\"} 1",
                "# TYPE s summary\ns_count{quantile=\"0.5\"} 1",
                "# TYPE s summary\ns_sum NaN"
            })
    void contradictionInSecondLineIsReported(String text) {
        assertThat(fault(text).line()).isEqualTo(2);
    }

    @Test
    void decreasingBucketsAreReportedAtFirstLine() {
        TextFormatException fault = fault(
                "# TYPE h histogram\nh_sum 1\nh_bucket{le=\"1\"} 3\nh_bucket{le=\"2\"} 2\nh_bucket{le=\"+Inf\"} 3\n");

        assertThat(fault.line()).isEqualTo(2);
    }

    @Test
    void invalidUtf8IsReported() {
        InputStream bytes = new ByteArrayInputStream("ok 1\nrows{a=\"Z\u00FCrich\"} 1\n".getBytes(ISO_8859_1));

        assertThatThrownBy(() -> TextFormat.read(bytes)).isInstanceOfSatisfying(TextFormatException.class, fault -> {
            assertThat(fault.line()).isEqualTo(2);
            assertThat(fault.column()).isEqualTo(10);
        });
    }

    @Test
    void replacementCharacterIsAllowed() throws IOException {
        assertThat(only(UnknownSnapshot.class, "rows{a=\"\uFFFD\"} 1")
                        .getDataPoints()
                        .get(0)
                        .getLabels()
                        .get("a"))
                .isEqualTo("\uFFFD");
    }

    @Test
    void unpairedSurrogateIsReported() {
        assertThatThrownBy(() -> TextFormat.read(new StringReader("rows{a=\"\uD83D\"} 1")))
                .isInstanceOfSatisfying(
                        TextFormatException.class,
                        fault -> assertThat(fault.column()).isEqualTo(9));
    }

    @Test
    void messageDoesNotContainTheText() {
        assertThat(fault("s3cr3t")).hasMessageNotContaining("s3cr3t");
        assertThat(fault("password: s3cr3t")).hasMessageNotContaining("s3cr3t").hasMessageNotContaining("password");
        assertThat(fault("{\"s3cr3t\":1}")).hasMessageNotContaining("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x{token=\"s3cret\"} 1\nx{token=\"s3cret\"} 2\n", "# TYPE x_total counter\nx_total -12345.678\n"
            })
    void messageContainsNeitherLabelsNorValues(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(TextFormatException.class)
                .message()
                .doesNotContain("s3cret", "12345");
    }

    /** A stream may return any number of bytes, so a line may end anywhere in a buffer. */
    @Test
    void linesAreReadAcrossPartialReads() throws IOException {
        StringBuilder text = new StringBuilder("# TYPE rows gauge\n");
        for (int i = 0; i < 2_000; i++) {
            text.append("rows{i=\"")
                    .append(i)
                    .append("\",name=\"Z\u00FCrich\"} ")
                    .append(i)
                    .append("\r\n");
        }
        Random random = new Random(1);
        InputStream trickle = new ByteArrayInputStream(text.toString().getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] bytes, int from, int length) {
                return super.read(bytes, from, Math.min(length, 1 + random.nextInt(100)));
            }
        };

        MetricSnapshots read = TextFormat.read(trickle);

        assertThat(read.get(0).getDataPoints()).hasSize(2_000);
        assertThat(read.get(0).getDataPoints())
                .allMatch(point -> "Z\u00FCrich".equals(point.getLabels().get("name")));
    }

    @Test
    void numberOfAMillionDigitsIsParsedQuickly() throws IOException {
        String digits = "1".repeat(1_000_000);

        assertThat(fault("x " + digits + "x").column()).isEqualTo(3);
        assertThat(read("x 0." + digits).size()).isEqualTo(1);
    }

    private static void assertFault(String text, int line, int column) {
        TextFormatException fault = fault(text);
        assertThat(fault).hasMessageStartingWith("line " + line + ", column " + column + ": ");
        assertThat(fault.line()).isEqualTo(line);
        assertThat(fault.column()).isEqualTo(column);
    }

    private static TextFormatException fault(String text) {
        return catchThrowableOfType(TextFormatException.class, () -> read(text));
    }

    private static <T extends MetricSnapshot> T only(Class<T> type, String text) throws IOException {
        MetricSnapshots read = read(text);
        assertThat(read.size()).isEqualTo(1);
        return type.cast(read.get(0));
    }

    /** Parses the text as characters and as bytes. */
    private static MetricSnapshots read(String text) throws IOException {
        MetricSnapshots characters = TextFormat.read(new StringReader(text));
        MetricSnapshots bytes = TextFormat.read(new ByteArrayInputStream(text.getBytes(UTF_8)));
        assertThat(bytes.size()).isEqualTo(characters.size());
        return bytes;
    }
}
