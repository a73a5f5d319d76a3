package io.github.camelpushgateway.api;

import io.github.camelpushgateway.metrics.Excerpt;
import io.github.camelpushgateway.metrics.LabelRules;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The grouping key of a group on a gateway: the job and further labels, sorted by name. {@link #path()} names exactly
 * this group, whatever the values are, and {@link #parse} is its inverse.
 *
 * @param job the job; any characters, not empty
 * @param labels the labels without {@code job}; a value may be empty only to delete such a group, which {@link
 *     PushRequest} validates
 */
public record GroupingKey(String job, SortedMap<String, String> labels) {

    private static final String JOB = "job";
    private static final int MAX_VALUE_LENGTH = 200;

    /**
     * Validates the key and copies the labels.
     *
     * @throws IllegalArgumentException if the job is empty, or the name or the value of a label is invalid
     */
    public GroupingKey {
        if (job.isEmpty()) {
            throw new IllegalArgumentException("the job is empty; specify the job of the group");
        }
        LabelRules.validateText("the job", job);
        for (Map.Entry<String, String> label : labels.entrySet()) {
            validate(label.getKey(), label.getValue());
        }
        // in natural order, whatever the comparator of the given map
        labels = sorted(labels);
    }

    private static SortedMap<String, String> sorted(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, String> copy = new TreeMap<>();
        copy.putAll(labels);
        return Collections.unmodifiableSortedMap(copy);
    }

    private static void validate(String name, String value) {
        if (name.equals(JOB)) {
            throw new IllegalArgumentException(
                    "the grouping key contains the label 'job'; the gateway would ignore it, so remove it");
        }
        LabelRules.validateExistingName(name);
        LabelRules.validateText(() -> "the grouping label '" + name + "'", value);
    }

    /** Returns the key with the given job and labels. */
    public static GroupingKey of(String job, Map<String, String> labels) {
        return new GroupingKey(job, sorted(labels));
    }

    /** Returns the key of a group without further labels. */
    public static GroupingKey of(String job) {
        return of(job, Map.of());
    }

    /**
     * Returns the path of the group, relative to the URL of the gateway, such as {@code /metrics/job/batchA/region/eu}:
     * see the <a href="https://github.com/prometheus/pushgateway#url">Pushgateway's README, "URL"</a>.
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
     * Parses a path from {@link #path()} or from another client.
     *
     * @throws IllegalArgumentException if it is not the path of a group
     */
    public static GroupingKey parse(String path) {
        SortedMap<String, String> labels = PathSegments.read(path);
        String job = labels.remove(JOB);
        if (job == null) {
            throw new IllegalArgumentException("the path contains no job");
        }
        return new GroupingKey(job, labels);
    }

    /**
     * Compares job and labels. The generated method of a record uses method handles, which are slow in a JVM that has just started.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GroupingKey that && job.equals(that.job) && labels.equals(that.labels);
    }

    @Override
    public int hashCode() {
        return 31 * job.hashCode() + labels.hashCode();
    }

    /**
     * Returns the key in the notation of Prometheus labels, {@code {job="batchA",region="eu"}}. Very long values are
     * shortened.
     */
    @Override
    public String toString() {
        return excerpt(job, labels);
    }

    /** Returns labels in the notation of Prometheus, including labels whose names are invalid in a key. */
    static String excerpt(String job, Map<String, String> labels) {
        StringBuilder text = new StringBuilder("{");
        append(text, JOB, job);
        for (Map.Entry<String, String> label : labels.entrySet()) {
            append(text.append(','), label.getKey(), label.getValue());
        }
        return text.append('}').toString();
    }

    private static void append(StringBuilder text, String name, String value) {
        text.append(Excerpt.text(name)).append("=\"").append(excerpt(value)).append('"');
    }

    private static String excerpt(String value) {
        String shortened = Excerpt.shortened(value, MAX_VALUE_LENGTH);
        return Excerpt.escaped(shortened.replace("\\", "\\\\").replace("\"", "\\\""));
    }
}
