package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.TextFormatException;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The samples of one family, put together as its type asks for. */
interface TextSeries {

    /**
     * Adds a sample.
     *
     * @throws TextFormatException if it has no place in a family of this type
     */
    void add(TextSample sample);

    /** Tells whether the family's name with that ending names a part of it. */
    boolean hasPart(String ending);

    /**
     * Returns what was added, which is not nothing.
     *
     * @param help that of the family
     * @param names those of all families of the text
     * @throws TextFormatException if something is missing, or two samples contradict each other
     */
    MetricSnapshot snapshot(@Nullable String help, Set<String> names);
}
