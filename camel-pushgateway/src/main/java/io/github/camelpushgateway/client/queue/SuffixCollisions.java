package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.github.camelpushgateway.metrics.NameCodec;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A detector of pending pushes that a gateway may refuse because of other metrics in the same group. A gateway refuses
 * {@code x_count} if a histogram {@code x} exists, also within one group. So whether a push of one is accepted depends
 * on earlier pushes of the other and on earlier deletions.
 */
final class SuffixCollisions {

    private static final List<String> SUFFIXES = List.of("_count", "_sum", "_bucket");

    private final Set<String> names = new HashSet<>();

    /** The names without their suffix. */
    private final Set<String> bases = new HashSet<>();

    private boolean isEmpty = true;

    private boolean collide;
    private boolean haveSuffixes;
    private boolean replace;
    private boolean add;

    /** Adds a pending request. */
    void add(PushRequest request) {
        isEmpty = false;
        switch (request.operation()) {
            case PUSH, DELETE -> replace = true;
            case PUSHADD, REPORT, ACCUMULATE -> add = true;
        }
        List<String> ownNames = new ArrayList<>();
        List<String> ownBases = new ArrayList<>();
        for (MetricSnapshot family : request.snapshots()) {
            add(family, ownNames, ownBases);
        }
        for (MetricSnapshot family : request.increments()) {
            add(family, ownNames, ownBases);
        }
        names.addAll(ownNames);
        bases.addAll(ownBases);
    }

    private void add(MetricSnapshot family, List<String> ownNames, List<String> ownBases) {
        String name = ExposedNames.nameOf(family);
        String base = base(name);
        collide |= bases.contains(name) || (base != null && names.contains(base));
        haveSuffixes |= base != null || family instanceof HistogramSnapshot || family instanceof SummarySnapshot;
        ownNames.add(name);
        if (base != null) {
            ownBases.add(base);
        }
    }

    /** Returns whether no request was added. */
    boolean isEmpty() {
        return isEmpty;
    }

    /** Returns whether the outcome of a pending push may depend on earlier pending pushes. */
    boolean arePossible() {
        return collide || (haveSuffixes && replace && add);
    }

    private static @Nullable String base(String name) {
        for (String suffix : SUFFIXES) {
            if (name.endsWith(suffix)) {
                // the name of another metric with a UTF-8 name may have two underscores instead of the one of a suffix
                int end = name.length() - suffix.length();
                boolean isEscaped = name.startsWith(NameCodec.PREFIX) && name.charAt(end - 1) == '_';
                return name.substring(0, isEscaped ? end - 1 : end);
            }
        }
        return null;
    }
}
