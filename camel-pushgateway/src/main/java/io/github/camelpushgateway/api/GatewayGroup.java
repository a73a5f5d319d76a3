package io.github.camelpushgateway.api;

import io.github.camelpushgateway.metrics.LabelRules;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A group on a gateway. Times are Unix times in seconds, by the gateway's clock.
 *
 * @param gateway the URL of the gateway
 * @param labels the labels of the group, {@code job} included; a value may be empty
 * @param metrics the pushed metrics, in the order of their names; without {@code push_time_seconds} and {@code
 *     push_failure_time_seconds}, which the gateway adds
 * @param lastPush the time of the last successful push, or null if there is none
 * @param lastFailure the time of the last push that the gateway refused, or null if there is none: see the <a
 *     href="https://github.com/prometheus/pushgateway#about-metric-inconsistencies">Pushgateway's README, "About metric
 *     inconsistencies"</a>
 * @param age the seconds from the last successful push to the response, or from the last refused push if no push
 *     succeeded
 */
public record GatewayGroup(
        String gateway,
        SortedMap<String, String> labels,
        List<GroupMetric> metrics,
        @Nullable Double lastPush,
        @Nullable Double lastFailure,
        double age) {

    /** The name of the job label. */
    public static final String JOB = "job";

    /** Copies the metrics. The map of labels is not copied. */
    public GatewayGroup {
        metrics = List.copyOf(metrics);
    }

    /**
     * A revision of a group. It changes when the gateway accepts or refuses a push to the group.
     *
     * @param gateway the URL of the gateway
     * @param labels the labels of the group
     * @param lastPush the time of the last successful push, or null
     * @param lastFailure the time of the last push that the gateway refused, or null
     */
    public record Revision(
            String gateway,
            SortedMap<String, String> labels,
            @Nullable Double lastPush,
            @Nullable Double lastFailure) {}

    /** Returns this group without its metrics. */
    public GatewayGroup withoutMetrics() {
        return withMetrics(List.of());
    }

    /** Returns this group with other metrics. */
    GatewayGroup withMetrics(List<GroupMetric> others) {
        return new GatewayGroup(gateway, labels, others, lastPush, lastFailure, age);
    }

    /**
     * Returns this group with a limited age.
     *
     * @param maxAge the maximum age in seconds
     */
    public GatewayGroup noOlderThan(double maxAge) {
        return age <= maxAge ? this : new GatewayGroup(gateway, labels, metrics, lastPush, lastFailure, maxAge);
    }

    /**
     * Returns the time from which the age is counted: that of the last successful push, or else of the last refused
     * push, or null.
     */
    public @Nullable Double since() {
        return lastPush == null ? lastFailure : lastPush;
    }

    /** Returns the revision of this group. */
    public Revision revision() {
        return new Revision(gateway, labels, lastPush, lastFailure);
    }

    /** Returns the job. */
    public String job() {
        return Objects.requireNonNull(labels.get(JOB));
    }

    /**
     * Returns the labels without the job, in the form that the push API expects. A gateway that allows UTF-8 names
     * expects some of them in an escaped form, such as {@code U__a_2e_b} for {@code a.b}.
     */
    public SortedMap<String, String> groupingKey() {
        SortedMap<String, String> escaped = new StoredLabels();
        labels.forEach((name, value) -> {
            if (!name.equals(JOB)) {
                escaped.put(LabelRules.pushApiName(name), value);
            }
        });
        return escaped;
    }

    /** Returns whether the gateway refused the last push. The metrics of the group are then older than that push. */
    public boolean isFailed() {
        return lastFailure != null && (lastPush == null || lastFailure > lastPush);
    }

    /** Returns the key of this group in the push API. */
    public GroupingKey key() {
        return new GroupingKey(job(), groupingKey());
    }

    /**
     * Returns the group in the notation of Prometheus labels, {@code {job="batchA",region="eu"}}. Very long values are
     * shortened.
     */
    @Override
    public String toString() {
        SortedMap<String, String> others = new TreeMap<>(labels);
        others.remove(JOB);
        return GroupingKey.excerpt(job(), others);
    }
}
