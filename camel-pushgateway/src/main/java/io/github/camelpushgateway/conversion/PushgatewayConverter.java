package io.github.camelpushgateway.conversion;

import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.apache.camel.Converter;
import org.apache.camel.Exchange;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/**
 * Type converters from metrics of client_java and from text to the form in which metrics are pushed. A route can use
 * them to inspect metrics before a push: {@code convertBodyTo(MetricSnapshots.class)}. A text is in the text format
 * or JSON. If a text is invalid, Camel's exception repeats the text; the exception of a push does not.
 */
@Converter(generateLoader = true)
public final class PushgatewayConverter {

    private PushgatewayConverter() {}

    /** Returns a snapshot with this metric only. */
    @Converter
    public static MetricSnapshots toMetricSnapshots(MetricSnapshot metric) {
        return MetricSnapshots.of(metric);
    }

    /** Returns the current metrics of the collector. */
    @Converter
    public static MetricSnapshots toMetricSnapshots(Collector collector) {
        return MetricSnapshots.of(collector.collect());
    }

    /** Returns the current metrics of the collector. */
    @Converter
    public static MetricSnapshots toMetricSnapshots(MultiCollector collector) {
        return collector.collect();
    }

    /** Returns the current metrics of all collectors of the registry. */
    @Converter
    public static MetricSnapshots toMetricSnapshots(PrometheusRegistry registry) {
        return registry.scrape();
    }

    /** Returns the metrics of a text. */
    @Converter
    public static MetricSnapshots toMetricSnapshots(String text, @Nullable Exchange exchange) throws IOException {
        return read(text, exchange);
    }

    /** Returns the metrics of a text in bytes. */
    @Converter
    public static MetricSnapshots toMetricSnapshots(byte[] text, @Nullable Exchange exchange) throws IOException {
        return read(text, exchange);
    }

    /** Returns the metrics of a text in a stream. The stream is read to its end and not closed. */
    @Converter
    public static MetricSnapshots toMetricSnapshots(InputStream text, @Nullable Exchange exchange) throws IOException {
        return read(text, exchange);
    }

    /** Returns the metrics of a text. The reader is read to its end and not closed. */
    @Converter
    public static MetricSnapshots toMetricSnapshots(Reader text, @Nullable Exchange exchange) throws IOException {
        return read(text, exchange);
    }

    /** Returns the metrics of a text file. */
    @Converter
    public static MetricSnapshots toMetricSnapshots(File text, @Nullable Exchange exchange) throws IOException {
        return read(text, exchange);
    }

    /** Returns the metrics of a text file. */
    @Converter
    public static MetricSnapshots toMetricSnapshots(Path text, @Nullable Exchange exchange) throws IOException {
        return read(text, exchange);
    }

    /** Returns the metrics of a text file from one of Camel's file components. */
    @Converter
    public static MetricSnapshots toMetricSnapshots(WrappedFile<?> text, @Nullable Exchange exchange)
            throws IOException {
        return read(text, exchange);
    }

    private static MetricSnapshots read(Object text, @Nullable Exchange exchange) throws IOException {
        Object content = TextBody.read(text, exchange);
        if (content instanceof MetricSnapshots metrics) {
            return metrics;
        }
        MetricsBuilder described = new MetricsBuilder(Map.of());
        if (content instanceof Map<?, ?> map) {
            described.map(map);
        } else {
            described.maps((Collection<?>) content);
        }
        return described.build();
    }
}
