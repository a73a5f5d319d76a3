package io.github.camelpushgateway.testing;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot.StateSetDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** A generator of families of one type, with arbitrary values. */
enum AnyFamily {
    COUNTER {
        @Override
        MetricSnapshot of(String name, String help, List<Labels> labels, AnyValues values) {
            CounterSnapshot.Builder family =
                    CounterSnapshot.builder().name(name).help(help);
            for (Labels each : labels) {
                family.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(each)
                        .value(Math.abs(values.number()))
                        .exemplar(values.exemplar())
                        .createdTimestampMillis(values.coin() ? 0 : 1_700_000_000_123L)
                        .build());
            }
            return family.build();
        }
    },
    GAUGE {
        @Override
        MetricSnapshot of(String name, String help, List<Labels> labels, AnyValues values) {
            GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
            for (Labels each : labels) {
                family.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(each)
                        .value(values.number())
                        .build());
            }
            return family.build();
        }
    },
    UNKNOWN {
        @Override
        MetricSnapshot of(String name, String help, List<Labels> labels, AnyValues values) {
            UnknownSnapshot.Builder family =
                    UnknownSnapshot.builder().name(name).help(help);
            for (Labels each : labels) {
                family.dataPoint(UnknownDataPointSnapshot.builder()
                        .labels(each)
                        .value(values.number())
                        .build());
            }
            return family.build();
        }
    },
    CLASSIC {
        @Override
        MetricSnapshot of(String name, String help, List<Labels> labels, AnyValues values) {
            return histogram(name, help, labels, values, true, false);
        }

        @Override
        String ownLabel() {
            return "le";
        }
    },
    NATIVE {
        @Override
        MetricSnapshot of(String name, String help, List<Labels> labels, AnyValues values) {
            return histogram(name, help, labels, values, false, true);
        }

        @Override
        String ownLabel() {
            return "le";
        }
    },
    CLASSIC_AND_NATIVE {
        @Override
        MetricSnapshot of(String name, String help, List<Labels> labels, AnyValues values) {
            return histogram(name, help, labels, values, true, true);
        }

        @Override
        String ownLabel() {
            return "le";
        }
    },
    SUMMARY {
        @Override
        MetricSnapshot of(String name, String help, List<Labels> labels, AnyValues values) {
            SummarySnapshot.Builder family =
                    SummarySnapshot.builder().name(name).help(help);
            for (Labels each : labels) {
                TreeMap<Double, Quantile> quantiles = new TreeMap<>();
                for (int i = values.below(4); i > 0; i--) {
                    double quantile = values.below(1_001) / 1_000.0;
                    quantiles.put(quantile, new Quantile(quantile, values.number()));
                }
                SummaryDataPointSnapshot.Builder point = SummaryDataPointSnapshot.builder()
                        .labels(each)
                        .quantiles(Quantiles.of(List.copyOf(quantiles.values())));
                if (values.coin()) {
                    point.count(values.count());
                }
                if (values.coin()) {
                    point.sum(values.number());
                }
                family.dataPoint(point.build());
            }
            return family.build();
        }

        @Override
        String ownLabel() {
            return "quantile";
        }
    },
    INFO {
        @Override
        MetricSnapshot of(String name, String help, List<Labels> labels, AnyValues values) {
            InfoSnapshot.Builder family = InfoSnapshot.builder().name(name).help(help);
            for (Labels each : labels) {
                family.dataPoint(InfoDataPointSnapshot.builder().labels(each).build());
            }
            return family.build();
        }
    },
    STATE_SET {
        @Override
        MetricSnapshot of(String name, String help, List<Labels> labels, AnyValues values) {
            StateSetSnapshot.Builder family =
                    StateSetSnapshot.builder().name(name).help(help);
            for (Labels each : labels) {
                StateSetDataPointSnapshot.Builder point =
                        StateSetDataPointSnapshot.builder().labels(each).state("é \"\\\n", values.coin());
                for (int i = values.below(4); i > 0; i--) {
                    point.state("s" + i, values.coin());
                }
                family.dataPoint(point.build());
            }
            return family.build();
        }
    };

    abstract MetricSnapshot of(String name, String help, List<Labels> labels, AnyValues values);

    /** Returns the label that the type adds itself, or an empty string. */
    String ownLabel() {
        return "";
    }

    private static MetricSnapshot histogram(
            String name, String help, List<Labels> labels, AnyValues values, boolean classic, boolean both) {
        HistogramSnapshot.Builder family =
                HistogramSnapshot.builder().name(name).help(help);
        for (Labels each : labels) {
            HistogramDataPointSnapshot.Builder point = HistogramDataPointSnapshot.builder()
                    .labels(each)
                    .createdTimestampMillis(values.coin() ? 0 : 1_700_000_000_123L);
            if (values.coin()) {
                point.sum(values.number());
            }
            Exemplar exemplar = values.exemplar();
            if (exemplar != null) {
                point.exemplars(Exemplars.of(exemplar));
            }
            List<Long> counts = new ArrayList<>();
            for (int i = values.below(5); i >= 0; i--) {
                counts.add(values.count());
            }
            if (classic) {
                point.classicHistogramBuckets(buckets(counts, values));
            }
            if (both) {
                nativeBuckets(point, counts, values);
            }
            family.dataPoint(point.build());
        }
        return family.build();
    }

    private static ClassicHistogramBuckets buckets(List<Long> counts, AnyValues values) {
        TreeSet<Double> bounds = new TreeSet<>();
        while (bounds.size() < counts.size() - 1) {
            double bound = values.number() + 0.0; // client_java treats both zeros as one
            if (!Double.isNaN(bound) && bound != Double.POSITIVE_INFINITY) {
                bounds.add(bound);
            }
        }
        bounds.add(Double.POSITIVE_INFINITY);
        return ClassicHistogramBuckets.of(List.copyOf(bounds), counts);
    }

    /** Adds native buckets with the same total count as the classic ones, because both count the same observations. */
    private static void nativeBuckets(HistogramDataPointSnapshot.Builder point, List<Long> counts, AnyValues values) {
        point.nativeSchema(values.below(13) - 4)
                .nativeZeroThreshold(values.coin() ? 0 : 1e-10)
                .nativeZeroCount(counts.get(0));
        NativeHistogramBuckets.Builder positive = NativeHistogramBuckets.builder();
        NativeHistogramBuckets.Builder negative = NativeHistogramBuckets.builder();
        int index = values.below(200) - 100;
        for (long count : counts.subList(1, counts.size())) {
            index += 1 + values.below(5);
            (values.coin() ? positive : negative).bucket(index, count);
        }
        point.nativeBucketsForPositiveValues(positive.build()).nativeBucketsForNegativeValues(negative.build());
    }
}
