package io.github.camelpushgateway.examples.newer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Core, main and YAML of a Camel that is newer than the one that the component is built with, on a real gateway. */
class NewerCamelIT {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    private final Main main = new Main();

    @BeforeEach
    void start() {
        main.addInitialProperty("camel.component.pushgateway.url", GATEWAY.url());
        main.addInitialProperty(
                "camel.beans.report",
                "#class:io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory(\"nightly-*\")");
        main.addInitialProperty("camel.beans.report.uri", "pushgateway:${routeId}?records=${exchangeProperty.rows}");
        main.configure().withRoutesIncludePattern("classpath:newer/routes.yaml");
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    private ProducerTemplate template() {
        return main.getCamelContext().createProducerTemplate();
    }

    @Test
    void itIsANewerCamel() {
        assertThat(main.getCamelContext().getVersion()).isEqualTo("4.22.0");
    }

    @Test
    void pushesAndReports() {
        template().sendBodyAndHeader("direct:load", 42, "region", "eu");

        PushgatewayGroup load = GATEWAY.group("job", "load", "region", "eu").orElseThrow();
        assertThat(load.value("rows")).isEqualTo(42);
        assertThat(load.family("rows").samples().get(0).labels()).containsEntry("stage", "read");
        PushgatewayGroup report = GATEWAY.group("job", "nightly-load").orElseThrow();
        assertThat(report.value("job_success")).isEqualTo(1);
        assertThat(report.value("job_records_processed")).isEqualTo(42);

        assertThatThrownBy(() -> template().sendBodyAndHeader("direct:load", -1, "region", "eu"))
                .hasStackTraceContaining("fewer than none");

        report = GATEWAY.group("job", "nightly-load").orElseThrow();
        assertThat(report.value("job_success")).isZero();
        assertThat(report.has("job_last_success_unixtime")).isTrue();
        assertThat(report.has("job_last_failure_unixtime")).isTrue();
    }

    @Test
    void foldsWhatWaits() {
        ProducerTemplate template = template();
        List<CompletableFuture<Object>> pushes = IntStream.range(0, 200)
                .mapToObj(i -> template.asyncRequestBody("direct:fold", (Object) Map.of("rows_" + i % 10, i)))
                .toList();
        pushes.forEach(CompletableFuture::join);

        PushgatewayGroup group = GATEWAY.group("job", "fold").orElseThrow();
        assertThat(IntStream.range(0, 10)).allMatch(i -> group.has("rows_" + i));
    }

    @Test
    void readsAndSweeps() {
        template().sendBody("pushgateway:tmp-1?metricName=rows", 1);
        template().sendBody("pushgateway:old-1?metricName=rows", 1);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> GATEWAY.group("job", "tmp-1").isEmpty());
        assertThat(template()
                        .requestBody("pushgateway:old-*?operation=sweep", null, List.class)
                        .size())
                .isEqualTo(1);
        await().until(() -> GATEWAY.group("job", "old-1").isEmpty());
    }
}
