package io.github.camelpushgateway.report;

import java.time.Instant;
import java.util.OptionalDouble;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a run or of a part of a run.
 *
 * @param success whether the run or part succeeded
 * @param started the time from which the duration is counted
 * @param begun when the run began in its route, which is later if it waited in a queue
 * @param records the number of processed records, if known
 * @param recordsFailed the number of failed records, if known
 * @param failedTrace the header {@code traceparent} of the first exchange that failed, or null
 */
public record RunOutcome(
        boolean success,
        Instant started,
        Instant begun,
        OptionalDouble records,
        OptionalDouble recordsFailed,
        @Nullable String failedTrace) {

    /** Creates the outcome of a run that did not wait in a queue. */
    public RunOutcome(boolean success, Instant started, OptionalDouble records, OptionalDouble recordsFailed) {
        this(success, started, started, records, recordsFailed, null);
    }

    /** Returns the current outcome of an exchange, without records. */
    public static RunOutcome of(Exchange exchange) {
        boolean success = !TrackedExchange.isFailing(exchange);
        Instant started = started(exchange);
        String failedTrace = success ? null : FailureExemplar.trace(exchange.getMessage());
        return new RunOutcome(success, started, started, OptionalDouble.empty(), OptionalDouble.empty(), failedTrace);
    }

    /** Returns when the run of an exchange started. */
    static Instant started(Exchange exchange) {
        return Instant.ofEpochMilli(exchange.getClock().getCreated());
    }

    /** Returns whether the outcome of an exchange is known, because its failures have been tracked since its creation. */
    public static boolean isKnown(Exchange exchange) {
        return TrackedExchange.isKnown(exchange);
    }

    /** Returns whether a consumer created the exchange because a poll found nothing. Such an exchange is not a run. */
    public static boolean isIdlePoll(Exchange exchange) {
        return TrackedExchange.isIdlePoll(exchange);
    }

    /** Returns a copy with the given numbers of records. */
    public RunOutcome withRecords(OptionalDouble processed, OptionalDouble failed) {
        return new RunOutcome(success, started, begun, processed, failed, failedTrace);
    }

    /** Returns the combined outcome: failed if one of them failed, with the earlier start and the sums of the records. */
    RunOutcome and(RunOutcome other) {
        return new RunOutcome(
                success && other.success,
                started.isBefore(other.started) ? started : other.started,
                begun.isBefore(other.begun) ? begun : other.begun,
                sum(records, other.records),
                sum(recordsFailed, other.recordsFailed),
                failedTrace == null ? other.failedTrace : failedTrace);
    }

    RunOutcome withSuccess(boolean newSuccess) {
        return new RunOutcome(newSuccess, started, begun, records, recordsFailed, failedTrace);
    }

    RunOutcome withStart(Instant newStart) {
        return new RunOutcome(success, newStart, begun, records, recordsFailed, failedTrace);
    }

    RunOutcome withBegin(Instant newBegin) {
        return new RunOutcome(success, started, newBegin, records, recordsFailed, failedTrace);
    }

    private static OptionalDouble sum(OptionalDouble one, OptionalDouble other) {
        if (one.isEmpty()) {
            return other;
        }
        return other.isEmpty() ? one : OptionalDouble.of(one.getAsDouble() + other.getAsDouble());
    }
}
