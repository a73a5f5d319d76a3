package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The example of accumulated counters in YAML, XML and Java, on a real gateway. */
@ExtendWith(NoWarnings.class)
class AccumulateIT {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    @TempDir
    Path inbox;

    static Stream<Arguments> languages() {
        return Stream.of(
                language(
                        "yaml",
                        main -> main.configure().withRoutesIncludePattern("classpath:accumulate/accumulate.yaml")),
                language(
                        "xml",
                        main -> main.configure().withRoutesIncludePattern("classpath:accumulate/accumulate.xml")),
                language("java", main -> main.configure().addRoutesBuilder(new AccumulateRoute())));
    }

    private static Arguments language(String name, Consumer<Main> routes) {
        return Arguments.of(name, routes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("languages")
    void recordsOfAllRunsAreCounted(String language, Consumer<Main> routes) throws Exception {
        double before = count();

        run(routes, "first.csv", "anna;120\nberta;80\ncarl;42\n");
        run(routes, "second.csv", "dora;7\n");

        assertThat(count() - before).isEqualTo(4);
    }

    /** Loads one file with a new program. */
    private void run(Consumer<Main> routes, String file, String content) throws Exception {
        Main main = new Main();
        main.addInitialProperty("records.inbox", inbox.toString());
        main.addInitialProperty("camel.component.pushgateway.url", GATEWAY.url());
        routes.accept(main);
        main.start();
        try {
            Path outside = Files.createTempFile(inbox.getParent(), "drop", ".csv");
            Files.writeString(outside, content);
            Files.move(outside, inbox.resolve(file));
            await().until(() -> Files.exists(inbox.resolve(".camel/" + file)));
        } finally {
            main.stop();
        }
    }

    private static double count() {
        return GATEWAY.group("job", "count-records")
                .map(group -> group.family("records_loaded_total").samples().get(0))
                .map(AccumulateIT::valueOfFiles)
                .orElse(0.0);
    }

    private static double valueOfFiles(Sample sample) {
        assertThat(sample.labels()).containsEntry("source", "file");
        return sample.number();
    }
}
