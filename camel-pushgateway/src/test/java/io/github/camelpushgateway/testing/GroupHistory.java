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
 * What was asked for one group, in order, and what was reported of it. What the group can hold follows from that: of each family the
 * value of the last push that was reported as done, or of one after it of which nothing certain is known.
 */
public final class GroupHistory {

    /** In a set of values: there is no such family. */
    public static final double NONE = -1;

    private final GroupingKey key;
    private final GatewayLives lives;
    private final List<Asked> asked = new ArrayList<>();

    public GroupHistory(GroupingKey key, GatewayLives lives) {
        this.key = key;
        this.lives = lives;
    }

    public GroupingKey key() {
        return key;
    }

    /** One request. The moments are wider than the truth, never narrower. */
    public static final class Asked {

        private final PushOperation operation;
        private final Map<String, Double> values = new HashMap<>();
        private final int from;

        @Nullable
        private volatile Reported reported;

        private Asked(PushRequest request, int from) {
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
        public Reported reported() {
            return reported;
        }

        public void report(int to, @Nullable Throwable failure) {
            reported = new Reported(to, failure);
        }
    }

    /**
     * What was said of a request.
     *
     * @param failure null if it was done
     */
    public record Reported(int to, @Nullable Throwable failure) {

        public boolean isDone() {
            return failure == null;
        }
    }

    /** To be called in the order in which the requests are sent. */
    public Asked ask(PushRequest request) {
        Asked next = new Asked(request, lives.moment());
        synchronized (asked) {
            asked.add(next);
        }
        return next;
    }

    public List<Asked> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    /** Returns the last of what was asked, for somebody who wonders. */
    @Override
    public String toString() {
        List<Asked> all = asked();
        return all.subList(Math.max(0, all.size() - 40), all.size()).stream()
                .map(each -> each.operation + " " + each.values + " at " + each.from + ": " + each.reported)
                .collect(Collectors.joining("\n", "\n", ""));
    }

    /** Returns, in order, what was reported until now; null stands for nothing. */
    public List<@Nullable Reported> reported() {
        List<@Nullable Reported> reported = new ArrayList<>();
        asked().forEach(each -> reported.add(each.reported()));
        return reported;
    }

    /**
     * Returns the values that the family can have.
     *
     * @param reported what was reported before somebody looked
     * @param now when somebody looked
     */
    public Set<Double> possible(String family, List<@Nullable Reported> reported, int now) {
        Set<Double> possible = new HashSet<>();
        List<Asked> all = asked();
        boolean followed = false;
        for (int i = all.size() - 1; i >= 0; i--) {
            Asked each = all.get(i);
            Reported outcome = i < reported.size() ? reported.get(i) : null;
            if (outcome != null && lives.hasLost(outcome.to(), now)) {
                break;
            }
            if (outcome != null && lives.wasDead(each.from, outcome.to())) {
                continue;
            }
            boolean certain = outcome != null
                    && outcome.isDone()
                    && lives.hasKept(each.from, now)
                    && (each.operation != PushOperation.DELETE || isCarriedOut(each, outcome, followed));
            if (each.operation != PushOperation.PUSHADD || each.values.containsKey(family)) {
                possible.add(each.values.getOrDefault(family, NONE));
                if (certain) {
                    return possible;
                }
            }
            followed = followed || certain;
        }
        possible.add(NONE);
        return possible;
    }

    /**
     * A gateway answers a delete before it has done it, and may forget it when it ends; it has done it before whatever came after
     * it.
     */
    private boolean isCarriedOut(Asked delete, Reported outcome, boolean followed) {
        return followed && !lives.wasEnding(delete.from, outcome.to());
    }
}
