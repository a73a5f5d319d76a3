package io.github.camelpushgateway.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The deletions of groups in YAML, XML and Java, on a real gateway, and its metrics before and after them. */
@ExtendWith(NoWarnings.class)
class DeleteIT {

    /** Values that differ in each run. */
    private static final Pattern TIME = Pattern.compile("(time_seconds\\{.*}) \\S+");

    private final Pushgateway gateway = Pushgateway.start();
    private final Main main = new Main();

    static Stream<Arguments> languages() {
        return Stream.of(
                language("yaml", main -> main.configure().withRoutesIncludePattern("classpath:delete/delete.yaml")),
                language("xml", main -> main.configure().withRoutesIncludePattern("classpath:delete/delete.xml")),
                language("java", main -> main.configure().addRoutesBuilder(new DeleteRoute())));
    }

    private static Arguments language(String name, Consumer<Main> routes) {
        return Arguments.of(name, routes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("languages")
    void groupOfARegionIsDeleted(String language, Consumer<Main> routes) throws Exception {
        ProducerTemplate template = start(routes);
        push(template, "nightly-load?groupingKey.region=eu", 42);
        push(template, "nightly-load?groupingKey.region=us", 17);
        assertThat(metricsOfTheJob()).isEqualTo(listing("before.txt"));

        Exchange withoutRegion = template.request("direct:delete-region", exchange -> {});
        // the gateway executes the push after the deletion
        push(template, "nightly-load?groupingKey.region=us", 17);

        assertAccepted(withoutRegion);
        assertThat(metricsOfTheJob()).isEqualTo(listing("before.txt"));

        Exchange deleted = template.request(
                "direct:delete-region", exchange -> exchange.getMessage().setBody("eu"));

        assertAccepted(deleted);
        assertThat(deleted.getMessage().getBody()).isEqualTo("eu");
        await().untilAsserted(() -> assertThat(metricsOfTheJob()).isEqualTo(listing("after.txt")));

        Exchange deletedAgain = template.request(
                "direct:delete-region", exchange -> exchange.getMessage().setBody("eu"));

        assertAccepted(deletedAgain);
        assertThat(metricsOfTheJob()).isEqualTo(listing("after.txt"));
    }

    @Test
    void groupThatAMessageNamesIsDeleted() throws Exception {
        ProducerTemplate template =
                start(main -> main.configure().withRoutesIncludePattern("classpath:delete/headers.yaml"));
        push(template, "nightly-load?groupingKey.region=eu", 42);
        push(template, "nightly-load?groupingKey.region=us", 17);

        Exchange deleted = template.request(
                "direct:delete-named",
                exchange -> exchange.getMessage().setBody(Map.of("job", "nightly-load", "region", "eu")));

        assertThat(deleted.getException()).isNull();
        assertThat(deleted.getMessage().getHeaders()).isEmpty();
        await().untilAsserted(() -> assertThat(groups()).containsExactly("nightly-load us"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("languages")
    void allGroupsOfAJobAreDeleted(String language, Consumer<Main> routes) throws Exception {
        ProducerTemplate template = start(routes);
        push(template, "nightly-load?groupingKey.region=eu", 42);
        push(template, "nightly-load?groupingKey.region=us", 17);
        push(template, "nightly-load", 1);
        push(template, "nightly-load-test?groupingKey.region=eu", 1);

        List<?> deleted = template.requestBody("direct:delete-job", null, List.class);

        assertThat(deleted).hasSize(3);
        await().untilAsserted(() -> assertThat(groups()).containsExactly("nightly-load-test eu"));
    }

    @AfterEach
    void stop() {
        main.stop();
        gateway.close();
    }

    private ProducerTemplate start(Consumer<Main> routes) throws Exception {
        main.addInitialProperty("camel.component.pushgateway.url", gateway.url());
        routes.accept(main);
        main.start();
        return main.getCamelContext().createProducerTemplate();
    }

    private static void push(ProducerTemplate template, String endpoint, int rows) {
        template.sendBodyAndHeader("pushgateway:" + endpoint, rows, "CamelPushgatewayMetricName", "load_rows");
    }

    private static void assertAccepted(Exchange deletion) {
        assertThat(deletion.getException()).isNull();
        assertThat(deletion.getMessage().getHeader("CamelPushgatewayResponseCode"))
                .isEqualTo(202);
    }

    /** Returns the lines that {@code grep nightly-load} finds, as the page shows them. */
    private String metricsOfTheJob() {
        return withoutTimes(gateway.metrics()
                .lines()
                .filter(line -> line.contains("nightly-load"))
                .collect(Collectors.joining("\n", "", "\n")));
    }

    private static String listing(String file) throws Exception {
        try (InputStream in = Objects.requireNonNull(DeleteIT.class.getResourceAsStream("/delete/" + file))) {
            return withoutTimes(new String(in.readAllBytes(), UTF_8));
        }
    }

    private static String withoutTimes(String metrics) {
        return TIME.matcher(metrics).replaceAll("$1 (time)");
    }

    private List<String> groups() {
        return gateway.groups().stream()
                .map(PushgatewayGroup::labels)
                .map(labels -> labels.get("job") + ' ' + labels.getOrDefault("region", ""))
                .sorted()
                .toList();
    }
}
