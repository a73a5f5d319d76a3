package io.github.camelpushgateway.api;

import io.github.camelpushgateway.metrics.Excerpt;
import io.github.camelpushgateway.metrics.LabelRules;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Names one group of a gateway: the job and any further labels, sorted by name. Whatever the values are, {@link #path()}
 * leads to exactly this group, and {@link #parse} leads back.
 *
 * @param job any characters, but not empty
 * @param labels without {@code job}; a value may be empty, but only to delete such a group ({@link PushRequest} holds that)
 */
public record GroupingKey(String job, SortedMap<String, String> labels) {

    private static final String JOB = "job";
    private static final int SHOWN = 200;

    /** @throws IllegalArgumentException if the job is empty, or a label's name or value is one that no group can have */
    public GroupingKey {
        if (job.isEmpty()) {
            throw new IllegalArgumentException("the job is empty; every group has one, so name it");
        }
        LabelRules.checkText(() -> "the job", job);
        for (Map.Entry<String, String> label : labels.entrySet()) {
            check(label.getKey(), label.getValue());
        }
        // in natural order, whatever the given map is sorted by
        SortedMap<String, String> copy = new TreeMap<>();
        copy.putAll(labels);
        labels = Collections.unmodifiableSortedMap(copy);
    }

    private static void check(String name, String value) {
        if (name.equals(JOB)) {
            throw new IllegalArgumentException(
                    "the grouping key names the label 'job' again; the gateway would ignore it, so leave it out");
        }
        LabelRules.checkGiven(name);
        LabelRules.checkText(() -> "the grouping label '" + name + "'", value);
    }

    /** Returns the key of that job and those labels. */
    public static GroupingKey of(String job, Map<String, String> labels) {
        return new GroupingKey(job, new TreeMap<>(labels));
    }

    /** Returns the key of a group that has no label but its job. */
    public static GroupingKey of(String job) {
        return of(job, Map.of());
    }

    /**
     * Returns the group's path below the URL of the gateway, such as {@code /metrics/job/batchA/region/eu}: see the
     * <a href="https://github.com/prometheus/pushgateway#url">Pushgateway's README, "URL"</a>.
     */
    public String path() {
        StringBuilder path = new StringBuilder("/metrics");
        PathSegments.append(path, JOB, job);
        for (Map.Entry<String, String> label : labels.entrySet()) {
            PathSegments.append(path, label.getKey(), label.getValue());
        }
        return path.toString();
    }

    /**
     * Reads the key in a path that {@link #path()} or another client made.
     *
     * @throws IllegalArgumentException if it is not the path of a group
     */
    public static GroupingKey parse(String path) {
        SortedMap<String, String> labels = PathSegments.read(path);
        String job = labels.remove(JOB);
        if (job == null) {
            throw new IllegalArgumentException("the path names no job");
        }
        return new GroupingKey(job, labels);
    }

    /** Not a record's own, which is built of method handles: that takes long in a new JVM. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GroupingKey that && job.equals(that.job) && labels.equals(that.labels);
    }

    @Override
    public int hashCode() {
        return 31 * job.hashCode() + labels.hashCode();
    }

    /** Returns the key as Prometheus writes labels, {@code {job="batchA",region="eu"}}; very long values are cut. */
    @Override
    public String toString() {
        return shown(job, labels);
    }

    /** Returns labels as Prometheus writes them, whatever their names are. */
    static String shown(String job, Map<String, String> labels) {
        StringBuilder shown = new StringBuilder("{");
        append(shown, JOB, job);
        for (Map.Entry<String, String> label : labels.entrySet()) {
            append(shown.append(','), label.getKey(), label.getValue());
        }
        return shown.append('}').toString();
    }

    private static void append(StringBuilder shown, String name, String value) {
        shown.append(Excerpt.escaped(name)).append("=\"").append(shown(value)).append('"');
    }

    private static String shown(String value) {
        String cut = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
        return Excerpt.escaped(cut.replace("\\", "\\\\").replace("\"", "\\\""));
    }
}
