package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The alert, the dry run and the sweep in YAML, XML and Java, on a real gateway. */
@ExtendWith(NoWarnings.class)
class StaleIT {

    private final Pushgateway gateway = Pushgateway.start();
    private final Main main = new Main();

    static Stream<Arguments> languages() {
        return Stream.of(
                language("yaml", main -> main.configure().withRoutesIncludePattern("classpath:stale/stale.yaml")),
                language("xml", main -> main.configure().withRoutesIncludePattern("classpath:stale/stale.xml")),
                language("java", main -> main.configure().addRoutesBuilder(new StaleRoute())));
    }

    private static Arguments language(String name, Consumer<Main> routes) {
        return Arguments.of(name, routes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("languages")
    void staleGroupsAreReportedAndSwept(String language, Consumer<Main> routes) throws Exception {
        main.addInitialProperty("camel.component.pushgateway.url", gateway.url());
        main.addInitialProperty("stale.after", "2s");
        main.addInitialProperty("stale.period", "200");
        main.addInitialProperty("stale.alerts", "mock:alerts");
        main.addInitialProperty("stale.candidates", "mock:candidates");
        main.addInitialProperty("stale.sweep", "false");
        routes.accept(main);
        main.start();
        try {
            ProducerTemplate template = main.getCamelContext().createProducerTemplate();
            for (String job : List.of("tmp-1", "tmp-2", "nightly-load", "weekly")) {
                template.sendBody("pushgateway:" + job + "?metricName=rows&groupingKey=region=eu", 1);
            }
            MockEndpoint alerts = main.getCamelContext().getEndpoint("mock:alerts", MockEndpoint.class);
            MockEndpoint candidates = main.getCamelContext().getEndpoint("mock:candidates", MockEndpoint.class);

            await().atMost(Duration.ofSeconds(30)).until(() -> candidates.getReceivedCounter() >= 6);
            await().atMost(Duration.ofSeconds(30)).until(() -> alerts.getReceivedCounter() >= 1);

            assertThat(bodies(alerts))
                    .singleElement()
                    .asString()
                    .matches("nightly-load has not reported for ([2-9]|\\d\\d)\\..*");
            assertThat(bodies(candidates))
                    .allSatisfy(
                            candidate -> assertThat(candidate)
                                    .matches(
                                            "would delete \\{job=\"tmp-[12]\",region=\"eu\"}, which is \\d+\\.\\d+ seconds old"));
            assertThat(jobs()).containsExactly("nightly-load", "tmp-1", "tmp-2", "weekly");

            template.sendBody("pushgateway:tmp-2?metricName=rows&groupingKey=region=eu", 2);
            main.getCamelContext().getRouteController().startRoute("sweep");

            await().untilAsserted(() -> assertThat(jobs()).doesNotContain("tmp-1"));
            assertThat(jobs()).contains("nightly-load", "weekly");
            assertThat(bodies(alerts)).hasSize(1);
        } finally {
            main.stop();
        }
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
    }

    private static List<String> bodies(MockEndpoint mock) {
        return mock.getExchanges().stream()
                .map(exchange -> exchange.getMessage().getBody(String.class))
                .toList();
    }

    private List<String> jobs() {
        return gateway.groups().stream()
                .map(PushgatewayGroup::labels)
                .map(labels -> labels.get("job"))
                .sorted()
                .toList();
    }
}
