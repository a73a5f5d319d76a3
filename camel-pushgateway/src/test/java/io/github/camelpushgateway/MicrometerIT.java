package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Pushes a Micrometer registry to a real gateway, with the client_java of this project and with the one that Micrometer
 * depends on.
 */
class MicrometerIT {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    @Test
    void allMetersArePushedWithClientJavaOfThisProject() {
        assertThat(new MicrometerPushes().apply(GATEWAY.url())).endsWith("prometheus-metrics-model-1.10.0.jar");

        assertAllPushed();
    }

    @Test
    void allMetersArePushedWithClientJavaOfMicrometer() throws Exception {
        try (OtherClassPath application = OtherClassPath.withClientJava("micrometer")) {
            assertThat(application.run(MicrometerPushes.class, GATEWAY.url()))
                    .endsWith("prometheus-metrics-model-1.7.0.jar");
        }
        assertAllPushed();
    }

    @Test
    void longTaskHistogramIsRejectedAndCanBeFilteredOut() throws Exception {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        LongTaskTimer.builder("work.long")
                .publishPercentileHistogram()
                .register(registry)
                .start();
        registry.counter("rows").increment();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            ProducerTemplate template = context.createProducerTemplate();
            String uri = "pushgateway:long?url=" + GATEWAY.url();

            assertThat(template.request(uri, exchange -> exchange.getMessage().setBody(registry))
                            .getException())
                    .hasMessageContaining("'work_long_seconds' is a gauge histogram");
            template.sendBody(uri + "&metricFilter=!work_long_seconds", registry);
        }
        assertThat(GATEWAY.group("job", "long").orElseThrow().value("rows_total"))
                .isEqualTo(1);
    }

    private static void assertAllPushed() {
        for (String job : List.of("body", "registry")) {
            PushgatewayGroup group = GATEWAY.group("job", job).orElseThrow();
            assertThat(group.families())
                    .containsKeys(
                            "jvm_memory_used_bytes",
                            "jvm_threads_live_threads",
                            "jvm_threads_states_threads",
                            "jvm_classes_loaded_classes",
                            "jvm_gc_max_data_size_bytes",
                            "jvm_info",
                            "system_cpu_count",
                            "work_open",
                            "own_total");
            assertThat(group.family("work_timed_seconds").type()).isEqualTo("HISTOGRAM");
            assertThat(group.family("work_slo_seconds").type()).isEqualTo("HISTOGRAM");
            assertThat(group.family("work_size_bytes").type()).isEqualTo("HISTOGRAM");
            assertThat(group.family("work_percentiles_seconds").type()).isEqualTo("SUMMARY");
            assertThat(group.family("work_long_seconds").type()).isEqualTo("SUMMARY");
            assertThat(group.value("work_done_total")).isEqualTo(7);
            assertThat(group.value("work_rows_total")).isEqualTo(3);
            assertThat(group.family("work_rows_total").samples().get(0).labels())
                    .containsEntry("table", "Zürich");
        }
        assertThat(GATEWAY.group("job", "registry").orElseThrow().value("rows")).isEqualTo(5);
        assertThat(GATEWAY.group("job", "filtered").orElseThrow().families())
                .containsKeys("work_timed_seconds", "work_done_total")
                .doesNotContainKeys("jvm_info", "own_total", "work_timed_seconds_max");
    }
}
