package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.testing.WireServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages, causes and log lines of the component contain no unescaped control or format characters. */
@TestInstance(Lifecycle.PER_CLASS)
class HiddenCharactersTest {

    /** Line breaks and tabs are excluded because Java writes them in stack traces. */
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}&&[^\n\t]]");

    private static final String FORGED = "WARN a forged line";

    private static final List<String> HIDDEN_TEXTS = List.of(
            "\n" + FORGED,
            "\r\n" + FORGED + "\u2028" + FORGED + "\u2029" + FORGED + "\u0085" + FORGED,
            "\u001b[31mred\u001b[0m\u009b31m\b\b\u0000\u007f",
            "\u202e\u202d\u202a\u202b\u202c\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u200b\ufeff\udb40\udc41",
            "\ud800",
            "\udc00x");

    private final DefaultCamelContext context = new DefaultCamelContext();
    private String responseText = "";
    private WireServer server;
    private ProducerTemplate template;

    @BeforeAll
    void start() throws Exception {
        server = new WireServer((request, out) -> {
            byte[] body = responseText.getBytes(UTF_8);
            out.write(("HTTP/1.1 400 X\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(UTF_8));
            out.write(body);
        });
        context.getComponent("pushgateway", PushgatewayComponent.class)
                .getConfiguration()
                .setUrl(server.url());
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterAll
    void stop() throws Exception {
        context.close();
        server.close();
    }

    private record Place(String options, String header, String value, String responseText) {}

    static Stream<Arguments> places() {
        List<Arguments> places = new ArrayList<>();
        HIDDEN_TEXTS.forEach(text -> {
            String value = "a" + text + "b";
            for (Place place : List.of(
                    new Place("metricName=rows", PushgatewayConstants.JOB, value, ""),
                    new Place("metricName=rows", PushgatewayConstants.GROUPING_KEY, "region=" + value, ""),
                    new Place("metricName=rows", PushgatewayConstants.GROUPING_KEY, value + "=eu", ""),
                    new Place("metricName=rows", PushgatewayConstants.GROUPING_KEY, value, ""),
                    new Place("metricName=rows", PushgatewayConstants.LABELS, "region=" + value, ""),
                    new Place("metricName=rows", PushgatewayConstants.LABELS, value + "=eu", ""),
                    new Place("metricName=rows", PushgatewayConstants.LABELS, value, ""),
                    new Place("metricName=rows", PushgatewayConstants.METRIC_NAME, value, ""),
                    new Place("metricName=rows", PushgatewayConstants.METRIC_TYPE, value, ""),
                    new Place("metricName=rows", PushgatewayConstants.METRIC_HELP, value, ""),
                    new Place("metricName=rows", PushgatewayConstants.METRIC_VALUE, value, ""),
                    new Place("metricName=rows", PushgatewayConstants.OPERATION, value, ""),
                    new Place("metricName=rows&groupingKey.region=${header.x}", "x", value, ""),
                    new Place("metricName=rows&labels.region=${header.x}", "x", value, ""),
                    new Place("metricName=${header.x}", "x", value, ""),
                    new Place("operation=groups", PushgatewayConstants.JOB, value, ""),
                    new Place("operation=sweep&groupingKey.region=${header.x}", "x", value, ""),
                    new Place("operation=delete", PushgatewayConstants.JOB, value, ""),
                    new Place("metricName=rows", "x", "", value),
                    new Place("operation=groups", "x", "", value))) {
                places.add(Arguments.of(place));
            }
        });
        return places.stream();
    }

    @ParameterizedTest
    @MethodSource("places")
    void hiddenCharactersAreEscaped(Place place) {
        responseText = place.responseText();
        try (LogCapture log = LogCapture.ofAll(Level.DEBUG)) {
            for (String policy : List.of("fail", "warn")) {
                Exchange exchange =
                        template.request("pushgateway:load?onPushFailure=" + policy + "&" + place.options(), each -> {
                            each.getMessage().setBody(1);
                            each.getMessage().setHeaders(new HashMap<>(Map.of(place.header(), place.value())));
                        });

                if (exchange.getException() != null) {
                    StringWriter trace = new StringWriter();
                    exchange.getException().printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString()).doesNotContainPattern(HIDDEN).doesNotContain("\n" + FORGED);
                    assertThat(exchange.getException().getMessage()).doesNotContain("\n");
                }
            }
            assertThat(log.lines().stream().filter(line -> line.contains("io.github.camelpushgateway")))
                    .allSatisfy(line ->
                            assertThat(line).doesNotContainPattern(HIDDEN).doesNotContain("\n" + FORGED));
        }
        context.getEndpoints().stream()
                .map(endpoint -> String.valueOf(((PushgatewayEndpoint) endpoint).getLastError()))
                .forEach(
                        error -> assertThat(error).doesNotContainPattern(HIDDEN).doesNotContain("\n"));
    }
}
