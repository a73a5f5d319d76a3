package io.github.camelpushgateway.api;

import io.github.camelpushgateway.metrics.Excerpt;
import io.github.camelpushgateway.metrics.GlobPattern;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Selects groups.
 *
 * @param job which jobs
 * @param labels which values of further labels, each of which a group must have; it may have others
 * @param staleAfter how old a group must at least be, or null if that does not matter
 */
public record GroupFilter(
        GlobPattern job,
        SortedMap<String, GlobPattern> labels,
        @Nullable Duration staleAfter) {

    /** @throws IllegalArgumentException if the job is empty, or the duration is not positive */
    public GroupFilter {
        if (job.toString().isEmpty()) {
            throw new IllegalArgumentException("the job is empty; give a pattern of jobs, such as nightly-* or *");
        }
        if (staleAfter != null && (staleAfter.isZero() || staleAfter.isNegative())) {
            throw new IllegalArgumentException("staleAfter is " + staleAfter.toMillis()
                    + " ms; give how old a group must be, such as 24h, or leave it out if its age does not matter");
        }
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** Returns the filter of that pattern of jobs, and those of labels. */
    public static GroupFilter of(String job, Map<String, GlobPattern> labels, @Nullable Duration staleAfter) {
        return new GroupFilter(GlobPattern.of(job), new TreeMap<>(labels), staleAfter);
    }

    /** Tells whether it selects all groups there are, whatever they are called and however old they are. */
    public boolean isEverything() {
        return job.isUnspecific() && labels.isEmpty() && staleAfter == null;
    }

    /** Tells whether a group is selected. */
    public boolean selects(GatewayGroup group) {
        return names(group) && isOldEnough(group);
    }

    /** Tells whether a group would be selected if it were old enough. */
    public boolean names(GatewayGroup group) {
        return job.match(group.job())
                && labels.entrySet().stream().allMatch(wanted -> {
                    String stored = group.labels().get(wanted.getKey());
                    // a name that is given in disguise is meant as it is stored
                    String value = stored == null ? group.groupingKey().get(wanted.getKey()) : stored;
                    return value != null && wanted.getValue().match(value);
                });
    }

    /** Tells whether a group would be selected if its labels matched. */
    public boolean isOldEnough(GatewayGroup group) {
        return staleAfter == null || group.age() >= staleAfter.toMillis() / 1e3;
    }

    /** Returns the patterns as Prometheus writes labels, such as {@code {job="nightly-*"} older than PT24H}. */
    @Override
    public String toString() {
        return Stream.concat(Stream.of(Map.entry(GatewayGroup.JOB, job)), labels.entrySet().stream())
                .map(label -> Excerpt.escaped(label.getKey() + "=\"" + label.getValue() + '"'))
                .collect(Collectors.joining(",", "{", staleAfter == null ? "}" : "} older than " + staleAfter));
    }
}
