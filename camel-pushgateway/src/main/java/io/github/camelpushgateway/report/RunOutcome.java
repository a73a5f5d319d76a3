package io.github.camelpushgateway.report;

import java.time.Instant;
import java.util.OptionalDouble;
import org.apache.camel.Exchange;

/**
 * How a run went, or a part of one.
 *
 * @param success whether nothing failed
 * @param started when it began
 * @param records how many records it dealt with, if that is known
 * @param recordsFailed how many of them failed, if that is known
 */
public record RunOutcome(boolean success, Instant started, OptionalDouble records, OptionalDouble recordsFailed) {

    /** Returns the outcome of an exchange at the place where it is now, without records. */
    public static RunOutcome of(Exchange exchange) {
        return new RunOutcome(
                !TrackedExchange.isFailing(exchange),
                Instant.ofEpochMilli(exchange.getClock().getCreated()),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    /** Tells whether the outcome of an exchange can be known: its failures were tracked from its creation on. */
    public static boolean isKnown(Exchange exchange) {
        return TrackedExchange.isKnown(exchange);
    }

    /** Tells whether a consumer made the exchange because it found nothing to consume; such an exchange is not a run. */
    public static boolean isIdlePoll(Exchange exchange) {
        return TrackedExchange.isIdlePoll(exchange);
    }

    /** Returns the same outcome with those records. */
    public RunOutcome withRecords(OptionalDouble processed, OptionalDouble failed) {
        return new RunOutcome(success, started, processed, failed);
    }

    /** Returns the outcome of both: a failure if one of them is, from the earlier start on, with all records. */
    RunOutcome and(RunOutcome other) {
        return new RunOutcome(
                success && other.success,
                started.isBefore(other.started) ? started : other.started,
                sum(records, other.records),
                sum(recordsFailed, other.recordsFailed));
    }

    RunOutcome withSuccess(boolean changed) {
        return new RunOutcome(changed, started, records, recordsFailed);
    }

    RunOutcome withStart(Instant changed) {
        return new RunOutcome(success, changed, records, recordsFailed);
    }

    private static OptionalDouble sum(OptionalDouble one, OptionalDouble other) {
        if (one.isEmpty()) {
            return other;
        }
        return other.isEmpty() ? one : OptionalDouble.of(one.getAsDouble() + other.getAsDouble());
    }
}
