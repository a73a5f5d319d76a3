package io.github.camelpushgateway.testing;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/**
 * A generator of metrics of all types that are valid in one push. Their names often collide or look like those of
 * another type. Texts and numbers are arbitrary.
 */
public final class AnySnapshots implements ArbitrarySupplier<MetricSnapshots> {

    private static final GroupingKey KEY = GroupingKey.of("round trip");

    private static final List<String> LABELS = List.of("l", "le", "quantile", "instance", "A_9", "x".repeat(100));

    @Override
    public Arbitrary<MetricSnapshots> get() {
        return Arbitraries.of(AnyFamily.values())
                .flatMap(AnySnapshots::family)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(AnySnapshots::validTogether);
    }

    /** Keeps only the families that are valid together with the earlier ones. */
    private static MetricSnapshots validTogether(List<MetricSnapshot> families) {
        MetricSnapshots kept = new MetricSnapshots();
        for (MetricSnapshot family : families) {
            List<MetricSnapshot> more = new ArrayList<>(kept.stream().toList());
            more.add(family);
            try {
                MetricSnapshots all = new MetricSnapshots(more);
                PushRequest valid = new PushRequest(PushOperation.PUSH, KEY, all);
                if (valid.snapshots().size() > 0) {
                    kept = all; // not merged: several may have the same name
                }
            } catch (IllegalArgumentException e) {
                // invalid together with the others
            }
        }
        return kept;
    }

    private static Arbitrary<MetricSnapshot> family(AnyFamily type) {
        Arbitrary<String> names = Combinators.combine(
                        Arbitraries.of("rt", "rt:x", "RT_9"),
                        Arbitraries.of("", "_total", "_info", "_bucket", "_count", "_sum", "_created", "_total_total"))
                .as(String::concat);
        // few, so that two families of one name sometimes have the same one
        Arbitrary<String> helps = Arbitraries.oneOf(Arbitraries.of("h", ""), AnyText.any());
        Arbitrary<Random> values = Arbitraries.longs().map(Random::new);
        return Combinators.combine(names, helps, labels(type), values)
                .as((name, help, labels, random) -> type.of(name, help, labels, new AnyValues(random)));
    }

    private static Arbitrary<List<Labels>> labels(AnyFamily type) {
        List<String> legal =
                LABELS.stream().filter(name -> !name.equals(type.ownLabel())).toList();
        return Arbitraries.subsetOf(legal)
                .ofMaxSize(3)
                .flatMap(names -> AnyText.any()
                        .list()
                        .ofSize(names.size())
                        .map(values -> Labels.of(List.copyOf(names), values))
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(names.isEmpty() ? 1 : 3)
                        .uniqueElements());
    }
}
