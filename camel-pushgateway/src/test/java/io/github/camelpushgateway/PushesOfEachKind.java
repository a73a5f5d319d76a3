package io.github.camelpushgateway;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.StateSet;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/** Sends one push of each kind to the gateway at the URL, and returns the outcomes. Does not need Micrometer. */
public final class PushesOfEachKind implements UnaryOperator<String> {

    /** Separates pushes that need client_java 1.6 or newer: names with a suffix of another metric type. */
    static final String ENDINGS = "---\n";

    private static final String TEXT = """
            # HELP t_total A counter.
            # TYPE t_total counter
            t_total{a="1"} 2
            # TYPE t_seconds histogram
            t_seconds_bucket{le="1"} 1
            t_seconds_bucket{le="+Inf"} 2
            t_seconds_sum 3
            t_seconds_count 2
            # TYPE t_size summary
            t_size{quantile="0.5"} 1
            t_size_sum 3
            t_size_count 2
            # TYPE t_gauge gauge
            t_gauge 4
            t_untyped 5
            """;

    /** The names have characters that versions of client_java before 1.4 do not allow. */
    private static final String QUOTED = """
            # TYPE "http/rows é" gauge
            {"http/rows é","a.b"="c"} 1
            # TYPE "http.sent_total" counter
            {"http.sent_total"} 2
            """;

    @Override
    public String apply(String url) {
        StringBuilder outcomes = new StringBuilder();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getComponent("pushgateway", PushgatewayComponent.class)
                    .getConfiguration()
                    .setUrl(url);
            PrometheusRegistry registry = registry();
            context.getRegistry().bind("metrics", registry);
            context.start();
            ProducerTemplate template = context.createProducerTemplate();
            outcomes.append(push(template, "metricName=rows", 1))
                    .append(push(template, "metricName=rows&metricType=counter&metricHelp=Rows.&labels.a=b", 1))
                    .append(push(template, "metricName=rows&metricType=untyped", 1))
                    .append(push(template, "", Map.of("rows", 1)))
                    .append(push(
                            template,
                            "",
                            List.of(
                                    Map.of("name", "rows", "value", 1, "type", "counter"),
                                    Map.of("name", "seconds", "value", 1))))
                    .append(push(template, "", registry))
                    .append(push(template, "registry=#metrics&metricFilter=!s,!t_*&metricName=rows", 1))
                    .append(push(template, "metricFilter=c_total,i_info", registry))
                    .append(push(template, "", TEXT))
                    .append(push(template, "metricFilter=t", TEXT))
                    .append(push(template, "operation=report&registry=#metrics", null))
                    .append(push(template, "format=protobuf&compression=gzip", registry))
                    .append(push(template, "operation=delete", null))
                    .append(push(template, "escaping=underscores&labels.service.name=x", Map.of("http.rows", 1)))
                    .append(push(template, "escaping=dots", registry))
                    .append(push(template, "escaping=values&metricName=http.requests&metricType=counter", 1))
                    .append(push(template, "escaping=utf8&groupingKey.c.d=e", QUOTED))
                    .append(push(template, "", Map.of("a.b", 1)))
                    .append(push(template, "", new Object()))
                    .append(ENDINGS)
                    .append(push(template, "metricName=build_info", 1))
                    .append(push(template, "metricName=rows_created&metricType=counter", 1))
                    .append(pushTwoFamiliesOfOneName(template));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return outcomes.toString();
    }

    private static String push(ProducerTemplate template, String options, @Nullable Object body) {
        Exception failure;
        try {
            failure = template.request(
                            "pushgateway:a?" + options,
                            exchange -> exchange.getMessage().setBody(body))
                    .getException();
        } catch (ResolveEndpointFailedException e) {
            failure = e;
        }
        return options + ": " + (failure == null ? "sent" : failure.getMessage()) + '\n';
    }

    private static String pushTwoFamiliesOfOneName(ProducerTemplate template) {
        MetricSnapshots snapshots;
        try {
            snapshots = MetricSnapshots.of(gauge("x", "a"), gauge("x", "b"));
        } catch (IllegalArgumentException e) {
            return e.getMessage() + '\n';
        }
        return push(template, "", snapshots);
    }

    private static GaugeSnapshot gauge(String name, String label) {
        return new GaugeSnapshot(
                new MetricMetadata(name), List.of(new GaugeDataPointSnapshot(1, Labels.of("l", label), null)));
    }

    private static PrometheusRegistry registry() {
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
        return registry;
    }
}
