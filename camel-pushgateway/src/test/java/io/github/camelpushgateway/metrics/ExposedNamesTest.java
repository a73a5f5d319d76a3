package io.github.camelpushgateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.testing.AnySnapshots;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ExposedNamesTest {

    /** The first families of the names, found without any assumption about the order of the families. */
    private static List<Boolean> isFirst(MetricSnapshots families) {
        Set<String> names = new HashSet<>();
        return families.stream()
                .map(family -> names.add(ExposedNames.nameOf(family)))
                .toList();
    }

    private static List<Boolean> isFirstByExposedNames(MetricSnapshots families) {
        ExposedNames names = new ExposedNames(families);
        List<Boolean> first = new ArrayList<>();
        for (MetricSnapshot family : families) {
            String name = ExposedNames.nameOf(family);
            MetricSnapshot other = names.add(name, family);
            if (other != null) {
                assertThat(ExposedNames.nameOf(other)).isEqualTo(name);
            }
            first.add(other == null);
        }
        return first;
    }

    @Property
    void familiesOfTheSameNameAreFound(@ForAll(supplier = AnySnapshots.class) MetricSnapshots valid) {
        assertThat(isFirstByExposedNames(valid)).isEqualTo(isFirst(valid));
    }

    @Property
    void gaugesOfTheSameNameAreFound(@ForAll("gauges") MetricSnapshots gauges) {
        assertThat(isFirstByExposedNames(gauges)).isEqualTo(isFirst(gauges));
    }

    @Provide
    Arbitrary<MetricSnapshots> gauges() {
        return Arbitraries.of("a", "a_total", "a_sum", "b", "b:c", "A")
                .map(name -> (MetricSnapshot) gauge(name))
                .list()
                .ofMaxSize(8)
                .map(MetricSnapshots::new);
    }

    @Example
    void gaugesWithTheNameOfAPartAreRejected() {
        for (String part : List.of("a_sum", "a_count")) {
            rejects(MetricSnapshots.of(
                    gauge(part), SummarySnapshot.builder().name("a").build()));
            rejects(MetricSnapshots.of(
                    gauge(part), HistogramSnapshot.builder().name("a").build()));
        }
    }

    private static void rejects(MetricSnapshots families) {
        assertThatThrownBy(() -> isFirstByExposedNames(families))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would both be exposed as");
    }

    private static GaugeSnapshot gauge(String name) {
        return new GaugeSnapshot(new MetricMetadata(name), List.of(new GaugeDataPointSnapshot(1, Labels.EMPTY, null)));
    }
}
