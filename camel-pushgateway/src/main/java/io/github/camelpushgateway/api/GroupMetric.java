package io.github.camelpushgateway.api;

import java.util.List;

/**
 * A metric that a gateway holds in one group.
 *
 * @param type {@code gauge}, {@code counter}, {@code untyped}, {@code histogram} or {@code summary}
 * @param help may be empty
 */
public record GroupMetric(String name, String type, String help, List<GroupSample> samples) {

    /** Copies the samples. */
    public GroupMetric {
        samples = List.copyOf(samples);
    }
}
