package io.github.camelpushgateway.conversion;

import io.github.camelpushgateway.metrics.MetricFilter;
import io.github.camelpushgateway.metrics.MetricValue;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binding of the metrics in a message body. The type of the body determines how they are read. */
public final class BodyBinding {

    private static final Logger LOG = LoggerFactory.getLogger(BodyBinding.class);

    private static final String ACCEPTED = "a Map, a List of Maps with name and value, a type of client_java"
            + " (MetricSnapshots, MetricSnapshot, Collector, MultiCollector, PrometheusRegistry), Micrometer's"
            + " PrometheusMeterRegistry, text format or JSON (String, byte[], InputStream, Reader, File, Path)";

    private final MetricFilter filter;

    /**
     * Creates a binding.
     *
     * @param filter selects the metrics of client_java, Micrometer and text format to send. It does not apply to maps and
     *     JSON
     */
    public BodyBinding(MetricFilter filter) {
        this.filter = filter;
    }

    /**
     * Reads the metrics of a body of any supported type. A null body has none.
     *
     * @throws IllegalArgumentException if the type of the body is not supported, or the metrics are invalid
     */
    public void read(Message message, MetricsBuilder metrics) throws IOException {
        Object body = message.getBody();
        if (body == null) {
            return;
        }
        if (!readByType(body, message, metrics)) {
            if (MetricValue.of(body).isPresent()) {
                throw missingMetricName(body);
            }
            if (!TextSource.isText(body)) {
                throw new IllegalArgumentException("the body is of type "
                        + body.getClass().getName() + ", which contains no metrics" + MicrometerKind.advice(body)
                        + "; use "
                        + ACCEPTED + ", or set metricName if the body is the value of a metric");
            }
            readText(body, message, metrics);
        }
    }

    /**
     * Reads a body whose type is for metrics: a map, a list of maps, or a type of client_java or Micrometer. Ignores any
     * other body, such as text or a single value.
     */
    public void readMetricsOnly(Message message, MetricsBuilder metrics) throws IOException {
        Object body = message.getBody();
        boolean metricsByType = body != null
                && !(body instanceof Collection<?> list && !MetricsBuilder.describesMetrics(list))
                && readByType(body, message, metrics);
        if (body != null && !metricsByType) {
            LOG.debug(
                    "The body of type {} is ignored because the option gaugeHeaders is set",
                    body.getClass().getName());
        }
    }

    private boolean readByType(Object body, Message message, MetricsBuilder metrics) throws IOException {
        if (body instanceof Map<?, ?> || body instanceof Collection<?>) {
            readMaps(body, message, metrics);
            return true;
        }
        if (MetricValue.of(body).isPresent() || TextSource.isText(body)) {
            return false;
        }
        MetricSnapshots snapshots = SnapshotConversion.convert(message.getExchange(), "the body", body);
        if (snapshots == null) {
            return false;
        }
        metrics.snapshots(filter.keep(snapshots));
        return true;
    }

    private static void readMaps(Object content, Message message, MetricsBuilder metrics) throws IOException {
        if (content instanceof Map<?, ?> map) {
            metrics.map(ValueConversion.map(map, message));
            return;
        }
        List<Object> maps = new ArrayList<>();
        for (Object element : (Collection<?>) content) {
            maps.add(element instanceof Map<?, ?> map ? ValueConversion.map(map, message) : element);
        }
        metrics.maps(maps);
    }

    private void readText(Object body, Message message, MetricsBuilder metrics) throws IOException {
        Object content;
        try {
            content = TextBody.read(body, message.getExchange(), metrics.names());
        } catch (IllegalArgumentException e) {
            throw isNumber(body, message) ? missingMetricName(body) : e;
        }
        if (content instanceof MetricSnapshots snapshots) {
            metrics.exposed(filter.keep(snapshots, metrics.names()));
        } else {
            readMaps(content, message, metrics);
        }
    }

    /**
     * Returns whether the body is a single number. Returns false for a stream without a cache, because its content has
     * already been read.
     */
    private static boolean isNumber(Object body, Message message) throws IOException {
        boolean consumed = (body instanceof InputStream || body instanceof Reader) && !(body instanceof StreamCache);
        try {
            return !consumed
                    && MetricValue.of(ValueConversion.text("the body", body, message))
                            .isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static IllegalArgumentException missingMetricName(Object body) {
        return new IllegalArgumentException("the body is a single value of type "
                + body.getClass().getName() + ", but metricName is not set; set metricName");
    }
}
