package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.StateSet;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Effects of the operations on a real gateway, as its metrics page shows them. */
class PushgatewayOperationsIT extends ContextTestSupport {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    private static final String EU = "pushgateway:load?groupingKey=region=eu";
    private static final String US = "pushgateway:load?groupingKey=region=us";

    @Override
    protected void prepare(CamelContext context) {
        gatewayOptions(context).setUrl(GATEWAY.url());
    }

    @AfterEach
    void deleteGroups() {
        for (PushgatewayGroup group : GATEWAY.groups()) {
            Map<String, String> key = new HashMap<>(group.labels());
            String job = key.remove("job");
            template.sendBodyAndHeaders(
                    "pushgateway:any?operation=delete",
                    null,
                    Map.of(PushgatewayConstants.JOB, job, PushgatewayConstants.GROUPING_KEY, key));
        }
        await().until(() -> GATEWAY.groups().isEmpty());
    }

    @Test
    void pushaddReplacesOnlyMetricsOfSameName() {
        template.sendBody(EU, Map.of("rows", 1, "errors", 2));

        template.sendBody(EU, Map.of("rows", 3));

        assertThat(GATEWAY.metrics())
                .contains(
                        "rows{instance=\"\",job=\"load\",region=\"eu\"} 3",
                        "errors{instance=\"\",job=\"load\",region=\"eu\"} 2");
    }

    @Test
    void pushReplacesWholeGroupOnly() {
        template.sendBody(EU, Map.of("rows", 1, "errors", 2));
        template.sendBody(US, Map.of("errors", 4));

        template.sendBody(EU + "&operation=push", Map.of("rows", 3));

        assertThat(GATEWAY.metrics())
                .contains(
                        "rows{instance=\"\",job=\"load\",region=\"eu\"} 3",
                        "errors{instance=\"\",job=\"load\",region=\"us\"} 4")
                .doesNotContain("errors{instance=\"\",job=\"load\",region=\"eu\"}");
    }

    @Test
    void emptyPushWithAllowEmptyClearsGroup() {
        template.sendBody(EU, Map.of("rows", 1));

        template.sendBody(EU + "&operation=push&allowEmpty=true", null);

        assertThat(GATEWAY.group("job", "load", "region", "eu").orElseThrow().families())
                .containsOnlyKeys("push_time_seconds", "push_failure_time_seconds");
    }

    @Test
    void deleteRemovesOnlyTheGroup() {
        template.sendBody("pushgateway:load", Map.of("rows", 0));
        template.sendBody(EU, Map.of("rows", 1));
        template.sendBody(US, Map.of("rows", 2));

        Object body = template.requestBody(EU + "&operation=delete", "the body");

        assertThat(body).isEqualTo("the body");
        // the gateway responds with 202 before it deletes
        await().untilAsserted(() -> assertThat(GATEWAY.groups())
                .extracting(PushgatewayGroup::labels)
                .containsExactlyInAnyOrder(Map.of("job", "load"), Map.of("job", "load", "region", "us")));
        assertThat(GATEWAY.metrics()).doesNotContain("region=\"eu\"");
    }

    @Test
    void everyMetricTypeOfClientJavaIsPushed() {
        PrometheusRegistry registry = new PrometheusRegistry();
        Counter.builder().name("c").help("A counter.").register(registry).inc(2);
        Gauge.builder().name("g").register(registry).set(-1.5);
        Histogram.builder()
                .name("h")
                .classicUpperBounds(1, 2)
                .register(registry)
                .observe(1.5);
        Summary.builder().name("s").quantile(0.5).register(registry).observe(3);
        Info.builder().name("i").labelNames("version").register(registry).setLabelValues("1");
        StateSet.builder().name("t").states("on", "off").register(registry).setTrue("on");

        template.sendBody(EU, registry);

        assertThat(GATEWAY.metrics())
                .contains(
                        "# HELP c_total A counter.\n# TYPE c_total counter\nc_total{instance=\"\",job=\"load\",region=\"eu\"} 2",
                        "# TYPE g gauge\ng{instance=\"\",job=\"load\",region=\"eu\"} -1.5",
                        "h_bucket{instance=\"\",job=\"load\",region=\"eu\",le=\"2\"} 1",
                        "h_count{instance=\"\",job=\"load\",region=\"eu\"} 1",
                        "s{instance=\"\",job=\"load\",region=\"eu\",quantile=\"0.5\"} 3",
                        "s_sum{instance=\"\",job=\"load\",region=\"eu\"} 3",
                        "# TYPE i_info gauge\ni_info{instance=\"\",job=\"load\",region=\"eu\",version=\"1\"} 1",
                        "t{instance=\"\",job=\"load\",region=\"eu\",t=\"on\"} 1");
    }

    @Test
    void exceptionContainsResponseOfGateway() {
        template.sendBody(EU, Map.of("rows", 1));

        Exception failure = template.request(
                        US + "&metricName=rows&metricType=untyped",
                        exchange -> exchange.getMessage().setBody(1))
                .getException();

        assertThat(failure).isInstanceOfSatisfying(PushgatewayException.class, refused -> {
            assertThat(refused.getStatusCode()).isEqualTo(400);
            assertThat(refused.getResponseBody()).contains("rows");
            assertThat(refused.getGroup()).isEqualTo("{job=\"load\",region=\"us\"}");
        });
    }

    @Test
    void pushThatWouldPoisonGatewayIsNotSent() {
        template.sendBody("pushgateway:load", Map.of("rows", 1));
        Histogram histogram =
                Histogram.builder().name("h").classicUpperBounds(1).build();
        histogram.observe(1);

        for (Map<String, String> poison :
                List.of(Map.of("instance", ""), Map.of("le", "1"), Map.of("l", "\ud800"), Map.of("__name__", "x"))) {
            assertThat(template.request("pushgateway:load", exchange -> {
                                exchange.getMessage().setBody(histogram);
                                exchange.getMessage().setHeader(PushgatewayConstants.GROUPING_KEY, poison);
                            })
                            .getException())
                    .isInstanceOf(PushgatewayException.class);
        }

        assertThat(GATEWAY.groups()).hasSize(1);
        assertThat(GATEWAY.metrics()).contains("rows{instance=\"\",job=\"load\"} 1");
    }
}
