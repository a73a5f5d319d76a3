package io.github.camelpushgateway.test.infra;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Prometheus that runs, and what it knows. Close it when it is no longer needed.
 *
 * <p>It is a container of {@code prom/prometheus}, which shares the network of the machine, or else the program
 * {@code prometheus-3} (or {@code prometheus-2}) or {@code prometheus} on the PATH; the program first if the system property
 * {@code pushgateway.prefer} is {@code program}. It listens on a free port of the loopback address, and its data is gone when it is closed. One
 * line of the log at INFO tells which was taken.
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
     * Starts one, and waits until it is ready.
     *
     * @param major its major version, 2 or 3
     * @param folder where {@code prometheus.yml} is, and beside it the files that it names
     * @throws PrometheusMissingException if there is none of this version
     * @throws IllegalStateException if it does not start with these files
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

    /** Returns its base URL, without a trailing slash. */
    public String url() {
        return url;
    }

    /** Tells where it came from, as words in a sentence. */
    public String source() {
        return source;
    }

    /** Returns its version, such as {@code 3.5.3}. */
    public String version() {
        return reader.version();
    }

    /**
     * Evaluates a query at this moment.
     *
     * @param promQl a query whose result is an instant vector or a scalar
     * @throws IllegalArgumentException if it cannot be evaluated; the message is that of Prometheus
     */
    public List<Sample> query(String promQl) {
        return reader.query(promQl);
    }

    /** Returns the alerts that are pending or firing. */
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

    /** One sample of a query's result; a scalar has no labels. */
    public record Sample(Map<String, String> labels, double value) {

        public Sample {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * An alert.
     *
     * @param labels all its labels, {@code alertname} included
     * @param firing whether it fires; otherwise it is pending
     */
    public record Alert(Map<String, String> labels, Map<String, String> annotations, boolean firing) {

        public Alert {
            labels = Map.copyOf(labels);
            annotations = Map.copyOf(annotations);
        }
    }
}
