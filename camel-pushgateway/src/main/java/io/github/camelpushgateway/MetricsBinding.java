package io.github.camelpushgateway;

import io.github.camelpushgateway.conversion.BodyBinding;
import io.github.camelpushgateway.conversion.ExchangeCopies;
import io.github.camelpushgateway.conversion.HeaderBinding;
import io.github.camelpushgateway.conversion.RegistryBinding;
import io.github.camelpushgateway.metrics.Escaping;
import io.github.camelpushgateway.metrics.MetricFilter;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.metrics.PushNames;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binding of the metrics to send: the metric that options and headers name, or the metrics of the registry, or
 * otherwise the metrics in the body. The gauges of headers are added in each case.
 */
final class MetricsBinding {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsBinding.class);

    private final CamelContext context;
    private final PushgatewayConfiguration configuration;
    private final LabelOptions labels;
    private final NamedMetricBinding named;
    private final BodyBinding body;

    /** The escaping of names, or null if they must be classic. */
    @Nullable
    private final Escaping escaping;

    @Nullable
    private final RegistryBinding registry;

    @Nullable
    private final HeaderBinding headers;

    /** Created for the first report, or here if the option selects reports: a header may select them for any endpoint. */
    @Nullable
    private volatile ReportBinding report;

    /**
     * Creates the binding of the options.
     *
     * @param escaping the escaping of names, or null
     * @throws IllegalArgumentException if an option contains an invalid expression or pattern
     */
    MetricsBinding(CamelContext context, PushgatewayConfiguration configuration, @Nullable Escaping escaping) {
        this.context = context;
        this.escaping = escaping;
        this.configuration = configuration;
        labels = new LabelOptions(context, configuration.isExpressions(), configuration.getLabels(), Set.of());
        named = new NamedMetricBinding(context, configuration);
        MetricFilter filter = MetricFilter.of(configuration.getMetricFilter());
        body = new BodyBinding(filter);
        Object metrics = configuration.getRegistry();
        registry = metrics == null ? null : new RegistryBinding(metrics, filter);
        String patterns = configuration.getGaugeHeaders();
        headers = patterns == null || patterns.isBlank() ? null : new HeaderBinding(patterns);
        report = configuration.getOperation() == PushgatewayOperation.REPORT
                ? new ReportBinding(context, configuration)
                : null;
    }

    /**
     * Returns the metrics of a push.
     *
     * @param arrivedMillis the time that {@code now} stands for, in milliseconds since the epoch
     * @param names the names of the push, or null if they are not escaped
     */
    MetricSnapshots read(Message message, long arrivedMillis, @Nullable PushNames names) throws IOException {
        MetricsBuilder metrics = new MetricsBuilder(labels(message), names);
        if (!named.read(message, arrivedMillis, metrics) && registry == null) {
            if (headers == null) {
                body.read(message, metrics);
            } else {
                body.readMetricsOnly(message, metrics);
            }
        }
        readAdditional(message, metrics);
        return metrics.build();
    }

    /**
     * The metrics of a report.
     *
     * @param gauges the metrics of the run, including the metrics of the registry and the headers
     * @param increments what the run adds to the counters of all runs
     */
    record Report(MetricSnapshots gauges, MetricSnapshots increments) {}

    /**
     * Returns the metrics of a report.
     *
     * @param completed the time at which the run ended
     * @param names the names of the push, or null if they are not escaped
     */
    Report report(RunOutcome outcome, Message message, Instant completed, @Nullable PushNames names)
            throws IOException {
        Map<String, String> sampleLabels = labels(message);
        MetricsBuilder gauges = new MetricsBuilder(sampleLabels, names);
        reports().add(outcome, completed, gauges);
        readAdditional(message, gauges);
        MetricsBuilder increments = new MetricsBuilder(sampleLabels, names);
        reports().addCounters(outcome, increments);
        return new Report(gauges.build(), reports().withTrace(increments, outcome, completed));
    }

    /**
     * Returns the metrics of a run that has just begun.
     *
     * @param exchange the first exchange of the run, which is only read
     * @param names the names of the push, or null if they are not escaped
     */
    MetricSnapshots start(Instant started, Exchange exchange, @Nullable PushNames names) {
        MetricsBuilder metrics =
                new MetricsBuilder(labels.isConstant() ? labels.example() : labelsOfCopy(exchange), names);
        reports().addStart(started, metrics);
        return metrics.build();
    }

    private Map<String, String> labelsOfCopy(Exchange exchange) {
        Exchange copy = ExchangeCopies.withoutFailure(exchange);
        Map<String, String> evaluated = labels.of(copy);
        if (copy.getException() != null) {
            throw new IllegalArgumentException(
                    "a label could not be evaluated: " + copy.getException().getMessage(), copy.getException());
        }
        return evaluated;
    }

    /** Returns the outcome of the run of an exchange. */
    RunOutcome outcome(Exchange exchange) {
        return reports().outcome(exchange);
    }

    private ReportBinding reports() {
        ReportBinding known = report;
        if (known == null) {
            known = new ReportBinding(context, configuration);
            report = known;
        }
        return known;
    }

    /**
     * Validates the options of the metric, its labels, the registry and the report.
     *
     * @throws IllegalArgumentException if one of them is invalid
     */
    void validateOptions() {
        named.validate(new MetricsBuilder(labels.example(), names()));
        if (registry != null) {
            registry.validate(context);
        }
        warnIfReplaced();
        ReportBinding reporting = report;
        if (reporting == null) {
            return;
        }
        if (named.isConfigured()) {
            throw new IllegalArgumentException("operation=report sends its own metrics, so remove metricName and"
                    + " metricValue; use registry or gaugeHeaders to send further metrics with the report");
        }
        reporting.validateOptions(names());
    }

    private @Nullable PushNames names() {
        return escaping == null ? null : new PushNames(escaping);
    }

    private void warnIfReplaced() {
        if (configuration.getOperation() == PushgatewayOperation.ACCUMULATE
                && named.hasName()
                && !configuration.getOptionNames().contains("metricType")) {
            LOG.warn(
                    "operation=accumulate replaces the metric {}, because it is a gauge; set metricType=counter to add to"
                            + " it, or metricType=gauge to replace it without this warning",
                    configuration.getMetricName());
        }
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
        if (headers != null) {
            headers.read(message, metrics);
        }
    }
}
