package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.TextFormatException;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Set;
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
     * @param help the help text of the family
     * @param familyNames the names of all families of the text
     * @throws TextFormatException if a sample is missing, or two samples contradict each other
     */
    MetricSnapshot snapshot(@Nullable String help, Set<String> familyNames);
}
