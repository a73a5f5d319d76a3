package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** YAML routes with the Kamelets as sink, action and source, on a real gateway. */
@ExtendWith(NoWarnings.class)
class KameletsIT {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    @RegisterExtension
    static final PushgatewayExtension LOCKED =
            new PushgatewayExtension(PushgatewaySetup.plain().withBasicAuth("ops", "pa55-&%+K"));

    @TempDir
    Path folder;

    private final Main main = new Main();

    private void start(String routes, Map<String, String> properties) throws Exception {
        main.addInitialProperty("camel.component.pushgateway.url", GATEWAY.url());
        // properties of the application, which a Kamelet must not use for its own properties without a default
        main.addInitialProperty("url", "http://localhost:1");
        main.addInitialProperty("onPushFailure", "invalid");
        main.addInitialProperty("username", "somebody");
        main.addInitialProperty("groupingKey", "not=used");
        main.addInitialProperty("metricHelp", "Not used.");
        properties.forEach(main::addInitialProperty);
        main.configure().withRoutesIncludePattern(routes);
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    private MockEndpoint mock(String name) {
        return main.getCamelContext().getEndpoint("mock:" + name, MockEndpoint.class);
    }

    private static PushgatewayGroup group(String job, String... labels) {
        String[] key = new String[labels.length + 2];
        key[0] = "job";
        key[1] = job;
        System.arraycopy(labels, 0, key, 2, labels.length);
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> GATEWAY.group(key), Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void sinkPushesAValueAMapTextAndTheTime() throws Exception {
        start("classpath:with-kamelets/sink.yaml", Map.of());

        PushgatewayGroup value = group("value", "region", "eu", "stage", "load");
        assertThat(value.value("load_rows")).isEqualTo(42);
        assertThat(value.family("load_rows").help()).isEqualTo("Number of loaded rows.");
        PushgatewayGroup map = group("map");
        assertThat(map.value("load_rows")).isEqualTo(42);
        assertThat(map.value("load_seconds")).isEqualTo(1.5);
        assertThat(group("text").family("load_rows").samples())
                .extracting(PushgatewayGroup.Sample::number)
                .containsExactly(1.0, 2.0);
        assertThat(group("now").value("job_last_success_unixtime")).isGreaterThan(1.7e9);
    }

    @Test
    void sinkAccumulatesOverRuns() throws Exception {
        double before = GATEWAY.group("job", "counter")
                .map(group -> group.value("loaded_rows_total"))
                .orElse(0.0);
        for (int run = 1; run <= 2; run++) {
            double total = before + 42 * run;
            Main application = new Main();
            application.addInitialProperty("camel.component.pushgateway.url", GATEWAY.url());
            application.configure().withRoutesIncludePattern("classpath:with-kamelets/sink.yaml");
            application.start();
            try {
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(GATEWAY.group("job", "counter"))
                                .hasValueSatisfying(group -> assertThat(group.value("loaded_rows_total"))
                                        .isEqualTo(total)));
            } finally {
                application.stop();
            }
        }
    }

    /** A list of metrics with types, and text: counters are added, gauges are replaced. */
    @Test
    void sinkAccumulatesEachKindOfBody() throws Exception {
        Path route = folder.resolve("accumulates.yaml");
        Files.writeString(route, """
                - route:
                    from:
                      uri: direct:accumulate
                      steps:
                        - to:
                            uri: kamelet:pushgateway-sink
                            parameters: { job: accumulates, operation: accumulate }
                """);
        start("file:" + route, Map.of());
        ProducerTemplate template = main.getCamelTemplate();

        for (int i = 0; i < 2; i++) {
            template.sendBody("direct:accumulate", "[{\"name\": \"list_total\", \"type\": \"counter\", \"value\": 2}]");
            template.sendBody("direct:accumulate", "# TYPE text_total counter\ntext_total 3\n");
            template.sendBody("direct:accumulate", "{\"rows\": 5}");
        }

        PushgatewayGroup group = group("accumulates");
        assertThat(group.value("list_total")).isEqualTo(4);
        assertThat(group.value("text_total")).isEqualTo(6);
        assertThat(group.value("rows")).as("a gauge").isEqualTo(5);
    }

    @Test
    void sinkKeepsTheBody() throws Exception {
        Path route = folder.resolve("keeps-body.yaml");
        Files.writeString(route, """
                - route:
                    from:
                      uri: timer:keeps-body
                      parameters: { repeatCount: 1, delay: 0 }
                      steps:
                        - setBody:
                            expression:
                              constant:
                                expression: '{"load_rows": 42}'
                        - to:
                            uri: kamelet:pushgateway-sink
                            parameters: { job: keeps-body }
                        - to:
                            uri: mock:after
                """);

        start("file:" + route, Map.of());

        MockEndpoint after = mock("after");
        await().until(() -> after.getReceivedCounter() == 1);
        assertThat(after.getExchanges().get(0).getMessage().getBody(String.class))
                .isEqualTo("{\"load_rows\": 42}");
        assertThat(group("keeps-body").value("load_rows")).isEqualTo(42);
    }

    @Test
    void sinkSendsCredentials() throws Exception {
        Path route = folder.resolve("locked.yaml");
        Files.writeString(route, """
                - route:
                    from:
                      uri: timer:locked
                      parameters: { repeatCount: 1, delay: 0 }
                      steps:
                        - to:
                            uri: kamelet:pushgateway-sink
                            parameters:
                              url: "{{locked}}"
                              job: locked
                              metricName: job_last_success_unixtime
                              metricValue: now
                              username: ops
                              password: "RAW({{secret}})"
                """);

        start("file:" + route, Map.of("locked", LOCKED.url(), "secret", "pa55-&%+K"));

        await().atMost(Duration.ofSeconds(30))
                .until(() -> LOCKED.group("job", "locked").isPresent());
    }

    @Test
    void reportActionReportsASuccess() throws Exception {
        start("classpath:with-kamelets/report.yaml", Map.of("job", "succeeds", "rows", "7"));

        PushgatewayGroup group = group("succeeds");
        assertThat(group.value("batch_success")).isEqualTo(1);
        assertThat(group.value("batch_duration_seconds")).isGreaterThanOrEqualTo(0.5);
        assertThat(group.value("batch_records_processed")).isEqualTo(7);
        assertThat(group.has("batch_last_success_unixtime")).isTrue();
    }

    /** The job succeeded before: the metrics of that run must not remain in the group. */
    @Test
    void reportActionReportsAHandledFailure() throws Exception {
        try (DefaultCamelContext before = new DefaultCamelContext()) {
            before.start();
            before.createProducerTemplate()
                    .sendBody("pushgateway:fails?operation=report&reportPrefix=batch&url=" + GATEWAY.url(), "");
        }
        assertThat(group("fails").value("batch_success")).isEqualTo(1);

        start("classpath:with-kamelets/report.yaml", Map.of("job", "fails", "rows", "none"));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(GATEWAY.value("batch_success", "job", "fails"))
                        .hasValue(0));
        PushgatewayGroup group = group("fails");
        assertThat(group.value("batch_duration_seconds")).isGreaterThanOrEqualTo(0.5);
        assertThat(group.has("batch_last_failure_unixtime")).isTrue();
        assertThat(group.has("job_success")).isFalse();
    }

