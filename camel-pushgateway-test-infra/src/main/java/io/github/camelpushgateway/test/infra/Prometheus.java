package io.github.camelpushgateway.test.infra;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Running Prometheus with access to its query API. Close it when it is no longer needed.
 *
 * <p>It is a container of {@code prom/prometheus}, which shares the network of the host, or otherwise the program
 * {@code prometheus-3} (or {@code prometheus-2}) or {@code prometheus} on the PATH. If the system property {@code
 * pushgateway.prefer} is {@code program}, the program is preferred. It listens on a free port of the loopback
 * address. Its data is deleted when it is closed. One log line at INFO reports the source.
 */
public final class Prometheus implements AutoCloseable {

    static final String CONFIG = "prometheus.yml";

    private static final Logger LOG = LoggerFactory.getLogger(Prometheus.class);

    private final String url;
    private final String source;
    private final PrometheusReader reader;
    private final Runnable end;

    Prometheus(String url, String source, Runnable end) {
        this.url = url;
        this.source = source;
        this.end = end;
        this.reader = new PrometheusReader(url);
    }

    /**
     * Starts Prometheus, and waits until it is ready.
     *
     * @param major the major version, 2 or 3
     * @param folder the folder with {@code prometheus.yml} and the files to which it refers
     * @throws PrometheusMissingException if this version is not available
     * @throws IllegalStateException if Prometheus does not start with these files
     */
    public static Prometheus start(int major, Path folder) {
        Prometheus prometheus = PrometheusSource.first("Prometheus", major, source -> source.start(major, folder));
        try {
            prometheus.reader.awaitReady();
            LOG.info("Prometheus {} at {} from {}", prometheus.version(), prometheus.url, prometheus.source);
            return prometheus;
        } catch (RuntimeException e) {
            prometheus.close();
            throw e;
        }
    }

    /** Returns the base URL, without a trailing slash. */
    public String url() {
        return url;
    }

    /** Returns the source of this Prometheus, as words in a sentence. */
    public String source() {
        return source;
    }

    /** Returns the version, such as {@code 3.5.3}. */
    public String version() {
        return reader.version();
    }

    /**
     * Evaluates a query at the current time.
     *
     * @param promQl a query whose result is an instant vector or a scalar
     * @throws IllegalArgumentException if the query cannot be evaluated; the message comes from Prometheus
     */
    public List<Sample> query(String promQl) {
        return reader.query(promQl);
    }

    /** Returns the pending and firing alerts. */
    public List<Alert> alerts() {
        return reader.alerts();
    }

    @Override
    public void close() {
        end.run();
    }

    @Override
    public String toString() {
        return "Prometheus at " + url + " from " + source;
    }

    /** Sample in the result of a query; a scalar has no labels. */
    public record Sample(Map<String, String> labels, double value) {

        public Sample {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * Pending or firing alert.
     *
     * @param labels all labels, including {@code alertname}
     * @param firing whether the alert is firing; otherwise it is pending
     */
    public record Alert(Map<String, String> labels, Map<String, String> annotations, boolean firing) {

        public Alert {
            labels = Map.copyOf(labels);
            annotations = Map.copyOf(annotations);
        }
    }
}
