package io.github.camelpushgateway.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Kamelet {@code pushgateway-sink} with each kind of body, and the exchange after the push, on a real gateway. */
@ExtendWith(NoWarnings.class)
class SinkBodiesIT {

    private static final String CODE = "CamelPushgatewayResponseCode";

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    @TempDir
    private static Path folder;

    private static final Main MAIN = new Main();
    private static ProducerTemplate template;

    /** The routes by name, with the properties of the sink. */
    private static final Map<String, Map<String, String>> ROUTES = Map.of(
            "plain", Map.of(),
            "warn", Map.of("onPushFailure", "warn"),
            "ignore", Map.of("onPushFailure", "ignore"),
            "named", Map.of("metricName", "rows"),
            "now", Map.of("metricName", "at", "metricValue", "now"),
            "delete", Map.of("operation", "delete"),
            "down", Map.of("url", "{{closed}}"),
            "down-warn", Map.of("url", "{{closed}}", "onPushFailure", "warn"));

    @BeforeAll
    static void start() throws Exception {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MAIN.addInitialProperty("closed", "http://127.0.0.1:" + closed.getLocalPort());
        }
        MAIN.addInitialProperty("camel.component.pushgateway.url", GATEWAY.url());
        MAIN.addInitialProperty("camel.component.pushgateway.maxRetries", "0");
        Path routes = folder.resolve("routes.yaml");
        Files.writeString(
                routes,
                ROUTES.entrySet().stream()
                        .map(route -> route(route.getKey(), route.getValue()))
                        .collect(Collectors.joining()));
        MAIN.configure().withRoutesIncludePattern("file:" + routes);
        MAIN.start();
        template = MAIN.getCamelContext().createProducerTemplate();
    }

    private static String route(String name, Map<String, String> properties) {
        return "- route:\n    from:\n      uri: direct:" + name + "\n      steps:\n        - to:\n"
                + "            uri: kamelet:pushgateway-sink\n            parameters:\n              job: sink\n"
                + properties.entrySet().stream()
                        .map(property -> "              " + property.getKey() + ": \"" + property.getValue() + "\"\n")
                        .collect(Collectors.joining());
    }

    @AfterAll
    static void stop() {
        MAIN.stop();
    }

    @BeforeEach
    void deleteTheGroup() {
        template.sendBody("pushgateway:sink?operation=delete", null);
        awaitNoGroup();
    }

    /** A gateway deletes a group shortly after its response. */
    private static void awaitNoGroup() {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> GATEWAY.group("job", "sink").isEmpty());
    }

    private static Exchange push(String route, Object body) {
        return template.request("direct:" + route, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeader("own", "header");
            exchange.setProperty("own", "property");
        });
    }

    private static PushgatewayGroup group() {
        return GATEWAY.group("job", "sink").orElseThrow();
    }

    /** The types of bodies that contain text, by name. */
    static Stream<Map.Entry<String, Function<String, Object>>> forms() {
        Map<String, Function<String, Object>> forms = new HashMap<>();
        forms.put("String", text -> text);
        forms.put("byte[]", text -> text.getBytes(UTF_8));
        forms.put("InputStream", text -> new ByteArrayInputStream(text.getBytes(UTF_8)));
        forms.put("File", text -> file(text).toFile());
        forms.put("file of a component", text -> {
            GenericFile<File> file = new GenericFile<>();
            file.setFile(file(text).toFile());
            return file;
        });
        return forms.entrySet().stream();
    }

    private static Path file(String text) {
        try {
            return Files.writeString(Files.createTempFile(folder, "body", ".txt"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> bodies() {
        String list = "[{\"name\": \"rows\", \"value\": 42, \"type\": \"untyped\", \"help\": \"Rows.\"}]";
        return Stream.of(
                        Arguments.of("plain", "{\"rows\": 42}"),
                        Arguments.of("plain", " \r\n\t{\"rows\": \"42\"}\n"),
                        Arguments.of("plain", "\ufeff{\"rows\": 42}"),
                        Arguments.of("plain", "\ufeff\n " + list),
                        Arguments.of("plain", list),
                        Arguments.of("plain", "{\"name\": \"rows\", \"value\": 42}"),
                        Arguments.of("plain", "# TYPE rows gauge \r\nrows 42 "),
                        Arguments.of("named", "42"),
                        Arguments.of("named", " 42.0\n"))
                .flatMap(body -> forms().map(
                                form -> Arguments.of(form.getKey(), body.get()[0], body.get()[1], form.getValue())));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("bodies")
    void contentSelectsTheFormat(String form, String route, String text, Function<String, Object> toBody) {
        Object body = toBody.apply(text);

        Exchange done = push(route, body);

        assertThat(done.getException()).isNull();
        assertThat(group().value("rows")).isEqualTo(42);
        assertThat(done.getMessage().getBody(String.class)).isEqualTo(text);
        assertThat(done.getMessage().getHeader(CODE)).isEqualTo(200);
    }

    @Test
    void mapsAndListsArePushed() {
        push("plain", Map.of("rows", 1));
        push("plain", List.of(Map.of("name", "seconds", "value", 2)));

        assertThat(group().value("rows")).isEqualTo(1);
        assertThat(group().value("seconds")).isEqualTo(2);
    }

    static Stream<Arguments> unreadable() {
        return Stream.of("{curly} text", "[square] text", "")
                .flatMap(text -> forms().map(form -> Arguments.of(form.getKey(), text, form.getValue())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("unreadable")
    void unusedBodyIsNotRead(String form, String text, Function<String, Object> toBody) {
        Exchange now = push("now", toBody.apply(text));

        assertThat(now.getException()).isNull();
        assertThat(group().value("at")).isGreaterThan(1.7e9);

        Exchange deleted = push("delete", toBody.apply(text));

        assertThat(deleted.getException()).isNull();
        awaitNoGroup();
        assertThat(now.getMessage().getBody(String.class)).isEqualTo(text);
        assertThat(deleted.getMessage().getBody(String.class)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("unreadable")
    void unreadableBodyIsAPushFailure(String form, String text, Function<String, Object> toBody) {
        Exchange failed = push("plain", toBody.apply(text));
        Exchange warned = push("warn", toBody.apply(text));
        Exchange ignored = push("ignore", toBody.apply(text));

        assertThat(failed.getException())
                .hasMessageContaining("pushadd of the group {job=\"sink\"} was rejected before it was sent");
        assertThat(warned.getException()).isNull();
        assertThat(ignored.getException()).isNull();
        assertThat(GATEWAY.group("job", "sink")).isEmpty();
    }

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of("plain", "{\"rows\": 1}", 200),
                Arguments.of("plain", "rows 1", 200),
                Arguments.of("plain", "{curly}", null),
                Arguments.of("warn", "{curly}", null),
                Arguments.of("ignore", "{curly}", null),
                Arguments.of("named", "1", 200),
                Arguments.of("named", "one", null),
                Arguments.of("now", "{curly}", 200),
                Arguments.of("delete", "{curly}", 202),
                Arguments.of("down", "{\"rows\": 1}", null),
                Arguments.of("down-warn", "{\"rows\": 1}", null));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("outcomes")
    void bodyHeadersAndPropertiesAreKept(String route, String text, Integer code) {
        for (Object body : List.of(text, text.getBytes(UTF_8), new ByteArrayInputStream(text.getBytes(UTF_8)))) {
            Exchange done = push(route, body);

            if (!(body instanceof ByteArrayInputStream)) {
                assertThat(done.getMessage().getBody()).isSameAs(body);
            }
            assertThat(done.getMessage().getBody(String.class)).isEqualTo(text);
            Map<String, Object> headers = new HashMap<>(done.getMessage().getHeaders());
            assertThat(Optional.ofNullable(headers.remove(CODE))).isEqualTo(Optional.ofNullable(code));
            assertThat(headers).isEqualTo(Map.of("own", "header"));
            assertThat(done.getProperties()).isEqualTo(Map.of("own", "property"));
        }
    }
}
