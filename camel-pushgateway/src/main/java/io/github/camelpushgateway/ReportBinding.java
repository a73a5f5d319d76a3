package io.github.camelpushgateway;

import io.github.camelpushgateway.conversion.ExchangeCopies;
import io.github.camelpushgateway.conversion.ValueConversion;
import io.github.camelpushgateway.metrics.MetricValue;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.options.OptionText;
import io.github.camelpushgateway.report.ReportMetrics;
import io.github.camelpushgateway.report.RunOutcome;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds in an exchange what a report tells of a run. */
final class ReportBinding {

    private static final Logger LOG = LoggerFactory.getLogger(ReportBinding.class);

    private final ReportMetrics metrics;

    @Nullable
    private final OptionText records;

    @Nullable
    private final OptionText recordsFailed;

    ReportBinding(CamelContext context, PushgatewayConfiguration configuration) {
        metrics = new ReportMetrics(configuration.getReportPrefix());
        records = OptionText.ofNullable(context, configuration.isExpressions(), configuration.getRecords());
        recordsFailed = OptionText.ofNullable(context, configuration.isExpressions(), configuration.getRecordsFailed());
    }

    /** Fails if the options cannot be meant. */
    void checkOptions() {
        metrics.add(
                new RunOutcome(true, Instant.EPOCH, OptionalDouble.of(0), OptionalDouble.of(0)),
                Instant.EPOCH,
                new MetricsBuilder(Map.of()));
        checkNumber("records", records);
        checkNumber("recordsFailed", recordsFailed);
    }

    private static void checkNumber(String option, @Nullable OptionText text) {
        if (text != null && text.isConstant() && MetricValue.of(text.toString()).isEmpty()) {
            throw new IllegalArgumentException(option + " is '" + text
                    + "', which is no number; give an expression such as ${exchangeProperty.rows}");
        }
    }

    /** Looks at the exchange before it evaluates anything, and then does so on copies: an expression that fails marks its exchange. */
    RunOutcome outcome(Exchange exchange) {
        RunOutcome outcome = RunOutcome.of(exchange);
        return outcome.withRecords(
                number("records", records, exchange), number("recordsFailed", recordsFailed, exchange));
    }

    /** A count that cannot be had is left out: what else there is to report is worth more. */
    private static OptionalDouble number(String option, @Nullable OptionText text, Exchange exchange) {
        if (text == null) {
            return OptionalDouble.empty();
        }
        try {
            Exchange copy = ExchangeCopies.withoutFailure(exchange);
            Object value = text.value(copy);
            if (copy.getException() != null) {
                throw new IllegalStateException(copy.getException());
            }
            OptionalDouble number = value == null
                    ? OptionalDouble.empty()
                    : MetricValue.of(ValueConversion.number(option, value, exchange.getMessage()));
            if (number.isEmpty() && value != null) {
                LOG.warn(
                        "The report leaves out {}, since {} gave something of type {}, which is no number",
                        option,
                        text,
                        value.getClass().getName());
            }
            return number;
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "The report leaves out {}, since {} failed with a {}",
                    option,
                    text,
                    e.getClass().getName());
            LOG.debug("The report leaves out {}", option, e);
            return OptionalDouble.empty();
        }
    }

    void add(RunOutcome outcome, Instant completed, MetricsBuilder builder) {
        metrics.add(outcome, completed, builder);
    }
}
