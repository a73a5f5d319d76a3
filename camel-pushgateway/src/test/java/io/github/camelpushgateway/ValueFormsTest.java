package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.sun.net.httpserver.HttpServer;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.conversion.HeaderBinding;
import io.github.camelpushgateway.testing.WireServer;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.SimpleTypeConverter;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and labels are accepted in every form of text, in every place that accepts a value. */
class ValueFormsTest {

    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();

    @TempDir
    private static Path folder;

    private static WireServer server;
    private static ProducerTemplate template;

    /** Application type with a type converter to Double. */
    record Money(BigDecimal amount) {}

    @BeforeAll
    static void start() throws Exception {
        server = new WireServer(WireServer.status(200, ""));
        CONTEXT.getComponent("pushgateway", PushgatewayComponent.class)
                .getConfiguration()
                .setUrl(server.url());
        CONTEXT.getTypeConverterRegistry()
                .addTypeConverter(
                        Double.class,
                        Money.class,
                        new SimpleTypeConverter(
                                false,
                                (type, exchange, value) ->
                                        ((Money) value).amount().doubleValue()));
        CONTEXT.start();
        template = CONTEXT.createProducerTemplate();
    }

    @AfterAll
    static void stop() throws Exception {
        CONTEXT.close();
        server.close();
    }

    @BeforeEach
    void forgetRequests() {
        server.requests().clear();
    }

    /** Place that accepts a number, with the options that select it. */
    enum Place {
        BODY("metricName=rows") {
            @Override
            void put(Exchange exchange, @Nullable Object value) {
                exchange.getMessage().setBody(value);
            }
        },
        EXPRESSION_OF_BODY("metricName=rows&metricValue=${body}") {
            @Override
            void put(Exchange exchange, @Nullable Object value) {
                exchange.getMessage().setBody(value);
            }
        },
        EXPRESSION_OF_HEADER("metricName=rows&metricValue=${header.number}") {
            @Override
            void put(Exchange exchange, @Nullable Object value) {
                exchange.getMessage().setHeader("number", value);
            }
        },
        EXPRESSION_OF_PROPERTY("metricName=rows&metricValue=${exchangeProperty.number}") {
            @Override
            void put(Exchange exchange, @Nullable Object value) {
                exchange.setProperty("number", value);
            }
        },
        VALUE_HEADER("metricName=rows") {
            @Override
            void put(Exchange exchange, @Nullable Object value) {
                exchange.getMessage().setHeader(PushgatewayConstants.METRIC_VALUE, value);
            }
        },
        GAUGE_HEADER("gaugeHeaders=rows") {
            @Override
            void put(Exchange exchange, @Nullable Object value) {
                exchange.getMessage().setHeader("rows", value);
            }
        },
        ENTRY_OF_MAP("") {
            @Override
            void put(Exchange exchange, @Nullable Object value) {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                map.put("rows", value);
                exchange.getMessage().setBody(map);
            }
        },
        VALUE_OF_DESCRIPTION("") {
            @Override
            void put(Exchange exchange, @Nullable Object value) {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                map.put("name", "rows");
                map.put("value", value);
                exchange.getMessage().setBody(List.of(map));
            }
        },
        RECORDS("operation=report&reportPrefix=load&records=${header.number}") {
            @Override
            void put(Exchange exchange, @Nullable Object value) {
                exchange.getMessage().setHeader("number", value);
            }
        },
        RECORDS_FAILED("operation=report&reportPrefix=load&recordsFailed=${body}") {
            @Override
            void put(Exchange exchange, @Nullable Object value) {
                exchange.getMessage().setBody(value);
            }
        };

        private final String options;

        Place(String options) {
            this.options = options;
        }

        abstract void put(Exchange exchange, @Nullable Object value);

        /** Returns the sample that is sent for a number. */
        String sample(String number) {
            return switch (this) {
                case RECORDS -> "load_records_processed " + number + '\n';
                case RECORDS_FAILED -> "load_records_failed " + number + '\n';
                default -> "rows " + number + '\n';
            };
        }

