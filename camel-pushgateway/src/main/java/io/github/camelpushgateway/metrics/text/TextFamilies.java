package io.github.camelpushgateway.metrics.text;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The families of a text by name. Their lines may stand in any order. */
final class TextFamilies {

    private final Map<String, TextFamily> families = new LinkedHashMap<>();

    /**
     * Returns the family to which lines of that name belong: the one that is called so, or else a summary or histogram of
     * which that is a part.
     */
    TextFamily of(String name) {
        TextFamily named = families.get(name);
        if (named != null) {
            return named;
        }
        int suffix = name.lastIndexOf('_');
        if (suffix > 0) {
            TextFamily whole = families.get(name.substring(0, suffix));
            if (whole != null && whole.hasPart(name.substring(suffix))) {
                return whole;
            }
        }
        TextFamily created = new TextFamily(name);
        families.put(name, created);
        return created;
    }

    MetricSnapshots snapshots() {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        for (TextFamily family : families.values()) {
            if (!family.isEmpty()) {
                snapshots.add(family.snapshot(families.keySet()));
            }
        }
        return new MetricSnapshots(snapshots);
    }
}
