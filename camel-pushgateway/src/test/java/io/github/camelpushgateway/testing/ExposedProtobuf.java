package io.github.camelpushgateway.testing;

import io.prometheus.metrics.expositionformats.generated.Metrics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A family as a gateway exposes it in protobuf, which includes exemplars, native buckets and both zeros. */
@SuppressWarnings("NonCanonicalType") // the canonical name contains the version of protobuf
public record ExposedProtobuf(Metrics.MetricType type, String help, Set<Metrics.Metric> metrics) {

    /** Returns the families by name, with only the series of the job, without the metrics that a gateway adds. */
    public static Map<String, ExposedProtobuf> scrape(String url, String job) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url + "/metrics").toURL().openConnection();
        connection.setRequestProperty(
                "Accept", "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited");
        try (InputStream in = connection.getInputStream()) {
            Map<String, ExposedProtobuf> families = read(in, List.of());
            families.values().forEach(family -> family.metrics.removeIf(metric -> !isOf(metric, job)));
            families.values().removeIf(family -> family.metrics.isEmpty());
            families.remove("push_time_seconds");
            families.remove("push_failure_time_seconds");
            return families;
        }
    }

    /** Returns the expected exposition of a push to a group without labels other than the job. */
    public static Map<String, ExposedProtobuf> of(byte[] pushed, String job) throws IOException {
        return read(new ByteArrayInputStream(pushed), List.of(label("job", job), label("instance", "")));
    }

    private static Map<String, ExposedProtobuf> read(InputStream in, List<Metrics.LabelPair> added) throws IOException {
        Map<String, ExposedProtobuf> families = new TreeMap<>();
        for (Metrics.MetricFamily family = Metrics.MetricFamily.parseDelimitedFrom(in);
                family != null;
                family = Metrics.MetricFamily.parseDelimitedFrom(in)) {
            Set<Metrics.Metric> metrics = family.getMetricList().stream()
                    .map(metric -> sorted(metric, added))
                    .collect(Collectors.toSet());
            families.put(family.getName(), new ExposedProtobuf(family.getType(), family.getHelp(), metrics));
        }
        return families;
    }

    private static Metrics.Metric sorted(Metrics.Metric metric, List<Metrics.LabelPair> added) {
        List<Metrics.LabelPair> labels = new ArrayList<>(metric.getLabelList());
        added.stream()
                .filter(more ->
                        labels.stream().noneMatch(label -> label.getName().equals(more.getName())))
                .toList()
                .forEach(labels::add);
        labels.sort(Comparator.comparing(Metrics.LabelPair::getName));
        return metric.toBuilder().clearLabel().addAllLabel(labels).build();
    }

    private static boolean isOf(Metrics.Metric metric, String job) {
        return metric.getLabelList().contains(label("job", job));
    }

    private static Metrics.LabelPair label(String name, String value) {
        return Metrics.LabelPair.newBuilder().setName(name).setValue(value).build();
    }
}
