package io.github.camelpushgateway;

import io.github.camelpushgateway.conversion.Conversions;
import io.github.camelpushgateway.conversion.ValueConversion;
import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.options.OptionText;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Binding of the single metric that options and headers name, if any. Its value may be the body. */
final class NamedMetricBinding {

    private static final String NOW = "now";

    private final PushgatewayConfiguration configuration;

    @Nullable
    private final OptionText name;

    @Nullable
    private final OptionText value;

    @Nullable
    private final OptionText help;

    /**
     * Creates the binding of the metric's options.
     *
     * @throws IllegalArgumentException if an option contains an invalid expression
     */
    NamedMetricBinding(CamelContext context, PushgatewayConfiguration configuration) {
        this.configuration = configuration;
        name = OptionText.ofNullable(context, configuration.isExpressions(), configuration.getMetricName());
        value = OptionText.ofNullable(context, configuration.isExpressions(), configuration.getMetricValue());
        help = OptionText.ofNullable(context, configuration.isExpressions(), configuration.getMetricHelp());
    }

    /**
     * Validates the parts of the metric that do not depend on a message.
     *
     * @throws IllegalArgumentException if the metric is invalid for every message
     */
    void validate(MetricsBuilder metrics) {
        boolean hasConstantValue = value != null && value.isConstant() && !isNow(value.toString());
        metrics.metric(
                name == null || !name.isConstant() ? "metric" : name.toString(),
                configuration.getMetricType(),
                configuration.getMetricHelp(),
                hasConstantValue ? String.valueOf(value) : 0);
    }

    /** Returns whether the options set the name or the value of the metric. */
    boolean isConfigured() {
        return name != null || value != null;
    }

    /** Returns whether an option sets the name of the metric. */
    boolean hasName() {
        return name != null;
    }

    /**
     * Adds the metric, if one is named.
     *
     * @param arrivedMillis the time that {@code now} stands for, in milliseconds since the epoch
     * @return whether a metric is named
     */
    boolean read(Message message, long arrivedMillis, MetricsBuilder metrics) throws IOException {
        String metric = text(message, PushgatewayConstants.METRIC_NAME, name);
        Object number = message.getHeader(PushgatewayConstants.METRIC_VALUE);
        if (number == null && value != null) {
            number = value.value(message.getExchange());
            if (number == null) {
                throw new IllegalArgumentException(
                        "the expression of metricValue, " + value + ", has no result for this exchange");
            }
        }
        if (metric == null) {
            if (number != null) {
                throw new IllegalArgumentException("there is a metricValue, but no metricName; set metricName");
            }
            return false;
        }
        String type = text(message, PushgatewayConstants.METRIC_TYPE, null);
        String subject = "the value of the metric '" + metric + "'";
        if (number != null) {
            number = ValueConversion.number(subject, number, message);
            if (isNow(number)) {
                number = TimeUnit.MILLISECONDS.toSeconds(arrivedMillis);
            }
        } else if (message.getBody() != null) {
            number = ValueConversion.number(subject, message.getBody(), message);
        }
        metrics.metric(
                metric,
                type == null ? configuration.getMetricType() : MetricType.parse(type),
                text(message, PushgatewayConstants.METRIC_HELP, help),
                number);
        return true;
    }

    private static boolean isNow(Object value) {
        return value instanceof CharSequence
                && NOW.equalsIgnoreCase(value.toString().strip());
    }

    private static @Nullable String text(Message message, String header, @Nullable OptionText option)
            throws IOException {
        Object headerValue = message.getHeader(header);
        if (headerValue != null) {
            Object text = ValueConversion.text("the header " + header, headerValue, message);
            return Conversions.convert(String.class, message.getExchange(), "the header " + header, text);
        }
        return option == null ? null : option.text(message.getExchange());
    }
}
