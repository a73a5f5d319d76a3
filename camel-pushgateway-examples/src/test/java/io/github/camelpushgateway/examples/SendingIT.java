package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.test.infra.PushgatewayGroup.Family;
import io.github.camelpushgateway.test.infra.PushgatewayGroup.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of supported bodies in YAML, XML and Java, on a real gateway. */
@ExtendWith(NoWarnings.class)
class SendingIT {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    @TempDir
    Path outbox;

    private final Main main = new Main();

    static Stream<Arguments> languages() {
        return Stream.of(
                language("yaml", main -> main.configure().withRoutesIncludePattern("classpath:sending/sending.yaml")),
                language("xml", main -> main.configure().withRoutesIncludePattern("classpath:sending/sending.xml")),
                language("java", main -> main.configure().addRoutesBuilder(new SendingRoute())));
    }

    private static Arguments language(String name, Consumer<Main> routes) {
        return Arguments.of(name, routes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("languages")
    void supportedBodiesArePushedAndOthersAreRejected(String language, Consumer<Main> routes) throws Exception {
        main.addInitialProperty("metrics.outbox", outbox.toString());
        main.addInitialProperty("camel.component.pushgateway.url", GATEWAY.url());
        main.configure().addConfiguration(new LoadMetrics());
        routes.accept(main);
        main.start();
        try {
            pushesValues();
            pushesMapsAndLists();
            pushesMetrics();
            pushesRegistries();
            pushesTextFiles();
            rejectsOtherBodies();
        } finally {
            main.stop();
        }
    }

    private void pushesValues() {
        send("direct:value", 42);
        assertThat(family("load_value").help()).isEqualTo("Total amount of the last load.");
        assertThat(family("load_value").samples().get(0).labels()).containsEntry("stage", "load");
        assertThat(group().value("load_value")).isEqualTo(42);
        send("direct:value", "1.5e3");
        assertThat(group().value("load_value")).isEqualTo(1500);
        send("direct:value", true);
        assertThat(group().value("load_value")).isEqualTo(1);
        send("direct:value", Duration.ofMillis(1500));
        assertThat(group().value("load_value")).isEqualTo(1.5);
        send("direct:value", Instant.ofEpochSecond(1_795_000_000));
        assertThat(group().value("load_value")).isEqualTo(1_795_000_000);
    }

    private void pushesMapsAndLists() {
        send("direct:map", "{\"load_rows\": 42, \"load_seconds\": 1.5}");
        assertThat(group().value("load_rows")).isEqualTo(42);
        assertThat(group().value("load_seconds")).isEqualTo(1.5);

        send(
                "direct:list",
                "[{\"name\": \"stage_rows\", \"value\": 42, \"labels\": {\"stage\": \"read\"}},"
                        + " {\"name\": \"stage_rows\", \"value\": 40, \"labels\": {\"stage\": \"write\"}}]");
        assertThat(family("stage_rows").samples()).extracting(Sample::number).containsExactly(42.0, 40.0);
    }

    private void pushesMetrics() {
        send("direct:metrics", "");
        assertThat(family("load_batch_seconds").type()).isEqualTo("HISTOGRAM");
        assertThat(GATEWAY.metrics())
                .contains("load_batch_seconds_bucket{instance=\"\",job=\"nightly-load\",le=\"1\"} 1");

        send("direct:micrometer", "");
        assertThat(group().families()).containsKey("jvm_memory_used_bytes");
    }

    private void pushesRegistries() {
        template()
                .to("direct:registry")
                .withHeader("stage", "read")
                .withBody(42)
                .send();
        template()
                .to("direct:registry")
                .withHeader("stage", "write")
                .withBody(40)
                .send();
        template().to("direct:registry").withHeader("stage", "read").withBody(1).send();
        assertThat(family("stage_rows_total").type()).isEqualTo("COUNTER");
        assertThat(family("stage_rows_total").samples())
                .extracting(Sample::number)
                .containsExactly(43.0, 40.0);
    }

    private void pushesTextFiles() throws Exception {
        Path outside = Files.createTempFile(outbox.getParent(), "drop", ".prom");
        Files.writeString(outside, "# TYPE disk_free_bytes gauge\ndisk_free_bytes{disk=\"sda1\"} 1.5e9\n");
        Files.move(outside, outbox.resolve("disk.prom"));
        await().until(() -> Files.exists(outbox.resolve(".camel/disk.prom")));
        assertThat(group().value("disk_free_bytes")).isEqualTo(1.5e9);

        Files.writeString(outside, "disk_free_bytes\n");
        Files.move(outside, outbox.resolve("broken.prom"));
        await().until(() -> Files.exists(outbox.resolve(".failed/broken.prom")));
    }

    private void rejectsOtherBodies() {
        assertThatThrownBy(() -> send("direct:map", "{\"load\": {\"rows\": 42}}"))
                .cause()
                .hasMessageContaining("LinkedHashMap")
                .hasMessageContaining("a Number, a numeric String");
    }

    private void send(String to, Object body) {
        template().to(to).withBody(body).request();
    }

    private FluentProducerTemplate template() {
        return main.getCamelContext().createFluentProducerTemplate();
    }

    private static PushgatewayGroup group() {
        return GATEWAY.group("job", "nightly-load").orElseThrow();
    }

    private static Family family(String name) {
        return group().family(name);
    }
}
