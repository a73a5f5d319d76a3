package io.github.camelpushgateway.testing;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Random pushes and deletes of one group. Other groups contain metrics that some of them contradict: by a type, by a
 * series, or by a name that a suffix of another metric produces.
 */
public final class PushSequences {

    public static final GroupingKey GROUP = GroupingKey.of("sequence");

    private static final int MAX_LENGTH = 14;
    private static final List<String> NAMES = List.of("seq_a", "seq_b", "seq_b_count", "seq_c", "seq_d_total");

    private PushSequences() {}

    /** Returns the pushes to the other groups, to be sent first. A gateway accepts each of them. */
    public static List<PushRequest> others() {
        return List.of(
                new PushRequest(
                        PushOperation.PUSH,
                        GroupingKey.of("other"),
                        MetricSnapshots.of(gauge("seq_a", 1, Labels.EMPTY), gauge("seq_c", 1, Labels.EMPTY))),
                new PushRequest(
                        PushOperation.PUSH,
                        GroupingKey.of("sequence", Map.of("instance", "1")),
                        MetricSnapshots.of(gauge("seq_a", 1, Labels.EMPTY), gauge("seq_c", 1, Labels.of("l", "2")))));
    }

    /** Returns a sequence of at most {@value #MAX_LENGTH} requests. The values in it differ. */
    public static List<PushRequest> any(Random random) {
        List<PushRequest> sequence = new ArrayList<>();
        boolean withSuffixes = random.nextInt(4) == 0;
        for (int i = 2 + random.nextInt(MAX_LENGTH - 1); i > 0; i--) {
            sequence.add(request(random, withSuffixes, sequence.size() + 1));
        }
        return sequence;
    }

    private static PushRequest request(Random random, boolean withSuffixes, int number) {
        int kind = random.nextInt(20);
        if (kind == 0) {
            return PushRequest.delete(GROUP);
        }
        PushOperation operation =
                kind < 5 ? PushOperation.PUSH : kind < 18 ? PushOperation.PUSHADD : PushOperation.REPORT;
        Set<String> names = new HashSet<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            if (withSuffixes || !name.endsWith("_count")) {
                names.add(name);
            }
        }
        if (random.nextInt(20) == 0) {
            names.clear();
        }
        List<MetricSnapshot> families = new ArrayList<>();
        for (String name : names) {
            families.add(family(random, withSuffixes, name, number));
        }
        try {
            return new PushRequest(operation, GROUP, new MetricSnapshots(families));
        } catch (IllegalArgumentException e) {
            return request(random, withSuffixes, number); // these metrics collide with each other
        }
    }

    private static MetricSnapshot family(Random random, boolean withSuffixes, String name, int number) {
        Labels[] labels = labels(random);
        if (name.endsWith("_total")) {
            return random.nextInt(5) == 0 ? gauge(name, number, labels) : counter(name, number, labels);
        }
        return switch (random.nextInt(withSuffixes ? 4 : 8)) {
            case 0 -> withSuffixes ? histogram(name, number, labels) : untyped(name, number, labels);
            case 1 -> withSuffixes ? summary(name, number, labels) : gauge(name, number, labels);
            default -> gauge(name, number, labels);
        };
    }

    private static Labels[] labels(Random random) {
        List<Labels> labels = List.of(
                Labels.EMPTY, Labels.of("l", "1"), Labels.of("instance", "1"), Labels.of("instance", "1", "l", "2"));
        int first = random.nextInt(3) == 0 ? random.nextInt(labels.size()) : 0;
        int size = random.nextInt(3) == 0 ? random.nextInt(labels.size()) : 0;
        return labels.subList(first, Math.min(labels.size(), first + 1 + size)).toArray(Labels[]::new);
    }

    private static MetricSnapshot gauge(String name, int number, Labels... labels) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name);
        Arrays.stream(labels)
                .forEach(each -> family.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(each)
                        .value(number)
                        .build()));
        return family.build();
    }

    private static MetricSnapshot untyped(String name, int number, Labels... labels) {
        UnknownSnapshot.Builder family = UnknownSnapshot.builder().name(name);
        Arrays.stream(labels)
                .forEach(each -> family.dataPoint(UnknownDataPointSnapshot.builder()
                        .labels(each)
                        .value(number)
                        .build()));
        return family.build();
    }

    private static MetricSnapshot counter(String name, int number, Labels... labels) {
        CounterSnapshot.Builder family = CounterSnapshot.builder().name(name);
        Arrays.stream(labels)
                .forEach(each -> family.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(each)
                        .value(number)
                        .build()));
        return family.build();
    }

    private static MetricSnapshot summary(String name, int number, Labels... labels) {
        SummarySnapshot.Builder family = SummarySnapshot.builder().name(name);
        Arrays.stream(labels)
                .forEach(each -> family.dataPoint(SummaryDataPointSnapshot.builder()
                        .labels(each)
                        .count(number)
                        .sum(number)
                        .build()));
        return family.build();
    }

    private static MetricSnapshot histogram(String name, int number, Labels... labels) {
        HistogramSnapshot.Builder family = HistogramSnapshot.builder().name(name);
        Arrays.stream(labels)
                .forEach(each -> family.dataPoint(HistogramDataPointSnapshot.builder()
                        .labels(each)
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(
                                List.of(number * 1.0, Double.POSITIVE_INFINITY), List.of(1L, (long) number)))
                        .sum(number)
                        .build()));
        return family.build();
    }

    /** Returns a line for each request, with the response that is expected. */
    public static String describe(List<PushRequest> sequence, List<Boolean> expected) {
        List<String> lines = new ArrayList<>();
        IntStream.range(0, sequence.size())
                .forEach(i -> lines.add((expected.get(i) ? "accepted " : "refused ")
                        + sequence.get(i).operation()
                        + ' '
                        + sequence.get(i).snapshots().stream()
                                .map(family -> ExposedNames.nameOf(family)
                                        + ' '
                                        + ExposedNames.typeOf(family)
                                        + family.getDataPoints().stream()
                                                .map(point -> point.getLabels().toString())
                                                .toList())
                                .toList()));
        return String.join("\n", lines);
    }
}
