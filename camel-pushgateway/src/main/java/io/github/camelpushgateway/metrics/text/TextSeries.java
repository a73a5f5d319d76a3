package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.TextFormatException;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The samples of one family, grouped as its type requires. */
interface TextSeries {

    /**
     * Adds a sample.
     *
     * @throws TextFormatException if a family of this type cannot contain the sample
     */
    void add(TextSample sample);

    /** Returns whether the family's name with the suffix denotes a part of the family. */
    boolean hasPart(String suffix);

    /**
     * Returns the added samples. At least one sample must have been added.
     *
     * @param exposedName the name of the family, escaped if names are escaped
     * @param help the help text of the family
     * @param exposedNames the names of all families of the text, in the same form
     * @throws TextFormatException if a sample is missing, or two samples contradict each other
     */
    MetricSnapshot snapshot(String exposedName, @Nullable String help, Collection<String> exposedNames);
}
