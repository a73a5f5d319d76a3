package io.github.camelpushgateway;

import io.github.camelpushgateway.conversion.BodyBinding;
import io.github.camelpushgateway.conversion.HeaderBinding;
import io.github.camelpushgateway.conversion.RegistryBinding;
import io.github.camelpushgateway.metrics.MetricFilter;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.options.LabelOptions;
import io.github.camelpushgateway.report.RunOutcome;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Finds the metrics to send: the one that options and headers name, those of the registry or, if there is neither, those in the
 * body; and those in headers.
 */
final class MetricsBinding {

    private final CamelContext context;
    private final PushgatewayConfiguration configuration;
    private final LabelOptions labels;
    private final NamedMetricBinding named;
    private final BodyBinding body;

    @Nullable
    private final RegistryBinding registry;

    private final HeaderBinding headers;
    private final ReportBinding report;

    /** @throws IllegalArgumentException if there is an expression or a pattern in the options that cannot be understood */
    MetricsBinding(CamelContext context, PushgatewayConfiguration configuration) {
        this.context = context;
        this.configuration = configuration;
        labels = new LabelOptions(context, configuration.isExpressions(), configuration.getLabels(), Set.of());
        named = new NamedMetricBinding(context, configuration);
        MetricFilter filter = MetricFilter.of(configuration.getMetricFilter());
        body = new BodyBinding(filter);
        registry = RegistryBinding.ofNullable(configuration.getRegistry(), filter);
        headers = new HeaderBinding(configuration.getGaugeHeaders());
        report = new ReportBinding(context, configuration);
    }

    /** @param arrived what {@code now} means */
    MetricSnapshots read(Message message, Instant arrived) throws IOException {
        MetricsBuilder metrics = new MetricsBuilder(labels(message));
        if (!named.read(message, arrived, metrics) && registry == null) {
            if (headers.isEmpty()) {
                body.read(message, metrics);
            } else {
                body.readMetricsOnly(message, metrics);
            }
        }
        readFurther(message, metrics);
        return metrics.build();
    }

    /**
     * Reads the metrics of a report, and with it those of the registry and the headers.
     *
     * @param completed when the run ended
     */
    MetricSnapshots report(RunOutcome outcome, Message message, Instant completed) throws IOException {
        MetricsBuilder metrics = new MetricsBuilder(labels(message));
        report.add(outcome, completed, metrics);
        readFurther(message, metrics);
        return metrics.build();
    }

    RunOutcome outcome(Exchange exchange) {
        return report.outcome(exchange);
    }

    /** Fails if what the options say of the metric, its labels, the registry and the report cannot be meant. */
    void checkOptions() {
        named.check(new MetricsBuilder(labels.sample()));
        if (registry != null) {
            registry.check(context);
        }
        if (configuration.getOperation() == PushgatewayOperation.REPORT && named.isOption()) {
            throw new IllegalArgumentException("operation=report sends metrics of its own, so leave metricName and"
                    + " metricValue out; further values can be sent with it by registry or gaugeHeaders");
        }
        report.checkOptions();
    }

    private Map<String, String> labels(Message message) throws IOException {
        Map<String, String> all = labels.of(message.getExchange());
        all.putAll(LabelOptions.ofHeader(PushgatewayConstants.LABELS, message));
        return all;
    }

    private void readFurther(Message message, MetricsBuilder metrics) {
        if (registry != null) {
            registry.read(message.getExchange(), metrics);
        }
        headers.read(message, metrics);
    }
}
