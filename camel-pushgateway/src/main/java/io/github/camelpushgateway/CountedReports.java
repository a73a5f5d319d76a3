package io.github.camelpushgateway;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.GatewayPool;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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

    /** The maximum number of failed reports whose counters are kept. */
    private static final int MAX_UNCOUNTED = 100;

    private final BooleanSupplier logged;
    private final Deque<Counters> uncounted = new ArrayDeque<>();
    private boolean stopped;

    /**
     * The counters of one report.
     *
     * @param identity identifies them, since it may be unknown whether the gateway has added them
     */
    private record Counters(PushIdentity identity, PushRequest increments) {

        static Counters of(PushRequest report) {
            return new Counters(
                    new PushIdentity(),
                    new PushRequest(
                            report.operation(), report.groupingKey(), MetricSnapshots.of(), report.increments()));
        }
    }

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
        Counters counters = Counters.of(report);
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
            Counters counters,
            Throwable failure,
            GatewayPool gateways,
            CompletableFuture<PushResponse> outcome) {
        keep(counters);
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
        List<Counters> all;
        synchronized (this) {
            all = List.copyOf(uncounted);
            uncounted.clear();
        }
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (Counters each : all) {
            CompletionStage<PushResponse> outcome = gateways.send(each.increments(), false, each.identity())
                    .whenComplete((response, failure) -> {
                        if (failure != null) {
                            LOG.debug("The counters of an earlier run could not be added", failure);
                            keep(each);
                        }
                    });
            if (gateways.shareGateway(reported, each.increments().groupingKey())) {
                sent.add(outcome.toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
    }

    private void keep(Counters counters) {
        boolean missing;
        synchronized (this) {
            uncounted.add(counters);
            missing = stopped;
            if (uncounted.size() > MAX_UNCOUNTED) {
                uncounted.remove();
                missing = true;
            }
        }
        if (missing) {
            logMissing(1);
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

    /**
     * Logs the number of reports that are not counted. They are counted after the next report if there is one: whether the gateway has
     * added them is determined by any client.
     */
    void stop() {
        int missing;
        synchronized (this) {
            stopped = true;
            missing = uncounted.size();
        }
        if (missing > 0) {
            logMissing(missing);
        }
    }
}
