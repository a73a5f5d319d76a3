package io.github.camelpushgateway;

import io.github.camelpushgateway.metrics.LabelPairs;
import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.support.PatternHelper;
import org.jspecify.annotations.Nullable;

/** Finds the metrics in a message: the one that options and headers name, or those in the body; and those in headers. */
final class MetricsBinding {

    private static final String NOW = "now";
    private static final String CAMEL = "Camel";
    private static final String ACCEPTED = "a Map, a List of Maps with name and value, or metrics of client_java"
            + " (MetricSnapshots, MetricSnapshot, Collector, MultiCollector, PrometheusRegistry)";

    private final PushgatewayConfiguration configuration;
    private final String[] gaugeHeaders;
    private final String[] camelGaugeHeaders;

    MetricsBinding(PushgatewayConfiguration configuration) {
        this.configuration = configuration;
        String patterns = configuration.getGaugeHeaders();
        gaugeHeaders = patterns == null || patterns.isBlank()
                ? new String[0]
                : patterns.strip().split("\\s*,\\s*");
        camelGaugeHeaders = Arrays.stream(gaugeHeaders)
                .filter(pattern -> pattern.startsWith(CAMEL))
                .toArray(String[]::new);
    }

    /** @param arrived what {@code now} means */
    MetricSnapshots read(Message message, Instant arrived) {
        MetricsBuilder metrics = new MetricsBuilder(labels(message));
        String name =
                text(message.getHeader(PushgatewayConstants.METRIC_NAME, String.class), configuration.getMetricName());
        Object value = message.getHeader(PushgatewayConstants.METRIC_VALUE);
        if (value == null) {
            value = configuration.getMetricValue();
        }
        if (name != null) {
            readOne(message, name, value, arrived, metrics);
        } else if (value != null) {
            throw new IllegalArgumentException(
                    "there is a metricValue, but nothing says of which metric; give metricName");
        } else {
            readBody(message, metrics);
        }
        readHeaders(message, metrics);
        return metrics.build();
    }

    /** Fails if what the options say of the metric and its labels cannot be meant. */
    void checkOptions() {
        String name = configuration.getMetricName();
        String value = configuration.getMetricValue();
        new MetricsBuilder(LabelPairs.read(configuration.getLabels()))
                .metric(
                        name == null ? "metric" : name,
                        configuration.getMetricType(),
                        configuration.getMetricHelp(),
                        value == null || isNow(value) ? 0 : value);
    }

    private static boolean isNow(Object value) {
        return NOW.equalsIgnoreCase(value.toString().strip());
    }

    private Map<String, String> labels(Message message) {
        Map<String, String> labels = new LinkedHashMap<>(LabelPairs.read(configuration.getLabels()));
        labels.putAll(LabelPairs.read(message.getHeader(PushgatewayConstants.LABELS)));
        return labels;
    }

    private void readOne(
            Message message, String name, @Nullable Object value, Instant arrived, MetricsBuilder metrics) {
        String type =
                text(message.getHeader(PushgatewayConstants.METRIC_TYPE, String.class), configuration.getMetricType());
        String help =
                text(message.getHeader(PushgatewayConstants.METRIC_HELP, String.class), configuration.getMetricHelp());
        if (value == null) {
            value = message.getBody();
        } else if (isNow(value)) {
            value = arrived.getEpochSecond();
        }
        metrics.metric(name, type == null ? MetricType.GAUGE : MetricType.parse(type), help, value);
    }

    private static void readBody(Message message, MetricsBuilder metrics) {
        Object body = message.getBody();
        if (body instanceof Map<?, ?> map) {
            metrics.map(map);
        } else if (body instanceof Collection<?> maps) {
            metrics.maps(maps);
        } else if (body != null && !"".equals(body)) {
            MetricSnapshots snapshots = message.getBody(MetricSnapshots.class);
            if (snapshots == null) {
                throw new IllegalArgumentException(
                        "the body is of type " + body.getClass().getName()
                                + ", in which no metrics can be found; give " + ACCEPTED
                                + ", or name the metric of which the body is the value by metricName");
            }
            metrics.snapshots(snapshots);
        }
    }

    private void readHeaders(Message message, MetricsBuilder metrics) {
        if (gaugeHeaders.length > 0) {
            message.getHeaders().forEach((name, value) -> {
                if (PatternHelper.matchPatterns(name, name.startsWith(CAMEL) ? camelGaugeHeaders : gaugeHeaders)) {
                    metrics.gaugeIfNumeric(name, value);
                }
            });
        }
    }

    private static @Nullable String text(@Nullable Object header, @Nullable Object option) {
        Object chosen = header == null ? option : header;
        return chosen == null ? null : chosen.toString();
    }
}