        boolean isOptional() {
            return this == GAUGE_HEADER || this == RECORDS || this == RECORDS_FAILED;
        }
    }

    private static Exchange push(Place place, @Nullable Object value) {
        return template.request("pushgateway:a?" + place.options, exchange -> place.put(exchange, value));
    }

    static Stream<Arguments> carriersAndPlaces() {
        return Arrays.stream(ValueForm.values())
                .flatMap(carrier -> Arrays.stream(Place.values()).map(place -> Arguments.of(carrier, place)));
    }

    @ParameterizedTest
    @MethodSource("carriersAndPlaces")
    void numberIsSentFromEveryFormOfText(ValueForm carrier, Place place) throws IOException {
        Exchange done = push(place, carrier.of(" 42.5\r\n", folder));

        assertThat(done.getException()).isNull();
        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.text()).contains(place.sample("42.5")));
    }

    @ParameterizedTest
    @MethodSource("carriersAndPlaces")
    void nonNumericTextIsRejectedAndNotRepeatedInMessages(ValueForm carrier, Place place) throws IOException {
        Exchange failed = push(place, carrier.of("s3cret", folder));

        if (place == Place.RECORDS || place == Place.RECORDS_FAILED) {
            // the report is sent without the count
            assertThat(server.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.text()).doesNotContain("records"));
            return;
        }
        assertThat(server.requests()).isEmpty();
        assertThat(failed.getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining(
                        place.isOptional() ? "no metric to send" : "the value of the metric 'rows' is of type")
                .hasStackTraceContaining("PushgatewayException");
        for (Throwable cause = failed.getException(); cause != null; cause = cause.getCause()) {
            assertThat(cause).hasMessageNotContaining("s3cret");
        }
    }

    @ParameterizedTest
    @EnumSource(ValueForm.class)
    void bodyCanBeReadAgain(ValueForm carrier) throws IOException {
        for (String options : List.of(
                "metricName=rows",
                "metricName=rows&metricValue=${body}",
                "metricName=rows&metricValue=now",
                "gaugeHeaders=rows",
                "operation=report&records=${body}",
                "operation=delete")) {
            Object body = carrier.of("42", folder);

            Exchange done = template.request("pushgateway:a?" + options, exchange -> {
                exchange.getMessage().setBody(body);
                exchange.getMessage().setHeader("rows", 1);
            });

            assertThat(done.getException()).as(options).isNull();
            assertThat(ValueForm.left(done.getMessage().getBody(), done))
                    .as(options)
                    .isIn("42", options.contains("name") || options.contains("report") ? "42" : left(body));
        }
    }

    /** Returns the remaining text: a cached stream that is not reset stays at its position. */
    private static String left(Object body) {
        return body instanceof org.apache.camel.StreamCache ? "2" : "42";
    }

    @ParameterizedTest
    @EnumSource(ValueForm.class)
    void headerCanBeReadAgain(ValueForm carrier) throws IOException {
        for (String options : List.of("gaugeHeaders=number", "metricName=rows&metricValue=${header.number}")) {
            Object header = carrier.of("42", folder);

            Exchange done = template.request(
                    "pushgateway:a?" + options,
                    exchange -> exchange.getMessage().setHeader("number", header));

            assertThat(done.getException()).as(options).isNull();
            assertThat(ValueForm.left(done.getMessage().getHeader("number"), done))
                    .as(options)
                    .isEqualTo("42");
        }
    }

    @ParameterizedTest
    @EnumSource(ValueForm.class)
    void labelsAreReadFromEveryFormOfText(ValueForm carrier) throws IOException {
        Object pairs = carrier.of("region=eu,stage=load", folder);
        Object morePairs = carrier.of("table=a", folder);
        Exchange text = template.request("pushgateway:a?metricName=rows", exchange -> {
            exchange.getMessage().setBody(1);
            exchange.getMessage().setHeader(PushgatewayConstants.GROUPING_KEY, pairs);
            exchange.getMessage().setHeader(PushgatewayConstants.LABELS, morePairs);
        });
        Map<String, Object> key = Map.of("region", carrier.of("eu", folder));
        Map<String, Object> labels = Map.of("table", carrier.of("b", folder));
        Exchange maps = template.request("pushgateway:a?metricName=rows", exchange -> {
            exchange.getMessage().setBody(1);
            exchange.getMessage().setHeader(PushgatewayConstants.GROUPING_KEY, key);
            exchange.getMessage().setHeader(PushgatewayConstants.LABELS, labels);
        });
        Map<String, Object> description = Map.of(
                "name", carrier.of("rows", folder),
                "type", carrier.of("untyped", folder),
                "help", carrier.of("Rows.", folder),
                "labels", Map.of("table", carrier.of("c", folder)),
                "value", 1);
        Exchange described = template.request(
                "pushgateway:a", exchange -> exchange.getMessage().setBody(List.of(description)));

        assertThat(Stream.of(text, maps, described))
                .allSatisfy(done -> assertThat(done.getException()).isNull());
        assertThat(server.requests())
                .extracting(request -> request.path() + ' ' + request.text())
                .containsExactly(
                        "/metrics/job/a/region/eu/stage/load # TYPE rows gauge\nrows{table=\"a\"} 1.0\n",
                        "/metrics/job/a/region/eu # TYPE rows gauge\nrows{table=\"b\"} 1.0\n",
                        "/metrics/job/a # HELP rows Rows.\n# TYPE rows untyped\nrows{table=\"c\"} 1.0\n");
    }

    @ParameterizedTest
    @EnumSource(ValueForm.class)
    void metricHeadersAreReadFromEveryFormOfText(ValueForm carrier) throws IOException {
        Map<String, Object> headers = Map.of(
                PushgatewayConstants.METRIC_NAME, carrier.of("rows", folder),
                PushgatewayConstants.METRIC_TYPE, carrier.of("untyped", folder),
                PushgatewayConstants.METRIC_HELP, carrier.of("Rows.", folder));

        template.sendBodyAndHeaders("pushgateway:a", 7, headers);

        assertThat(server.requests())
                .singleElement()
                .satisfies(request ->
                        assertThat(request.text()).isEqualTo("# HELP rows Rows.\n# TYPE rows untyped\nrows 7.0\n"));
    }

    @Test
    void otherHeadersMayAlsoBeBytes() {
        Map<String, Object> headers = new HashMap<>(Map.of(
                PushgatewayConstants.OPERATION,
                "push".getBytes(UTF_8),
                PushgatewayConstants.JOB,
                "b".getBytes(UTF_8),
                PushgatewayConstants.METRIC_NAME,
                "rows".getBytes(UTF_8),
                PushgatewayConstants.METRIC_TYPE,
                "counter".getBytes(UTF_8),
                PushgatewayConstants.METRIC_HELP,
                "Rows.".getBytes(UTF_8),
                "region",
                "eu".getBytes(UTF_8)));

        template.sendBodyAndHeaders("pushgateway:a?labels.region=${header.region}", 7, headers);

        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.path()).isEqualTo("/metrics/job/b");
            assertThat(request.text())
                    .isEqualTo("# HELP rows_total Rows.\n# TYPE rows_total counter\nrows_total{region=\"eu\"} 7.0\n");
        });
    }

    static Stream<Arguments> numbers() {
        LongAdder adder = new LongAdder();
        adder.add(42);
        return Stream.of(
                Arguments.of("true", "1.0"),
                Arguments.of("FALSE\n", "0.0"),
                Arguments.of("1e3", "1000.0"),
                Arguments.of("NaN", "NaN"),
                Arguments.of("+Inf", "+Inf"),
                Arguments.of("-Infinity", "-Inf"),
                Arguments.of("\ufeff42", "42.0"),
                Arguments.of("\ufeff42\n", "42.0"),
                Arguments.of(adder, "42.0"),
                Arguments.of(new AtomicInteger(42), "42.0"),
                Arguments.of(BigInteger.TWO, "2.0"),
                Arguments.of(Duration.ofMillis(1_500), "1.5"),
                Arguments.of(new Money(new BigDecimal("12.5")), "12.5"));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void numberIsAcceptedInEveryPlace(Object value, String number) {
        List<Object> forms = value instanceof String text ? List.of(text, text.getBytes(UTF_8)) : List.of(value);
        for (Place place : Place.values()) {
            for (Object given : forms) {
                server.requests().clear();

                assertThat(push(place, given).getException()).as(place.name()).isNull();

                assertThat(server.requests().get(0).text()).as(place.name()).contains(place.sample(number));
            }
        }
    }

    static Stream<Arguments> nonNumbers() {
        String separators = "write a point as the decimal separator and nothing between thousands";
        return Stream.of(
                Arguments.of("1,5", separators),
                Arguments.of("1.234,5", separators),
                Arguments.of("1 000", separators),
                Arguments.of("1\u00a0000", separators),
                Arguments.of("1_000", separators),
                Arguments.of("1'000", separators),
                Arguments.of("0x1F", "not a number"),
                Arguments.of("42f", "not a number"),
                Arguments.of("1d", "not a number"),
                Arguments.of("1e", "not a number"),
                Arguments.of("yes", "not a number"),
                Arguments.of(" \n", "blank"),
                Arguments.of("", "blank"),
                Arguments.of("1e400", "beyond the range of a double"),
                Arguments.of(new BigDecimal("-1e400"), "beyond the range of a double"),
                Arguments.of(BigInteger.TEN.pow(400), "beyond the range of a double"),
                Arguments.of(List.of(42), "not a number"),
                Arguments.of(new Object(), "not a number"));
    }

    @ParameterizedTest
    @MethodSource("nonNumbers")
    void nonNumberIsRejected(Object value, String expectedMessage) {
        List<Object> forms = value instanceof String text
                ? List.of(text, text.getBytes(UTF_8), new java.io.StringReader(text))
                : List.of(value);
        for (Object form : forms) {
            Exchange failed = push(Place.BODY, form);

            assertThat(failed.getException())
                    .isInstanceOf(PushgatewayException.class)
                    .hasMessageContaining("the value of the metric 'rows' is ")
                    .hasMessageContaining(expectedMessage);
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void charsetOfExchangeIsUsed() {
        Exchange wide = template.request("pushgateway:a?metricName=rows", exchange -> {
            exchange.setProperty(Exchange.CHARSET_NAME, "UTF-16LE");
            exchange.getMessage().setBody("42".getBytes(UTF_16LE));
        });
        Exchange latin = template.request("pushgateway:a?metricName=rows", exchange -> {
            exchange.getMessage().setBody(1);
            exchange.getMessage().setHeader(PushgatewayConstants.LABELS, Map.of("city", "Zürich".getBytes(ISO_8859_1)));
        });

        assertThat(wide.getException()).isNull();
        assertThat(latin.getException()).hasMessageContaining("the label 'city' is not text in UTF-8");
        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.text()).contains("rows 42.0"));
    }

    @Test
    void longStreamIsNotReadToItsEnd() {
        for (Place place : List.of(Place.BODY, Place.VALUE_HEADER, Place.GAUGE_HEADER, Place.ENTRY_OF_MAP)) {
            AtomicInteger read = new AtomicInteger();
            InputStream endless = new InputStream() {
                @Override
                public int read() {
                    read.incrementAndGet();
                    return '1';
                }

                @Override
                public int read(byte[] bytes, int offset, int length) {
                    read.addAndGet(length);
                    Arrays.fill(bytes, offset, offset + length, (byte) '1');
                    return length;
                }
            };

            Exchange failed = push(place, endless);

            assertThat(failed.getException())
                    .as(place.name())
                    .hasMessageContaining(
                            place == Place.GAUGE_HEADER ? "no metric to send" : "more than 8192 characters");
            assertThat(read.get()).as(place.name()).isLessThan(100_000);
        }
    }

    @Test
    void numberIsReadFromHttpResponseAndFromFileComponent() throws Exception {
        HttpServer http =
                HttpServer.create(new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("42".getBytes(UTF_8));
            exchange.close();
        });
        http.start();
        Path inbox = Files.createDirectory(folder.resolve("inbox"));
        Files.writeString(inbox.resolve("number.txt"), "43\n");
        try {
            CONTEXT.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:response")
                            .process(exchange -> exchange.getMessage()
                                    .setBody(new java.net.URL("http://127.0.0.1:"
                                                    + http.getAddress().getPort() + "/")
                                            .openStream()))
                            .to("pushgateway:response?metricName=rows")
                            .convertBodyTo(String.class);
                    from("file:" + inbox + "?noop=true&initialDelay=0&delay=10")
                            .to("pushgateway:file?metricName=rows&gaugeHeaders=CamelFileLength");
                }
            });

            assertThat(template.request("direct:response", exchange -> {})
                            .getMessage()
                            .getBody())
                    .isEqualTo("42");
            Awaitility.await().until(() -> server.requests().size() == 2);
        } finally {
            http.stop(0);
        }
        assertThat(server.requests())
                .extracting(request -> request.path() + ' ' + request.text())
                .containsExactlyInAnyOrder("/metrics/job/response # TYPE rows gauge\nrows 42.0\n", """
                        /metrics/job/file # TYPE CamelFileLength gauge
                        CamelFileLength 3.0
                        # TYPE rows gauge
                        rows 43.0
                        """);
    }

    static Stream<Object> payloads() throws IOException {
        return Stream.concat(
                Arrays.stream(ValueForm.values()).map(carrier -> {
                    try {
                        return carrier.of("id;name\n1;s3cret\n", folder);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }),
                Stream.of(
                        new Object(),
                        42,
                        List.of(Map.of("ID", 1, "NAME", "s3cret")),
                        List.of(new Object()),
                        new InputStream() {
                            @Override
                            public int read() throws IOException {
                                throw new IOException("this body must not be read");
                            }

                            @Override
                            public int read(byte[] bytes, int offset, int length) throws IOException {
                                throw new IOException("this body must not be read");
                            }
                        }));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void gaugeHeadersDoNotReadBodyWithoutMetrics(Object payload) {
        Exchange done = template.request("pushgateway:a?gaugeHeaders=rows", exchange -> {
            exchange.getMessage().setBody(payload);
            exchange.getMessage().setHeader("rows", 7);
        });

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody()).isSameAs(payload);
        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.text()).isEqualTo("# TYPE rows gauge\nrows 7.0\n"));
    }

    @Test
    void nonNumericGaugeHeaderIsLoggedOncePerName() {
        List<String> lines;
        try (LogCapture log = LogCapture.of(HeaderBinding.class, Level.DEBUG)) {
            for (int i = 0; i < 3; i++) {
                template.sendBodyAndHeaders(
                        "pushgateway:a?gaugeHeaders=batch_*",
                        null,
                        Map.of("batch_rows", 1, "batch_file", "s3cret.csv", "batch_bytes", new byte[] {-1, 's'}));
            }
            lines = log.lines();
        }

        assertThat(server.requests()).hasSize(3);
        assertThat(lines)
                .hasSize(2)
                .anyMatch(line -> line.contains("'batch_file'") && line.contains("java.lang.String"))
                .anyMatch(line -> line.contains("'batch_bytes'") && line.contains("[B"))
                .noneMatch(line -> line.contains("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"metricValue=1,5", "metricValue=1e400", "metricValue=42f"})
    void nonNumericConstantValueIsRejectedAtStart(String option) {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> CONTEXT.getEndpoint("pushgateway:a?metricName=rows&" + option))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the value of the metric 'rows'");
    }
}
