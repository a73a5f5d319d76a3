package io.github.camelpushgateway.conversion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelpushgateway.ValueForm;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.WireServerTestSupport;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileDefaultBinding;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.converter.stream.ReaderCache;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Metrics in the text format and in JSON are read from every type that contains text or bytes. */
class TextBodyTest extends WireServerTestSupport {

    private static final String TEXT = "# HELP rows Zeilen, zählbar.\r\n# TYPE rows gauge\r\nrows{city=\"Zürich\"} 1";
    private static final String SENT = "# HELP rows Zeilen, zählbar.\n# TYPE rows gauge\nrows{city=\"Zürich\"} 1.0\n";

    @TempDir
    private static Path folder;

    private Exchange push(String options, Object body) {
        return template.request(
                "pushgateway:a?" + options, exchange -> exchange.getMessage().setBody(body));
    }

    private static Path file(String name, Charset charset) throws IOException {
        return Files.write(folder.resolve(name), TEXT.getBytes(charset));
    }

    static Stream<Object> bodies() throws IOException {
        byte[] bytes = TEXT.getBytes(UTF_8);
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length + 2)
                .put((byte) 'x')
                .put(bytes)
                .put((byte) 'x')
                .position(1)
                .limit(bytes.length + 1);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        written.write(bytes);
        GenericFile<File> local = new GenericFile<>();
        local.setFile(file("local", UTF_8).toFile());
        GenericFile<String> remote = new GenericFile<>();
        remote.setFile("remote");
        remote.setBinding(new GenericFileDefaultBinding<>());
        remote.setBody(bytes);
        return Stream.of(
                TEXT,
                '\ufeff' + TEXT,
                CharBuffer.wrap(TEXT),
                TEXT.toCharArray(),
                bytes,
                new ByteArrayInputStream(bytes),
                new StringReader(TEXT),
                file("file", UTF_8).toFile(),
                file("path", UTF_8),
                buffer,
                written,
                local,
                remote,
                new InputStreamCache(bytes),
                new ReaderCache(TEXT));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void textIsSentFromEveryType(Object body) throws IOException {
        // as if an earlier step had read a part
        if (body instanceof StreamCache && body instanceof InputStream stream) {
            stream.readNBytes(20);
        } else if (body instanceof StreamCache && body instanceof Reader reader) {
            reader.skip(20);
        }

        Exchange done = push("", body);

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody()).isSameAs(body);
        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.text()).isEqualTo(SENT));
        if (body instanceof StreamCache) {
            assertThat(done.getMessage().getBody(String.class)).isEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void routeCanConvertText(Object body) {
        MetricSnapshots metrics =
                context.getTypeConverter().convertTo(MetricSnapshots.class, new DefaultExchange(context), body);

        // some types can be pushed but not converted
        if (metrics != null) {
            assertThat(metrics.get(0).getMetadata().getName()).isEqualTo("rows");
        }
        assertThat(metrics != null)
                .isEqualTo(!(body instanceof CharBuffer
                        || body instanceof char[]
                        || body instanceof ByteBuffer
                        || body instanceof ByteArrayOutputStream));
    }

    @Test
    void textIsConvertedWithoutExchange() {
        assertThat(context.getTypeConverter().convertTo(MetricSnapshots.class, TEXT))
                .hasSize(1);
    }

    @Test
    void fileIsReadInCharsetOfItsEndpoint() throws Exception {
        file("latin.prom", ISO_8859_1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder + "?fileName=latin.prom&charset=iso-8859-1&noop=true&initialDelay=0")
                        .to("pushgateway:a");
            }
        });

        await().untilAsserted(() -> assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.text()).isEqualTo(SENT)));
    }

    @Test
    void unknownOrWrongCharsetIsRejected() {
        Exchange unknown = template.request("pushgateway:a", exchange -> {
            exchange.setProperty(Exchange.CHARSET_NAME, "latin-x");
            exchange.getMessage().setBody(TEXT.getBytes(UTF_8));
        });
        Exchange wrong = template.request("pushgateway:a", exchange -> {
            exchange.setProperty(Exchange.CHARSET_NAME, "us-ascii");
            exchange.getMessage().setBody(TEXT.getBytes(UTF_8));
        });

        assertThat(unknown.getException()).hasMessageContaining("'latin-x', which is unknown");
        assertThat(wrong.getException()).isInstanceOf(PushgatewayException.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void streamOfBodyIsReadButNotClosed() {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream bytes = new ByteArrayInputStream(TEXT.getBytes(UTF_8)) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        Reader text = new StringReader(TEXT) {
            @Override
            public void close() {
                closed.set(true);
            }
        };

        push("", bytes);
        push("", text);

        assertThat(server.requests()).hasSize(2);
        assertThat(closed).isFalse();
    }

    @Test
    void fileIsClosed() throws IOException {
        Path open = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(open));
        Path broken = Files.writeString(folder.resolve("broken"), "rows{ 1");
        GenericFile<File> wrapped = new GenericFile<>();
        wrapped.setFile(broken.toFile());

        for (Object body : List.of(file("closed", UTF_8), broken, broken.toFile(), wrapped)) {
            push("", body);
        }

        try (Stream<Path> descriptors = Files.list(open)) {
            assertThat(descriptors).noneMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).startsWith(folder.toRealPath());
                } catch (IOException e) {
                    return false; // closed in the meantime
                }
            });
        }
    }

    @Test
    void readingOfStreamEndsAtFirstError() {
        InputStream endless = new InputStream() {
            private final byte[] line = "rows{ 1\n".getBytes(UTF_8);
            private int at;

            @Override
            public int read() {
                return line[at++ % line.length];
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    bytes[offset + i] = (byte) read();
                }
                return length;
            }
        };

        assertThat(push("", endless).getException()).hasMessageContaining("line 1, column ");
    }

    static Stream<Arguments> invalidTexts() {
        return Stream.of(
                Arguments.of("ok 1\nrows{s3cret=} 2\n", "line 2, column 13"),
                Arguments.of("<html>s3cret</html>", "line 1, column 1"),
                Arguments.of("rows{a=\"s3cret\ud800\"} 1\n", "surrogate"),
                Arguments.of("rows{a=\"s3cret\"} 1 1700000000000\n", "timestamp"),
                Arguments.of("rows{a=\"s3cret\u00e4\"} 1".getBytes(ISO_8859_1), "line 1, column "),
                Arguments.of("42", "set metricName"),
                Arguments.of("42\n".getBytes(UTF_8), "set metricName"),
                Arguments.of(new InputStreamCache("42".getBytes(UTF_8)), "set metricName"),
                Arguments.of(" NaN \n", "set metricName"),
                Arguments.of("", "no metric to send"),
                Arguments.of(" \r\n\t", "no metric to send"),
                Arguments.of("# a comment", "no metric to send"),
                Arguments.of(new byte[0], "no metric to send"),
                Arguments.of(new StringReader(" "), "no metric to send"),
                Arguments.of(new File("/no/such/file"), "NoSuchFileException"));
    }

    @ParameterizedTest
    @MethodSource("invalidTexts")
    void messageNamesErrorButNotText(Object body, String expectedMessage) {
        Exchange failed = push("", body);

        assertThat(server.requests()).isEmpty();
        assertThat(failed.getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining(expectedMessage)
                .hasMessageNotContaining("s3cret");
        for (Throwable cause = failed.getException(); cause != null; cause = cause.getCause()) {
            assertThat(cause).hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void blankTextIsSentWithAllowEmpty() {
        assertThat(push("operation=push&allowEmpty=true", " \n").getException()).isNull();

        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.body()).isEmpty());
    }

    @Test
    void convertedTextIsFilteredAndSentWithGaugeHeaders() {
        template.sendBodyAndHeaders(
                "pushgateway:a?metricFilter=!*_seconds&gaugeHeaders=batch_*",
                context.getTypeConverter().convertTo(MetricSnapshots.class, "rows 1\ntook_seconds 2\n"),
                Map.of("batch_rows", 3, "batch_seconds", 4));

        assertThat(server.requests().get(0).text()).isEqualTo("""
                        # TYPE batch_rows gauge
                        batch_rows 3.0
                        # TYPE batch_seconds gauge
                        batch_seconds 4.0
                        # TYPE rows untyped
                        rows 1.0
                        """);
    }

    static Stream<Arguments> json() {
        return Stream.of(
                Arguments.of("{\"rows\": 42, \"ok\": true, \"took\": \"1.5\"}", """
                        # TYPE ok gauge
                        ok 1.0
                        # TYPE rows gauge
                        rows 42.0
                        # TYPE took gauge
                        took 1.5
                        """),
                Arguments.of(
                        "{\"name\": \"rows\", \"value\": 1e3, \"type\": \"counter\", \"labels\": {\"table\": \"Zürich\", \"shard\": 1}}",
                        """
                        # TYPE rows_total counter
                        rows_total{region="eu",shard="1",table="Zürich"} 1000.0
                        """),
                Arguments.of(
                        "[{\"name\": \"rows\", \"value\": 1, \"labels\": {\"table\": \"a\"}},\n {\"name\": \"rows\", \"value\": 2, \"labels\": {\"table\": \"b\"}}]",
                        """
                        # TYPE rows gauge
                        rows{region="eu",table="a"} 1.0
                        rows{region="eu",table="b"} 2.0
                        """));
    }

    @ParameterizedTest
    @MethodSource("json")
    void jsonIsSentFromEveryType(String json, String text) throws IOException {
        for (String before : List.of("", "\ufeff", " \t\r\n\n", "\ufeff\n ")) {
            for (ValueForm carrier : ValueForm.values()) {
                server.requests().clear();
                Object body = carrier.of(before + json + '\n', folder);

                Exchange done = push("metricFilter=!rows*&labels.region=eu", body);

                assertThat(done.getException()).as("%s %s", carrier, before).isNull();
                assertThat(done.getMessage().getBody()).isSameAs(body);
                assertThat(server.requests())
                        .singleElement()
                        .satisfies(request -> assertThat(request.text().replace("{region=\"eu\"}", ""))
                                .as(carrier.name())
                                .isEqualTo(text));
            }
        }
    }

    @Test
    void jsonIsReadInCharsetOfExchange() {
        for (Charset charset : List.of(ISO_8859_1, java.nio.charset.StandardCharsets.UTF_16)) {
            Exchange done = template.request("pushgateway:a", exchange -> {
                exchange.setProperty(Exchange.CHARSET_NAME, charset.name());
                exchange.getMessage()
                        .setBody("{\"name\":\"rows\",\"value\":1,\"labels\":{\"city\":\"Zürich\"}}".getBytes(charset));
            });

            assertThat(done.getException()).isNull();
        }
        assertThat(server.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.text()).contains("rows{city=\"Zürich\"} 1.0"));
    }

    static Stream<Arguments> invalidJson() {
        String broken = "starts like JSON, but is invalid JSON at line ";
        return Stream.of(
                Arguments.of("{curly} s3cret", broken + "1"),
                Arguments.of("{\"rows\": s3cret}", broken + "1"),
                Arguments.of("{\n\"rows\": 1,\n\"s3cret\"", "line 3"),
                Arguments.of("{\"rows\": 1", "the JSON is incomplete"),
                Arguments.of("[", "the JSON is incomplete"),
                Arguments.of("{\"rows\": 1} s3cret", broken),
                Arguments.of("{\"rows\": 1}{\"rows\": 2}", "unexpected content after the first object or list"),
                Arguments.of("{\"rows\": 1, \"rows\": 2}", "duplicate key"),
                Arguments.of("{'rows': 1}", broken),
                Arguments.of("{\"rows.of\"} 1", "quoted names require the option escaping"),
                Arguments.of("[".repeat(2_000), "nested more than 10 levels"),
                Arguments.of("{\"rows\": " + "1".repeat(2_000) + "}", broken + "1"),
                Arguments.of("{\"rows\": 1e400}", "beyond the range of a double"),
                Arguments.of("{\"rows\": 1" + "0".repeat(400) + "}", "beyond the range of a double"),
                Arguments.of("{\"rows\": \"s3cret\"}", "the value of the metric 'rows' is of type java.lang.String"),
                Arguments.of("{\"rows\": null}", "the value of the metric 'rows' is null"),
                Arguments.of("{\"rows\": {\"s3cret\": 1}}", "the value of the metric 'rows' is of type"),
                Arguments.of("{}", "no metric to send"),
                Arguments.of("[]", "no metric to send"),
                Arguments.of("[1]", "an element of the list is of type java.lang.Integer"),
                Arguments.of("{\"rows\": \"a\u00e4\"}".getBytes(ISO_8859_1), broken));
    }

    @ParameterizedTest
    @MethodSource("invalidJson")
    void messageNamesErrorInJsonButNotText(Object json, String expectedMessage) {
        messageNamesErrorButNotText(json, expectedMessage);
    }

    @Test
    void routeCanConvertJson() {
        assertThat(context.getTypeConverter().convertTo(MetricSnapshots.class, "{\"rows\": 1, \"seconds\": 2}"))
                .hasSize(2);
        assertThat(context.getTypeConverter().convertTo(MetricSnapshots.class, "[{\"name\": \"rows\", \"value\": 1}]"))
                .hasSize(1);
    }
}
