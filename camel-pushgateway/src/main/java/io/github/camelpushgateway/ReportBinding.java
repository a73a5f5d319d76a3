package io.github.camelpushgateway;

import io.github.camelpushgateway.conversion.ExchangeCopies;
import io.github.camelpushgateway.conversion.ValueConversion;
import io.github.camelpushgateway.metrics.MetricValue;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.metrics.PushNames;
import io.github.camelpushgateway.options.OptionText;
import io.github.camelpushgateway.report.ReportMetrics;
import io.github.camelpushgateway.report.RunOutcome;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binding of a report: it reads the outcome of a run from an exchange, and adds it to the metrics. */
final class ReportBinding {

    private static final Logger LOG = LoggerFactory.getLogger(ReportBinding.class);

    private final ReportMetrics metrics;
    private final boolean counters;

    @Nullable
    private final OptionText records;

    @Nullable
    private final OptionText recordsFailed;

    ReportBinding(CamelContext context, PushgatewayConfiguration configuration) {
        metrics = new ReportMetrics(
                configuration.getReportPrefix(), configuration.isReportStart(), configuration.getReportInterval());
        counters = configuration.isReportCounters();
        records = OptionText.ofNullable(context, configuration.isExpressions(), configuration.getRecords());
        recordsFailed = OptionText.ofNullable(context, configuration.isExpressions(), configuration.getRecordsFailed());
    }

    /**
     * Validates the options of the report.
     *
     * @param names escapes the names of the metrics, or null
     * @throws IllegalArgumentException if an option is invalid
     */
    void validateOptions(@Nullable PushNames names) {
        metrics.add(
                new RunOutcome(true, Instant.EPOCH, OptionalDouble.of(0), OptionalDouble.of(0)),
                Instant.EPOCH,
                new MetricsBuilder(Map.of(), names));
        if (counters) {
            metrics.addCounters(
                    new RunOutcome(true, Instant.EPOCH, OptionalDouble.of(0), OptionalDouble.of(0)),
                    new MetricsBuilder(Map.of(), names));
        }
        validateNumber("records", records);
        validateNumber("recordsFailed", recordsFailed);
    }

    private static void validateNumber(String option, @Nullable OptionText text) {
        if (text != null && text.isConstant() && MetricValue.of(text.toString()).isEmpty()) {
            throw new IllegalArgumentException(option + " is '" + text
                    + "', which is not a number; use an expression such as ${exchangeProperty.rows}");
        }
    }

    /**
     * Returns the outcome of the run of an exchange. The state of the exchange is read first. Expressions are then
     * evaluated on copies, because an expression that fails stores its exception on its exchange.
     */
    RunOutcome outcome(Exchange exchange) {
        RunOutcome outcome = RunOutcome.of(exchange);
        return outcome.withRecords(
                number("records", records, exchange), number("recordsFailed", recordsFailed, exchange));
    }

    /**
     * Returns the value of a count, or nothing if it cannot be evaluated. The report is then sent without this count,
     * because the rest of the report is still useful.
     */
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
                        "The report is sent without {}: {} returned a value of type {}, which is not a number",
                        option,
                        text,
                        value.getClass().getName());
            }
            return number;
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "The report is sent without {}: {} failed with a {}",
                    option,
                    text,
                    e.getClass().getName());
            LOG.debug("The report is sent without {}", option, e);
            return OptionalDouble.empty();
        }
    }

    /** Adds what a run adds to the counters of all runs, if these are reported. */
    void addCounters(RunOutcome outcome, MetricsBuilder builder) {
        if (counters) {
            metrics.addCounters(
                    outcome.withRecords(
                            countable("records", outcome.records()),
                            countable("recordsFailed", outcome.recordsFailed())),
                    builder);
        }
    }

    /** Returns the counters with the trace of the first failure, if it was traced. */
    MetricSnapshots withTrace(MetricsBuilder increments, RunOutcome outcome, Instant completed) {
        return counters ? metrics.withTrace(increments, outcome, completed) : increments.build();
    }

    /** Returns the number if it can be added to a counter. */
    private static OptionalDouble countable(String option, OptionalDouble number) {
        if (number.isPresent() && !(number.getAsDouble() >= 0 && number.getAsDouble() < Double.POSITIVE_INFINITY)) {
            LOG.warn(
                    "The counter of {} is not increased by {}; the option must be a finite number that is not negative",
                    option,
                    number.getAsDouble());
            return OptionalDouble.empty();
        }
        return number;
    }

    /** Adds the metrics of a run that has just begun. */
    void addStart(Instant started, MetricsBuilder builder) {
        metrics.addStart(started, builder);
    }

    /** Adds the metrics of an outcome. */
    void add(RunOutcome outcome, Instant completed, MetricsBuilder builder) {
        metrics.add(outcome, completed, builder);
    }
}
