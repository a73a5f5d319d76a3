package io.github.camelpushgateway.api;

import java.util.List;

/**
 * A metric in a group of a gateway.
 *
 * @param name the name
 * @param type {@code gauge}, {@code counter}, {@code untyped}, {@code histogram} or {@code summary}
 * @param help the help text, which may be empty
 * @param samples the samples
 */
public record GroupMetric(String name, String type, String help, List<GroupSample> samples) {

    /** Copies the samples. */
    public GroupMetric {
        samples = List.copyOf(samples);
    }
}
