package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The records example in YAML, XML and Java, on a real gateway. */
@ExtendWith(NoWarnings.class)
class RecordsIT {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    @TempDir
    Path inbox;

    private final Main main = new Main();

    static Stream<Arguments> languages() {
        return Stream.of(
                language("yaml", main -> main.configure().withRoutesIncludePattern("classpath:records/records.yaml")),
                language("xml", main -> main.configure().withRoutesIncludePattern("classpath:records/records.xml")),
                language("java", main -> main.configure().addRoutesBuilder(new RecordsRoute())));
    }

    private static Arguments language(String name, Consumer<Main> routes) {
        return Arguments.of(name, routes);
    }

    @BeforeEach
    void configure() {
        main.addInitialProperty("records.inbox", inbox.toString());
        main.addInitialProperty("camel.component.pushgateway.url", GATEWAY.url());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("languages")
    void loadedFileIsReported(String language, Consumer<Main> routes) throws Exception {
        routes.accept(main);
        main.start();
        try {
            double before = Instant.now().getEpochSecond();
            drop("first.csv", "anna;120\nberta;80\ncarl;42\n");
            await().until(() -> Files.exists(inbox.resolve(".camel/first.csv")));

            PushgatewayGroup group = GATEWAY.group("job", "load-records").orElseThrow();
            assertThat(group.families().values())
                    .extracting(PushgatewayGroup.Family::type)
                    .containsOnly("GAUGE");
            assertThat(group.value("job_records_processed")).isEqualTo(3);
            assertThat(group.value("job_duration_seconds")).isBetween(0.0, 60.0);
            assertThat(group.value("job_last_success_unixtime"))
                    .isBetween(before, (double) Instant.now().getEpochSecond());
        } finally {
            main.stop();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("languages")
    void failedFileKeepsTheLastSuccess(String language, Consumer<Main> routes) throws Exception {
        routes.accept(main);
        main.start();
        try {
            drop("good.csv", "anna;120\n");
            await().until(() -> Files.exists(inbox.resolve(".camel/good.csv")));
            PushgatewayGroup good = GATEWAY.group("job", "load-records").orElseThrow();

            drop("bad.csv", "anna;120\nnot a record\n");
            await().until(() -> Files.exists(inbox.resolve(".failed/bad.csv")));

            assertThat(GATEWAY.group("job", "load-records")).hasValue(good);
        } finally {
            main.stop();
        }
    }

    /** Moves a complete file into the folder, so that the route never reads a part of it. */
    private void drop(String name, String content) throws Exception {
        Path outside = Files.createTempFile(inbox.getParent(), "drop", ".csv");
        Files.writeString(outside, content);
        Files.move(outside, inbox.resolve(name));
    }
}
