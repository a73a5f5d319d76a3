package io.github.camelpushgateway;

import io.github.camelpushgateway.client.PushOperation;
import io.github.camelpushgateway.metrics.LabelPairs;
import io.github.camelpushgateway.metrics.MetricFilter;
import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.report.RunOutcome;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.PatternHelper;
import org.jspecify.annotations.Nullable;

/**
 * Finds the metrics to send: the one that options and headers name, those of the registry or, if there is neither, those in the
 * body; and those in headers.
 */
final class MetricsBinding {

    private static final String NOW = "now";
    private static final String CAMEL = "Camel";

    private final CamelContext context;
    private final PushgatewayConfiguration configuration;
    private final LabelOptions labels;
    private final BodyBinding body;

    @Nullable
    private final RegistryBinding registry;

    private final ReportBinding report;

    @Nullable
    private final OptionText metricName;

    @Nullable
    private final OptionText metricValue;

    @Nullable
    private final OptionText metricHelp;

    private final String[] gaugeHeaders;
    private final String[] camelGaugeHeaders;

    /** @throws IllegalArgumentException if there is an expression or a pattern in the options that cannot be understood */
    MetricsBinding(CamelContext context, PushgatewayConfiguration configuration) {
        this.context = context;
        this.configuration = configuration;
        MetricFilter filter = MetricFilter.of(configuration.getMetricFilter());
        body = new BodyBinding(filter);
        registry = RegistryBinding.ofNullable(configuration.getRegistry(), filter);
        labels = LabelOptions.ofSamples(context, configuration);
        report = new ReportBinding(context, configuration);
        metricName = OptionText.ofNullable(context, configuration, configuration.getMetricName());
        metricValue = OptionText.ofNullable(context, configuration, configuration.getMetricValue());
        metricHelp = OptionText.ofNullable(context, configuration, configuration.getMetricHelp());
        String patterns = configuration.getGaugeHeaders();
        gaugeHeaders = patterns == null || patterns.isBlank()
                ? new String[0]
                : patterns.strip().split("\\s*,\\s*");
        camelGaugeHeaders = Arrays.stream(gaugeHeaders)
                .filter(pattern -> pattern.startsWith(CAMEL))
                .toArray(String[]::new);
    }

    /** @param arrived what {@code now} means */
    MetricSnapshots read(Message message, Instant arrived) throws IOException {
        MetricsBuilder metrics = new MetricsBuilder(labels(message));
        String name = text(message, PushgatewayConstants.METRIC_NAME, metricName);
        Object value = message.getHeader(PushgatewayConstants.METRIC_VALUE);
        if (value == null && metricValue != null) {
            value = given("metricValue", metricValue, metricValue.value(message.getExchange()));
        }
        if (name != null) {
            readOne(message, name, value, arrived, metrics);
        } else if (value != null) {
            throw new IllegalArgumentException(
                    "there is a metricValue, but nothing says of which metric; give metricName");
        } else if (registry == null) {
            body.read(message, metrics);
        }
        readRegistry(message, metrics);
        readHeaders(message, metrics);
        return metrics.build();
    }

    /**
     * Reads the metrics of a report, and with it those of the registry and the headers.
     *
     * @param completed when the run ended
     */
    MetricSnapshots report(RunOutcome outcome, Message message, Instant completed) {
        MetricsBuilder metrics = new MetricsBuilder(labels(message));
        report.add(outcome, completed, metrics);
        readRegistry(message, metrics);
        readHeaders(message, metrics);
        return metrics.build();
    }

    RunOutcome outcome(Exchange exchange) {
        return report.outcome(exchange);
    }

    /** Fails if what the options say of the metric, its labels and the report cannot be meant. */
    void checkOptions() {
        boolean valued = metricValue != null && metricValue.isConstant() && !isNow(metricValue);
        new MetricsBuilder(labels.sample())
                .metric(
                        metricName == null || !metricName.isConstant() ? "metric" : metricName.toString(),
                        configuration.getMetricType(),
                        configuration.getMetricHelp(),
                        valued ? String.valueOf(metricValue) : 0);
        if (configuration.getOperation() == PushOperation.REPORT && (metricName != null || metricValue != null)) {
            throw new IllegalArgumentException("operation=report sends metrics of its own, so leave metricName and"
                    + " metricValue out; further values can be sent with it by registry or"
                    + " gaugeHeaders");
        }
        if (registry != null) {
            registry.check(context);
        }
        report.checkOptions();
    }

    private static boolean isNow(Object value) {
        return NOW.equalsIgnoreCase(value.toString().strip());
    }

    private Map<String, String> labels(Message message) {
        Map<String, String> all = labels.of(message.getExchange());
        all.putAll(LabelPairs.read(message.getHeader(PushgatewayConstants.LABELS)));
        return all;
    }

    private void readOne(
            Message message, String name, @Nullable Object value, Instant arrived, MetricsBuilder metrics) {
        String type = message.getHeader(PushgatewayConstants.METRIC_TYPE, String.class);
        String help = text(message, PushgatewayConstants.METRIC_HELP, metricHelp);
        if (value == null) {
            value = message.getBody();
        } else if (isNow(value)) {
            value = arrived.getEpochSecond();
        }
        metrics.metric(name, type == null ? configuration.getMetricType() : MetricType.parse(type), help, value);
    }

    private void readRegistry(Message message, MetricsBuilder metrics) {
        if (registry != null) {
            registry.read(message.getExchange(), metrics);
        }
    }

    private void readHeaders(Message message, MetricsBuilder metrics) {
        if (gaugeHeaders.length > 0) {
            message.getHeaders().forEach((name, value) -> {
                if (PatternHelper.matchPatterns(name, name.startsWith(CAMEL) ? camelGaugeHeaders : gaugeHeaders)) {
                    metrics.gaugeIfNumeric(name, value);
                }
            });
        }
    }

    private static @Nullable String text(Message message, String header, @Nullable OptionText option) {
        String given = message.getHeader(header, String.class);
        return given != null || option == null ? given : option.text(message.getExchange());
    }

    private static Object given(String option, OptionText text, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(option + " is " + text + ", which gave nothing for this exchange");
        }
        return value;
    }
}
