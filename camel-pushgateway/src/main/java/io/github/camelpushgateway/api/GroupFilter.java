package io.github.camelpushgateway.api;

import io.github.camelpushgateway.metrics.Excerpt;
import io.github.camelpushgateway.metrics.GlobPattern;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A filter of groups.
 *
 * @param job the pattern of the job
 * @param labels the patterns of further labels; a group must have all of them and may have others
 * @param staleAfter the minimum age of a group, or null if the age does not matter
 */
public record GroupFilter(
        GlobPattern job,
        SortedMap<String, GlobPattern> labels,
        @Nullable StaleAfter staleAfter) {

    /**
     * Validates the filter and copies the labels.
     *
     * @throws IllegalArgumentException if the job is empty
     */
    public GroupFilter {
        if (job.toString().isEmpty()) {
            throw new IllegalArgumentException("the job is empty; specify a job pattern, such as nightly-* or *");
        }
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** Returns the filter for a pattern of the job, patterns of labels, and a minimum age or null. */
    public static GroupFilter of(String job, Map<String, GlobPattern> labels, @Nullable StaleAfter staleAfter) {
        return new GroupFilter(GlobPattern.of(job), new TreeMap<>(labels), staleAfter);
    }

    /** Returns whether the filter selects all groups, whatever their labels and age. */
    public boolean isEverything() {
        return job.isUnspecific() && labels.isEmpty() && staleAfter == null;
    }

    /** Returns whether the filter selects a group. */
    public boolean selects(GatewayGroup group) {
        return matchesLabels(group) && isOldEnough(group);
    }

    /** Returns whether the labels of a group match, whatever its age. */
    public boolean matchesLabels(GatewayGroup group) {
        return job.match(group.job())
                && labels.entrySet().stream().allMatch(pattern -> {
                    String stored = group.labels().get(pattern.getKey());
                    // an escaped name stands for the stored name
                    String value = stored == null ? group.groupingKey().get(pattern.getKey()) : stored;
                    return value != null && pattern.getValue().match(value);
                });
    }

    /** Returns whether a group is old enough, whatever its labels. */
    public boolean isOldEnough(GatewayGroup group) {
        return staleAfter == null || staleAfter.isReachedBy(group);
    }

    /** Returns the part of a group that this filter needs, with as few metrics as possible. */
    public GatewayGroup relevantPart(GatewayGroup group) {
        return staleAfter == null ? group.withoutMetrics() : staleAfter.relevantPart(group);
    }

    /**
     * Returns the patterns in the notation of Prometheus labels, such as {@code {job="nightly-*"} older than PT24H}.
     */
    @Override
    public String toString() {
        return Stream.concat(Stream.of(Map.entry(GatewayGroup.JOB, job)), labels.entrySet().stream())
                .map(label -> Excerpt.escaped(label.getKey() + "=\"" + label.getValue() + '"'))
                .collect(Collectors.joining(",", "{", staleAfter == null ? "}" : "} older than " + staleAfter));
    }
}
