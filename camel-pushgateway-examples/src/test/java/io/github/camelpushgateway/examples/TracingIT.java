package io.github.camelpushgateway.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.test.infra.Pushgateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The example with exemplars in YAML, XML and Java, on a real gateway. */
class TracingIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @TempDir
    Path inbox;

    private final Pushgateway gateway = Pushgateway.start();
    private final Main main = new Main();

    static Stream<Arguments> languages() {
        return Stream.of(
                language("yaml", main -> main.configure().withRoutesIncludePattern("classpath:tracing/tracing.yaml")),
                language("xml", main -> main.configure().withRoutesIncludePattern("classpath:tracing/tracing.xml")),
                language("java", main -> main.configure().addRoutesBuilder(new TracedRoute())));
    }

    private static Arguments language(String name, Consumer<Main> routes) {
        return Arguments.of(name, routes);
    }

    @AfterEach
    void stop() {
        main.stop();
        gateway.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("languages")
    void failedRunHasAnExemplarWithItsTrace(String name, Consumer<Main> routes) throws Exception {
        main.addInitialProperty("camel.component.pushgateway.url", gateway.url());
        main.addInitialProperty("nightly.inbox", inbox.toString());
        main.addInitialProperty("nightly.work", "direct:work");
        routes.accept(main);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                // the header that tracing sets
                from("direct:work")
                        .setHeader("traceparent", constant("00-" + TRACE + "-" + SPAN + "-01"))
                        .throwException(new IllegalStateException("the work failed"));
            }
        });
        main.start();

        Path outside = Files.createTempFile(inbox.getParent(), "drop", ".csv");
        Files.move(outside, inbox.resolve("only.csv"));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(gateway.value("job_failures_total", "job", "nightly-import"))
                        .hasValue(1));
        assertThat(protobuf()).contains("trace_id", TRACE, "span_id", SPAN);
    }

    /** Returns the metrics of the gateway in protobuf, in which the labels of an exemplar are plain text. */
    private String protobuf() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + "/metrics"))
                .header(
                        "Accept",
                        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited")
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString(ISO_8859_1))
                .body();
    }
}
