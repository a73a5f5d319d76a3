package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.github.camelpushgateway.testing.WireServer;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;
import org.apache.camel.support.SimpleTypeConverter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A rejected body is described by its type. Its content is not in any message, cause or log line. */
class PayloadIsNeverShownTest extends ContextTestSupport {

    private static final String MARKER = "s3cret";
    private static final String LOGGER_PREFIX = " io.github.camelpushgateway.";

    record Pojo(String name) {}

    record Nested(List<String> names) {}

    /** The type converter of this type repeats the value in its exception. */
    record Repeating(String name) {}

    record Wrapping(String name) {}

    record Careful(String name) {}

    record Unconverted(String name) {}

    static Stream<Arguments> bodies() {
        String accepted = "PrometheusRegistry), Micrometer's PrometheusMeterRegistry, text format";
        String pojo = Pojo.class.getName();
        return Stream.of(
                Arguments.of(new Pojo(MARKER), pojo, accepted),
                Arguments.of(new Nested(List.of(MARKER)), Nested.class.getName(), accepted),
                Arguments.of(new Object[] {MARKER}, "[Ljava.lang.Object;", accepted),
                Arguments.of(Map.of("rows", new Pojo(MARKER)), pojo, "a Number, a numeric String"),
                Arguments.of(Map.of("rows", List.of(MARKER)), "List", "a Number, a numeric String"),
                Arguments.of(Map.of("rows", Map.of("deep", MARKER)), "Map", "a Number, a numeric String"),
                Arguments.of(Map.of("rows", MARKER), "java.lang.String", "a Number, a numeric String"),
                Arguments.of(List.of(new Pojo(MARKER)), pojo, "a map with name, value"),
                Arguments.of(List.of(List.of(MARKER)), "List", "a map with name, value"),
                Arguments.of(List.of(MARKER), "java.lang.String", "a map with name, value"),
                Arguments.of(
                        List.of(Map.of("name", "rows", "value", new Pojo(MARKER))), pojo, "a Number, a numeric String"),
                Arguments.of(new Repeating(MARKER), Repeating.class.getName(), "IllegalStateException"),
                Arguments.of(new Wrapping(MARKER), Wrapping.class.getName(), "IllegalStateException"),
                Arguments.of(new Careful(MARKER), Careful.class.getName(), "IllegalStateException"),
                Arguments.of(new Unconverted(MARKER), Unconverted.class.getName(), accepted),
                Arguments.of(
                        CompletableFuture.completedFuture("text{" + MARKER), "CompletableFuture", "MetricSnapshots"),
                Arguments.of("text{" + MARKER, "line 1", "column"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void messageContainsOnlyTypeOfBody(Object body, String type, String accepted) throws Exception {
        List<String> log;
        Exchange failed;
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            addConverters(context);
            try (LogCapture capture = LogCapture.ofAll(Level.TRACE)) {
                failed = context.createProducerTemplate()
                        .request(
                                "pushgateway:a?url=" + server.url(),
                                exchange -> exchange.getMessage().setBody(body));
                context.createProducerTemplate()
                        .request(
                                "pushgateway:a?onPushFailure=warn&url=" + server.url(),
                                exchange -> exchange.getMessage().setBody(body));
                log = capture.lines().stream()
                        .filter(line -> line.contains(LOGGER_PREFIX))
                        .toList();
            }
            assertThat(server.requests()).isEmpty();
        }

        assertThat(failed.getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining(type)
                .hasMessageContaining(accepted);
        assertThat(stackTrace(failed.getException())).doesNotContain(MARKER);
        assertThat(log).isNotEmpty().noneMatch(line -> line.contains(MARKER));
    }

    private static void addConverters(CamelContext context) {
        add(context, Repeating.class, value -> {
            throw new IllegalStateException("this is wrong: " + value);
        });
        add(context, Wrapping.class, value -> {
            IllegalStateException failure = new IllegalStateException("see the suppressed exception");
            failure.addSuppressed(new TypeConversionException(value, MetricSnapshots.class, new RuntimeException()));
            throw failure;
        });
        add(context, Careful.class, value -> {
            throw new IllegalStateException("not now");
        });
        add(context, Unconverted.class, value -> null);
    }

    private interface Conversion {
        @Nullable
        Object of(Object value);
    }

    private static void add(CamelContext context, Class<?> from, Conversion conversion) {
        context.getTypeConverterRegistry()
                .addTypeConverter(
                        MetricSnapshots.class,
                        from,
                        new SimpleTypeConverter(false, (type, exchange, value) -> conversion.of(value)));
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
