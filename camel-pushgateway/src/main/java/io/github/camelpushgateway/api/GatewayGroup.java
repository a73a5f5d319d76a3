package io.github.camelpushgateway.api;

import io.github.camelpushgateway.metrics.LabelRules;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A group as a gateway holds it. Times are unix times in seconds, on the gateway's own clock.
 *
 * @param gateway the URL of the gateway
 * @param labels the labels that name the group, {@code job} included; a value may be empty
 * @param metrics those that were pushed, in the order of their names; without {@code push_time_seconds} and {@code
 *     push_failure_time_seconds}, which a gateway adds
 * @param lastPush when a push to it last succeeded, or null if none ever did
 * @param lastFailure when a push to it was last refused, or null if none ever was: see the <a
 *     href="https://github.com/prometheus/pushgateway#about-metric-inconsistencies">Pushgateway's README, "About metric
 *     inconsistencies"</a>
 * @param age how many seconds ago the last push succeeded, or was refused if none ever succeeded; as the gateway answered
 */
public record GatewayGroup(
        String gateway,
        SortedMap<String, String> labels,
        List<GroupMetric> metrics,
        @Nullable Double lastPush,
        @Nullable Double lastFailure,
        double age) {

    public static final String JOB = "job";

    /** Copies the metrics; the labels are left to who has made the map. */
    public GatewayGroup {
        metrics = List.copyOf(metrics);
    }

    /** What makes one look at a group differ from another: the same group that was pushed again is not the same. */
    public record Look(
            String gateway,
            SortedMap<String, String> labels,
            @Nullable Double lastPush,
            @Nullable Double lastFailure) {}

    public GatewayGroup withoutMetrics() {
        return new GatewayGroup(gateway, labels, List.of(), lastPush, lastFailure, age);
    }

    /** Returns this group, no older than that. */
    public GatewayGroup noOlderThan(double most) {
        return age <= most ? this : new GatewayGroup(gateway, labels, metrics, lastPush, lastFailure, most);
    }

    /** Returns the time from which its age is counted: that of the last push that succeeded, or else of the last refusal; or null. */
    public @Nullable Double since() {
        return lastPush == null ? lastFailure : lastPush;
    }

    public Look look() {
        return new Look(gateway, labels, lastPush, lastFailure);
    }

    /** Returns the job. */
    public String job() {
        return Objects.requireNonNull(labels.get(JOB));
    }

    /**
     * Returns the labels but for the job, as they have to be given to a gateway: one that allows UTF-8 names may have some that are
     * given in disguise, such as {@code U__a_2e_b} for {@code a.b}.
     */
    public SortedMap<String, String> groupingKey() {
        SortedMap<String, String> given = new TreeMap<>();
        labels.forEach((name, value) -> {
            if (!name.equals(JOB)) {
                given.put(LabelRules.given(name), value);
            }
        });
        return given;
    }

    /** Tells whether the last push was refused: what the group holds is older than that. */
    public boolean isFailed() {
        return lastFailure != null && (lastPush == null || lastFailure > lastPush);
    }

    public GroupingKey key() {
        return new GroupingKey(job(), groupingKey());
    }

    /** Returns the group as Prometheus writes labels, {@code {job="batchA",region="eu"}}; very long values are cut. */
    @Override
    public String toString() {
        SortedMap<String, String> further = new TreeMap<>(labels);
        further.remove(JOB);
        return GroupingKey.shown(job(), further);
    }
}
