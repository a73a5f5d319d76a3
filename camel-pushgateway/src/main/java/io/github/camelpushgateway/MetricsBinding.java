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
 * Binding of the metrics to send: the metric that options and headers name, or the metrics of the registry, or
 * otherwise the metrics in the body. The gauges of headers are added in each case.
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

    /**
     * Creates the binding of the options.
     *
     * @throws IllegalArgumentException if an option contains an invalid expression or pattern
     */
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

    /**
     * Returns the metrics of a push.
     *
     * @param arrived the time that {@code now} stands for
     */
    MetricSnapshots read(Message message, Instant arrived) throws IOException {
        MetricsBuilder metrics = new MetricsBuilder(labels(message));
        if (!named.read(message, arrived, metrics) && registry == null) {
            if (headers.isEmpty()) {
                body.read(message, metrics);
            } else {
                body.readMetricsOnly(message, metrics);
            }
        }
        readAdditional(message, metrics);
        return metrics.build();
    }

    /**
     * Returns the metrics of a report, including the metrics of the registry and the headers.
     *
     * @param completed the time at which the run ended
     */
    MetricSnapshots report(RunOutcome outcome, Message message, Instant completed) throws IOException {
        MetricsBuilder metrics = new MetricsBuilder(labels(message));
        report.add(outcome, completed, metrics);
        readAdditional(message, metrics);
        return metrics.build();
    }

    /** Returns the outcome of the run of an exchange. */
    RunOutcome outcome(Exchange exchange) {
        return report.outcome(exchange);
    }

    /**
     * Validates the options of the metric, its labels, the registry and the report.
     *
     * @throws IllegalArgumentException if one of them is invalid
     */
    void validateOptions() {
        named.validate(new MetricsBuilder(labels.example()));
        if (registry != null) {
            registry.validate(context);
        }
        if (configuration.getOperation() == PushgatewayOperation.REPORT && named.isConfigured()) {
            throw new IllegalArgumentException("operation=report sends its own metrics, so remove metricName and"
                    + " metricValue; use registry or gaugeHeaders to send further metrics with the report");
        }
        report.validateOptions();
    }

    private Map<String, String> labels(Message message) throws IOException {
        Map<String, String> all = labels.of(message.getExchange());
        all.putAll(LabelOptions.ofHeader(PushgatewayConstants.LABELS, message));
        return all;
    }

    private void readAdditional(Message message, MetricsBuilder metrics) {
        if (registry != null) {
            registry.read(message.getExchange(), metrics);
        }
        headers.read(message, metrics);
    }
}
