package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.MetricMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Rules for metric names in the model of client_java. Up to version 1.5, which Spring Boot 3.5 includes, no name in the model may end
 * with the suffix of a type, such as {@code _total}. A metric with such an exposed name has a name without the suffix in the model, or
 * cannot be represented. Later versions keep the original name.
 */
public final class ModelNames {

    private static final boolean KEEPS_SUFFIX = keepsSuffix();

    private ModelNames() {}

    private static boolean keepsSuffix() {
        try {
            new MetricMetadata("any").getExpositionBaseName();
            return true;
        } catch (NoSuchMethodError e) {
            return false;
        }
    }

    /** Returns the name with which the metadata was created. The writers of client_java derive the exposed name from it. */
    public static String original(MetricMetadata metadata) {
        return KEEPS_SUFFIX ? metadata.getExpositionBaseName() : metadata.getName();
    }

    /**
     * Returns the model's name for a counter whose exposed name ends with {@code _total}.
     *
     * @throws IllegalArgumentException if the application's version of client_java cannot represent the name
     */
    public static String ofCounter(String exposed) {
        return KEEPS_SUFFIX
                ? exposed
                : metadata(NameSuffix.TOTAL.remove(exposed), null).getName();
    }

    /**
     * Validates the name of a metric that is exposed under exactly this name.
     *
     * @throws IllegalArgumentException as {@link #metadata} does
     */
    static void validate(String exposed) {
        if (!KEEPS_SUFFIX) {
            metadata(exposed, null);
        }
    }

    /**
     * Returns the metadata of a metric that is exposed under exactly this name.
     *
     * @throws IllegalArgumentException if the application's version of client_java cannot represent the name
     */
    public static MetricMetadata metadata(String exposed, @Nullable String help) {
        try {
            return new MetricMetadata(exposed, help);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    Excerpt.message("the name '" + exposed + "' ends with a suffix that client_java appends to"
                            + " names, and the client_java of this application, which is older than 1.6, does not support"
                            + " such names; use a newer version (in Spring Boot with the property"
                            + " prometheus-client.version), rename the metric, or, if it is a counter, set its type to"
                            + " counter"),
                    e);
        }
    }
}
