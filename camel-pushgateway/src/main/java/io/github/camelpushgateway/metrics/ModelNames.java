package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.MetricMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What client_java calls a metric. Up to its version 1.5, which Spring Boot 3.5 brings, no name in its model ends as one of its types
 * does, such as {@code _total}: what is shown under such a name has one without it, or cannot be there. Newer ones keep
 * what is given.
 */
public final class ModelNames {

    private static final String TOTAL = "_total";
    private static final boolean KEEP_THEIR_ENDING = keepTheirEnding();

    private ModelNames() {}

    private static boolean keepTheirEnding() {
        try {
            new MetricMetadata("any").getExpositionBaseName();
            return true;
        } catch (NoSuchMethodError e) {
            return false;
        }
    }

    /** Returns the name that was given to the model, from which its writers make the one that is shown. */
    public static String given(MetricMetadata metadata) {
        return KEEP_THEIR_ENDING ? metadata.getExpositionBaseName() : metadata.getName();
    }

    /**
     * Returns the name to give to a counter that is shown under a name that ends in {@code _total}.
     *
     * @throws IllegalArgumentException if the model of the application's client_java has no such names
     */
    static String ofCounter(String shown) {
        return KEEP_THEIR_ENDING
                ? shown
                : asItIs(shown.substring(0, shown.length() - TOTAL.length()), null)
                        .getName();
    }

    /**
     * Checks the name of what is shown under it as it is.
     *
     * @throws IllegalArgumentException as {@link #asItIs} does
     */
    static void check(String shown) {
        if (!KEEP_THEIR_ENDING) {
            asItIs(shown, null);
        }
    }

    /**
     * Returns the metadata of what is shown under this name as it is.
     *
     * @throws IllegalArgumentException if the model of the application's client_java has no such names
     */
    public static MetricMetadata asItIs(String shown, @Nullable String help) {
        try {
            return new MetricMetadata(shown, help);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    Excerpt.message("the name '" + shown
                            + "' ends in what client_java adds to names by itself, and the one of this application, which is older"
                            + " than 1.6, takes no such name; use a newer one (in Spring Boot by the property"
                            + " prometheus-client.version), or rename the metric, or, if it is a counter, say so"),
                    e);
        }
    }
}
