package io.github.camelpushgateway.metrics.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.metrics.Escaping;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.github.camelpushgateway.metrics.PushNames;
import io.github.camelpushgateway.metrics.TextFormatException;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quoted names, which version 1.0.0 of the text format allows. */
class QuotedNamesTest {

    private static MetricSnapshots read(Escaping escaping, String text) throws IOException {
        return TextFormat.read(new StringReader(text), new PushNames(escaping));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# HELP \"my.metric\" help\n# TYPE \"my.metric\" gauge\n{\"my.metric\",\"a.b\"=\"c\"} 1\n",
                "#TYPE \"my.metric\" gauge\n{ \"my.metric\" , \"a.b\" = \"c\" , } 1",
                "# TYPE \"my.metric\" gauge\n{\"my.metric\",\"a.b\"=\"c\"}1",
            })
    void quotedNamesAreEscaped(String text) throws IOException {
        MetricSnapshot family = read(Escaping.UNDERSCORES, text).get(0);

        assertThat(ExposedNames.nameOf(family)).isEqualTo("my_metric");
        assertThat(ExposedNames.typeOf(family)).isEqualTo("gauge");
        assertThat((Object) family.getDataPoints().get(0).getLabels()).isEqualTo(Labels.of("a_b", "c"));
    }

    @Test
    void classicNamesMayBeQuoted() throws IOException {
        MetricSnapshots metrics = read(Escaping.VALUES, "{\"rows\"} 1\nrows{\"region\"=\"eu\"} 2\n");

        assertThat(metrics.size()).isEqualTo(1);
        assertThat(ExposedNames.nameOf(metrics.get(0))).isEqualTo("rows");
        assertThat(metrics.get(0).getDataPoints()).hasSize(2);
    }

    @Test
    void escapedCharactersInNamesAreResolved() throws IOException {
        MetricSnapshots metrics = read(Escaping.VALUES, "{\"a\\\"\\\\\\n\"} 1\n");

        assertThat(ExposedNames.nameOf(metrics.get(0))).isEqualTo("U__a_22__5c__a_");
    }

    @Test
    void partsOfQuotedHistogramBelongToIt() throws IOException {
        MetricSnapshots metrics = read(Escaping.DOTS, """
                # TYPE "http.duration" histogram
                {"http.duration_bucket","http.route"="/",le="1"} 1
                {"http.duration_bucket","http.route"="/",le="+Inf"} 3
                {"http.duration_sum","http.route"="/"} 4
                {"http.duration_count","http.route"="/"} 3
                """);

        assertThat(metrics.size()).isEqualTo(1);
        HistogramSnapshot histogram = (HistogramSnapshot) metrics.get(0);
        assertThat(ExposedNames.nameOf(histogram)).isEqualTo("http_dot_duration");
        assertThat((Object) histogram.getDataPoints().get(0).getLabels()).isEqualTo(Labels.of("http_dot_route", "/"));
        assertThat(histogram.getDataPoints().get(0).getCount()).isEqualTo(3);
    }

    @Test
    void counterKeepsItsName() throws IOException {
        MetricSnapshots metrics = read(
                Escaping.UNDERSCORES,
                "# TYPE \"http.requests\" counter\n{\"http.requests\"} 1\n# TYPE \"sent.total\" counter\n{\"sent.total\"} 2\n");

        assertThat(metrics.stream().map(ExposedNames::nameOf)).containsExactlyInAnyOrder("http_requests", "sent_total");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a.b\"=\"c\"} 1|the braces contain no metric name",
                "{\"a.b\",\"c.d\"} 1|expected the equals sign",
                "\"a.b\" 1|a quoted metric name must be in the braces",
                "{\"a.b\" 1|expected a comma or the closing brace",
                "{\"a.b|the quotation mark that ends",
                "{\"\"} 1|is empty",
                "{\"a\",\"\"=\"x\"} 1|expected a label name",
                "{\"a\",\"x.y\"=\"1\",\"x.y\"=\"2\"} 1|duplicate label 'x.y'",
                "{\"a\",\"x.y\"=\"1\",\"x_y\"=\"2\"} 1|the labels 'x.y' and 'x_y'",
                "{\"a\",\"__x\"=\"1\"} 1|is reserved",
                "{\"a\"} 1 123|unexpected text after the value",
            })
    void faultyTextIsRejected(String text, String message) {
        assertThatThrownBy(() -> read(Escaping.UNDERSCORES, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void twoNamesThatBecomeOneAreRejected() {
        assertThatThrownBy(() -> read(Escaping.UNDERSCORES, "{\"a.b\"} 1\na_b 2\n"))
                .hasMessageContaining("the metrics 'a.b' and 'a_b' would both be sent as 'a_b'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a.b\"} 1", "\"a.b\" 1", "rows{\"a.b\"=\"c\"} 1"})
    void quotedNamesRequireTheOption(String text) {
        assertThatThrownBy(() -> TextFormat.read(new StringReader(text)))
                .isInstanceOf(TextFormatException.class)
                .hasMessageContaining("quoted names require the option escaping");
    }
}
