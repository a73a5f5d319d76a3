package io.github.camelpushgateway;

import io.github.camelpushgateway.metrics.MetricFilter;
import io.github.camelpushgateway.metrics.MetricValue;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Finds the metrics in a body: what its type says that it is, it is. */
final class BodyBinding {

    private static final String ACCEPTED = "a Map, a List of Maps with name and value, metrics of client_java"
            + " (MetricSnapshots, MetricSnapshot, Collector, MultiCollector, PrometheusRegistry) or Micrometer"
            + " (PrometheusMeterRegistry), or the text format (String, byte[], InputStream, Reader, File, Path)";

    private final MetricFilter filter;

    /** @param filter what is kept of metrics that come as they are */
    BodyBinding(MetricFilter filter) {
        this.filter = filter;
    }

    /** @throws IllegalArgumentException if there can be no metrics in a body of that type, or if they are broken */
    void read(Message message, MetricsBuilder metrics) throws IOException {
        Object body = message.getBody();
        if (body instanceof Map<?, ?> map) {
            metrics.map(map);
        } else if (body instanceof Collection<?> maps) {
            metrics.maps(maps);
        } else if (body != null) {
            metrics.snapshots(filter.keep(snapshots(body, message.getExchange())));
        }
    }

    private static MetricSnapshots snapshots(Object body, Exchange exchange) throws IOException {
        if (MetricValue.of(body).isPresent()) {
            throw new IllegalArgumentException("the body is a single value of type "
                    + body.getClass().getName() + ", and nothing says of which metric; name it by metricName");
        }
        if (TextBody.isText(body)) {
            return TextBody.read(body, exchange);
        }
        MetricSnapshots snapshots = Conversions.convert(MetricSnapshots.class, exchange, "the body", body);
        if (snapshots == null) {
            throw new IllegalArgumentException(
                    "the body is of type " + body.getClass().getName() + ", in which no metrics can be found; give "
                            + ACCEPTED + ", or name the metric of which the body is the value by metricName");
        }
        return snapshots;
    }
}
