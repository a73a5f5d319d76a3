package io.github.camelpushgateway;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.GatewayPool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends reports that add to counters. The counters of a report that failed are sent after the next report that succeeds, so that each
 * run is counted once. If the group cannot be read, or the gateway refuses the counters, the report is sent without them.
 */
final class CountedReports {

    private static final Logger LOG = LoggerFactory.getLogger(CountedReports.class);

    private final BooleanSupplier logged;
    private final UncountedReports uncounted = UncountedReports.OF_JVM;
    private boolean stopped;

    /** @param logged whether counters that are not sent with their report are logged */
    CountedReports(BooleanSupplier logged) {
        this.logged = logged;
    }

    /**
     * Sends a report with counters, and then the counters of earlier reports. The stage completes like that of a push,
     * when the counters on the same gateway have been sent, too.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    CompletionStage<PushResponse> send(PushRequest report, GatewayPool gateways) {
        UncountedReports.Counters counters = UncountedReports.Counters.of(report);
        CompletableFuture<PushResponse> outcome = new CompletableFuture<>();
        gateways.send(report, false, counters.identity()).whenComplete((response, failure) -> {
            try {
                if (failure == null) {
                    sendUncounted(report.groupingKey(), gateways)
                            .whenComplete((ignored, alsoIgnored) -> outcome.complete(response));
                } else {
                    fail(report, counters, failure, gateways, outcome);
                }
            } catch (Throwable e) { // the run waits for the outcome
                outcome.completeExceptionally(PushgatewayException.unreadable(
                        report.operation().toString(), report.groupingKey().toString(), e));
            }
        });
        return outcome;
    }

    private void fail(
            PushRequest report,
            UncountedReports.Counters counters,
            Throwable failure,
            GatewayPool gateways,
            CompletableFuture<PushResponse> outcome) {
        keep(counters, gateways);
        if (isWithoutEffect(failure)) {
            sendWithoutCounters(report, failure, gateways, outcome);
        } else {
            outcome.completeExceptionally(failure);
        }
    }

    /** Returns whether the report was not sent, or was refused for its content, so that it may succeed without counters. */
    private static boolean isWithoutEffect(Throwable failure) {
        if (!(failure instanceof PushgatewayException push)) {
            return false;
        }
        return switch (push.getStatusCode()) {
            case 400, 413, 422 -> true;
            default -> push.getAttempts() == 0;
        };
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    private void sendWithoutCounters(
            PushRequest report, Throwable reason, GatewayPool gateways, CompletableFuture<PushResponse> outcome) {
        PushRequest gauges = new PushRequest(report.operation(), report.groupingKey(), report.snapshots());
        gateways.send(gauges, false).whenComplete((response, failure) -> {
            if (failure != null) {
                failure.addSuppressed(reason);
                outcome.completeExceptionally(failure);
                return;
            }
            if (logged.getAsBoolean()) {
                LOG.warn(
                        "A run is reported without its counters; they are added after the next report that succeeds: {}",
                        reason.getMessage());
            }
            outcome.complete(response);
        });
    }

    /**
     * Sends the counters of earlier reports. A failure has no effect: they remain uncounted.
     *
     * @param reported the group of the report that has succeeded
     * @return completes when the counters on the gateway of this group are sent. Another gateway may not respond
     */
    private CompletionStage<Void> sendUncounted(GroupingKey reported, GatewayPool gateways) {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (UncountedReports.Counters each : uncounted.takeAll(gateways.identity())) {
            CompletionStage<PushResponse> outcome = gateways.send(each.increments(), false, each.identity())
                    .whenComplete((response, failure) -> {
                        if (failure != null) {
                            LOG.debug("The counters of an earlier run could not be added", failure);
                            keep(each, gateways);
                        }
                    });
            if (gateways.shareGateway(reported, each.increments().groupingKey())) {
                sent.add(outcome.toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
    }

    private void keep(UncountedReports.Counters counters, GatewayPool gateways) {
        int removed = uncounted.add(gateways.identity(), counters);
        boolean isLate;
        synchronized (this) {
            isLate = stopped;
        }
        if (isLate || removed > 0) {
            logMissing(isLate ? removed + counters.runs() : removed);
        }
    }

    private void logMissing(int runs) {
        if (logged.getAsBoolean()) {
            LOG.warn(
                    "The counters do not include {} {}, because the reports failed, and no later report succeeded; check the"
                            + " gateway",
                    runs,
                    runs == 1 ? "run" : "runs");
        }
    }

    /** Expects further reports from now on. */
    synchronized void start() {
        stopped = false;
    }

    /** Logs the number of reports that are not counted. The next report to these gateways counts them, if there is one. */
    void stop(GatewayPool gateways) {
        synchronized (this) {
            stopped = true;
        }
        int missing = uncounted.runs(gateways.identity());
        if (missing > 0) {
            logMissing(missing);
        }
    }
}
