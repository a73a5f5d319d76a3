package io.github.camelpushgateway;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway replaces all samples of a metric name at each push, so they must be pushed together. */
class StagesIT extends ContextTestSupport {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    @Override
    protected void prepare(CamelContext context) {
        gatewayOptions(context).setUrl(GATEWAY.url());
    }

    /** Returns the values of all samples of a metric, by the value of the label that does not belong to the group. */
    private static Map<String, Double> values(String job, String metric) {
        return GATEWAY.group("job", job).orElseThrow().family(metric).samples().stream()
                .collect(toMap(
                        sample -> sample.labels()
                                .getOrDefault("stage", sample.labels().getOrDefault("result", "")),
                        PushgatewayGroup.Sample::number));
    }

    @Test
    void secondPushReplacesSamplesOfFirstPush() {
        template.sendBody("pushgateway:apart?metricName=stage_rows&labels.stage=load", 10);
        template.sendBody("pushgateway:apart?metricName=stage_rows&labels.stage=check", 9);

        assertThat(values("apart", "stage_rows")).isEqualTo(Map.of("check", 9.0));
    }

    @Test
    void listPushesAllSamples() {
        template.sendBody(
                "pushgateway:together",
                List.of(
                        Map.of("name", "stage_rows", "value", 10, "labels", Map.of("stage", "load")),
                        Map.of("name", "stage_rows", "value", 9, "labels", "stage=check")));

        assertThat(values("together", "stage_rows")).isEqualTo(Map.of("load", 10.0, "check", 9.0));
    }

    @Test
    void registryAccumulatesSamples() throws Exception {
        PrometheusRegistry registry = new PrometheusRegistry();
        Gauge rows = Gauge.builder().name("stage_rows").labelNames("stage").register(registry);
        Counter done =
                Counter.builder().name("stages_done").labelNames("result").register(registry);
        context.getRegistry().bind("stages", registry);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:load")
                        .process(exchange -> rows.labelValues("load")
                                .set(exchange.getMessage().getBody(Integer.class)))
                        .process(exchange -> done.labelValues("ok").inc())
                        .to("pushgateway:growing?registry=#stages");
                from("direct:check")
                        .process(exchange -> rows.labelValues("check")
                                .set(exchange.getMessage().getBody(Integer.class)))
                        .process(exchange -> done.labelValues("ok").inc())
                        .to("pushgateway:growing?registry=#stages");
            }
        });

        template.sendBody("direct:load", 10);
        assertThat(values("growing", "stage_rows")).isEqualTo(Map.of("load", 10.0));
        assertThat(values("growing", "stages_done_total")).isEqualTo(Map.of("ok", 1.0));
        template.sendBody("direct:check", 9);

        assertThat(values("growing", "stage_rows")).isEqualTo(Map.of("load", 10.0, "check", 9.0));
        assertThat(values("growing", "stages_done_total")).isEqualTo(Map.of("ok", 2.0));
    }
}
