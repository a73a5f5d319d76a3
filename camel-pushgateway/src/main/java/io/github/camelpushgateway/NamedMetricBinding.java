package io.github.camelpushgateway;

import io.github.camelpushgateway.conversion.Conversions;
import io.github.camelpushgateway.conversion.ValueConversion;
import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.options.OptionText;
import java.io.IOException;
import java.time.Instant;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Finds the one metric that options and headers name, if they name one; its value may be the body. */
final class NamedMetricBinding {

    private static final String NOW = "now";

    private final PushgatewayConfiguration configuration;

    @Nullable
    private final OptionText name;

    @Nullable
    private final OptionText value;

    @Nullable
    private final OptionText help;

    /** @throws IllegalArgumentException if there is an expression in the options that cannot be understood */
    NamedMetricBinding(CamelContext context, PushgatewayConfiguration configuration) {
        this.configuration = configuration;
        name = OptionText.ofNullable(context, configuration.isExpressions(), configuration.getMetricName());
        value = OptionText.ofNullable(context, configuration.isExpressions(), configuration.getMetricValue());
        help = OptionText.ofNullable(context, configuration.isExpressions(), configuration.getMetricHelp());
    }

    /** Fails if there can be no such metric, whatever the message. */
    void check(MetricsBuilder metrics) {
        boolean valued = value != null && value.isConstant() && !isNow(value.toString());
        metrics.metric(
                name == null || !name.isConstant() ? "metric" : name.toString(),
                configuration.getMetricType(),
                configuration.getMetricHelp(),
                valued ? String.valueOf(value) : 0);
    }

    /** Tells whether the options say something of the metric, be it its name or its value. */
    boolean isOption() {
        return name != null || value != null;
    }

    /**
     * Adds the metric, if there is one.
     *
     * @param arrived what {@code now} means
     * @return whether there is one
     */
    boolean read(Message message, Instant arrived, MetricsBuilder metrics) throws IOException {
        String metric = text(message, PushgatewayConstants.METRIC_NAME, name);
        Object number = message.getHeader(PushgatewayConstants.METRIC_VALUE);
        if (number == null && value != null) {
            number = value.value(message.getExchange());
            if (number == null) {
                throw new IllegalArgumentException(
                        "metricValue is " + value + ", which gave nothing for this exchange");
            }
        }
        if (metric == null) {
            if (number != null) {
                throw new IllegalArgumentException(
                        "there is a metricValue, but nothing says of which metric; give metricName");
            }
            return false;
        }
        String type = text(message, PushgatewayConstants.METRIC_TYPE, null);
        String what = "the value of the metric '" + metric + "'";
        if (number != null) {
            number = ValueConversion.number(what, number, message);
            if (isNow(number)) {
                number = arrived.getEpochSecond();
            }
        } else if (message.getBody() != null) {
            number = ValueConversion.number(what, message.getBody(), message);
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
        Object given = message.getHeader(header);
        if (given != null) {
            Object text = ValueConversion.text("the header " + header, given, message);
            return Conversions.convert(String.class, message.getExchange(), "the header " + header, text);
        }
        return option == null ? null : option.text(message.getExchange());
    }
}
