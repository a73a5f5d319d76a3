package io.github.camelpushgateway.testing;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The requests to one group in order, and their results. The possible values of a family in the group are the value of
 * the last successful push, and the values of later pushes whose outcome is unknown.
 */
public final class GroupHistory {

    /** The value that denotes a missing family in a set of values. */
    public static final double NONE = -1;

    private final GroupingKey key;
    private final RestartableGateway lives;
    private final List<Sent> sent = new ArrayList<>();

    public GroupHistory(GroupingKey key, RestartableGateway lives) {
        this.key = key;
        this.lives = lives;
    }

    public GroupingKey key() {
        return key;
    }

    /** A request. The period between its moments includes its execution. */
    public static final class Sent {

        private final PushOperation operation;
        private final Map<String, Double> values = new HashMap<>();
        private final int from;

        @Nullable
        private volatile Result result;

        private Sent(PushRequest request, int from) {
            operation = request.operation();
            request.snapshots()
                    .forEach(family -> values.put(
                            family.getMetadata().getName(),
                            ((GaugeSnapshot) family).getDataPoints().get(0).getValue()));
            this.from = from;
        }

        public PushOperation operation() {
            return operation;
        }

        public int from() {
            return from;
        }

        @Nullable
        public Result result() {
            return result;
        }

        public void report(int to, @Nullable Throwable failure) {
            result = new Result(to, failure);
        }
    }

    /**
     * The result of a request.
     *
     * @param failure the failure, or null if the request succeeded
     */
    public record Result(int to, @Nullable Throwable failure) {

        public boolean isSuccess() {
            return failure == null;
        }
    }

    /** Records a request. Called in the order in which the requests are sent. */
    public Sent record(PushRequest request) {
        Sent next = new Sent(request, lives.moment());
        synchronized (sent) {
            sent.add(next);
        }
        return next;
    }

    public List<Sent> sent() {
        synchronized (sent) {
            return List.copyOf(sent);
        }
    }

    /** Returns the last requests, for messages of failed tests. */
    @Override
    public String toString() {
        List<Sent> all = sent();
        return all.subList(Math.max(0, all.size() - 40), all.size()).stream()
                .map(each -> each.operation + " " + each.values + " at " + each.from + ": " + each.result)
                .collect(Collectors.joining("\n", "\n", ""));
    }

    /** Returns the current results in order; null for a request without one. */
    public List<@Nullable Result> results() {
        List<@Nullable Result> results = new ArrayList<>();
        sent().forEach(each -> results.add(each.result()));
        return results;
    }

    /**
     * Returns the possible values of the family.
     *
     * @param results the results before the query of the gateway
     * @param now the moment of the query
     */
    public Set<Double> possible(String family, List<@Nullable Result> results, int now) {
        Set<Double> possible = new HashSet<>();
        List<Sent> all = sent();
        boolean hasSuccessor = false;
        for (int i = all.size() - 1; i >= 0; i--) {
            Sent each = all.get(i);
            Result outcome = i < results.size() ? results.get(i) : null;
            if (outcome != null && lives.hasLost(outcome.to(), now)) {
                break;
            }
            if (outcome != null && lives.wasStopped(each.from, outcome.to())) {
                continue;
            }
            boolean certain = outcome != null
                    && outcome.isSuccess()
                    && lives.hasKept(each.from, now)
                    && (each.operation != PushOperation.DELETE || isExecuted(each, outcome, hasSuccessor));
            if (each.operation != PushOperation.PUSHADD || each.values.containsKey(family)) {
                possible.add(each.values.getOrDefault(family, NONE));
                if (certain) {
                    return possible;
                }
            }
            hasSuccessor = hasSuccessor || certain;
        }
        possible.add(NONE);
        return possible;
    }

    /**
     * Returns whether a delete was certainly executed. A gateway responds to a delete before it executes it, and may
     * lose it when it stops. It executes the delete before later requests.
     */
    private boolean isExecuted(Sent delete, Result outcome, boolean hasSuccessor) {
        return hasSuccessor && !lives.wasStopping(delete.from, outcome.to());
    }
}