    /** Pushes two groups of a nightly job, and one group of a weekly job. */
    private void pushThreeGroups() throws Exception {
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            other.start();
            ProducerTemplate template = other.createProducerTemplate();
            String options = "?metricName=rows&url=" + GATEWAY.url() + "&groupingKey=region=";
            template.sendBody("pushgateway:nightly-load" + options + "eu-west", 1);
            template.sendBody("pushgateway:nightly-load" + options + "us", 1);
            template.sendBody("pushgateway:weekly" + options + "eu-west", 1);
        }
    }

    @Test
    void sinkDeletesTheGroupsOfTheSource() throws Exception {
        pushThreeGroups();

        start("classpath:with-kamelets/stale.yaml", Map.of());

        await().atMost(Duration.ofSeconds(30))
                .until(() -> GATEWAY.group("job", "nightly-load", "region", "eu-west")
                        .isEmpty());
        assertThat(GATEWAY.group("job", "nightly-load", "region", "us")).isPresent();
        assertThat(GATEWAY.group("job", "weekly", "region", "eu-west")).isPresent();
    }

    @Test
    void sourceEmitsTheGroupAsJson() throws Exception {
        pushThreeGroups();
        Path route = folder.resolve("json.yaml");
        Files.writeString(route, """
                - route:
                    from:
                      uri: kamelet:pushgateway-stale-source
                      parameters: { jobs: weekly, staleAfter: 1s, period: 100 }
                      steps:
                        - to:
                            uri: mock:stale
                """);

        start("file:" + route, Map.of());

        MockEndpoint stale = mock("stale");
        await().atMost(Duration.ofSeconds(30)).until(() -> stale.getReceivedCounter() >= 1);
        JsonNode group = new ObjectMapper()
                .readTree(stale.getExchanges().get(0).getMessage().getBody(String.class));
        assertThat(group.at("/labels/job").asText()).isEqualTo("weekly");
        assertThat(group.at("/labels/region").asText()).isEqualTo("eu-west");
        assertThat(group.at("/metrics/0/samples/0/value").asDouble()).isEqualTo(1);
    }

    @Test
    void jobIsStaleByTheIntervalInItsReport() throws Exception {
        Path route = folder.resolve("interval.yaml");
        Files.writeString(route, """
                - route:
                    from:
                      uri: timer:interval
                      parameters: { repeatCount: 1, delay: 0 }
                      steps:
                        - to:
                            uri: kamelet:pushgateway-batch-report-action
                            parameters: { job: secondly, reportInterval: 1s, reportCounters: true }
                        - to:
                            uri: kamelet:pushgateway-batch-report-action
                            parameters: { job: daily, reportInterval: 24h }
                - route:
                    from:
                      uri: kamelet:pushgateway-stale-source
                      parameters: { jobs: "*ly", staleAfter: 2x, period: 100 }
                      steps:
                        - to:
                            uri: mock:late
                """);

        start("file:" + route, Map.of());

        MockEndpoint late = mock("late");
        await().atMost(Duration.ofSeconds(30)).until(() -> late.getReceivedCounter() >= 1);
        assertThat(late.getExchanges().get(0).getMessage().getHeader("CamelPushgatewayJob"))
                .isEqualTo("secondly");
        assertThat(group("daily").value("job_interval_seconds")).isEqualTo(86_400);
        assertThat(group("secondly").value("job_runs_total")).isEqualTo(1);
    }

    @Test
    void missingPropertyIsNamed() throws Exception {
        for (Map.Entry<String, String> missing : Map.of(
                        "pushgateway-sink", "job",
                        "pushgateway-batch-report-action", "job",
                        "pushgateway-stale-source", "staleAfter")
                .entrySet()) {
            Path route = folder.resolve(missing.getKey() + ".yaml");
            boolean source = missing.getKey().endsWith("source");
            Files.writeString(
                    route,
                    "- route:\n    from:\n      uri: " + (source ? "kamelet:" + missing.getKey() : "timer:x")
                            + "\n      steps:\n        - to:\n            uri: "
                            + (source ? "mock:x" : "kamelet:" + missing.getKey())
                            + "\n");
            Main broken = new Main();
            broken.configure().withRoutesIncludePattern("file:" + route);
            try {
                assertThatThrownBy(broken::start)
                        .as(missing.getKey())
                        .hasStackTraceContaining(
                                "the following mandatory parameters must be provided: " + missing.getValue());
            } finally {
                broken.stop();
            }
        }
    }
}
