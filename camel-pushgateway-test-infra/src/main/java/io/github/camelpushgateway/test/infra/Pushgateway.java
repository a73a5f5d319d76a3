package io.github.camelpushgateway.test.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Running Pushgateway with access to its groups. Close it when it is no longer needed.
 *
 * <p>{@link #start()} uses the first available source. The sources are, in order: the gateway in the system property
 * {@code pushgateway.url}; a container of {@code prom/pushgateway} (version 1.11.2, or the system property {@code
 * pushgateway.version}); {@code pushgateway-1.11.2} (or another requested version), {@code pushgateway} or {@code
 * prometheus-pushgateway} on the PATH; and on Debian and Ubuntu the package of the distribution, unpacked into {@code
 * ~/.cache/camel-pushgateway}. If the system property {@code pushgateway.prefer} is {@code program}, a program on the
 * PATH is preferred to a container. All gateways but the first listen on a free port of the loopback address and
 * store nothing on disk. One log line at INFO reports the source.
 */
public final class Pushgateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pushgateway.class);

    private final String url;
    private final String source;
    private final PushgatewaySetup setup;
    private final GatewayReader reader;
    private final GatewayControl control;

    Pushgateway(String url, String source, PushgatewaySetup setup, GatewayControl control) {
        this.url = url;
        this.source = source;
        this.setup = setup;
        this.control = control;
        this.reader = new GatewayReader(url, setup);
    }

    /** Starts a gateway with plain HTTP and without authentication. */
    public static Pushgateway start() {
        return start(PushgatewaySetup.plain());
    }

    /**
     * Starts a gateway.
     *
     * @throws IllegalStateException if no gateway is available; the message has the reason of each source
     */
    public static Pushgateway start(PushgatewaySetup setup) {
        List<String> reasons = new ArrayList<>();
        for (PushgatewaySource candidate : sources()) {
            try {
                Pushgateway gateway = candidate.start(setup);
                gateway.validateVersion(setup.version());
                return gateway;
            } catch (IOException e) {
                LOG.debug("No Pushgateway: {}", e.getMessage(), e);
                reasons.add(e.getMessage());
            }
        }
        throw new IllegalStateException("no Pushgateway is available: " + String.join("; ", reasons));
    }

    private static List<PushgatewaySource> sources() {
        List<PushgatewaySource> sources = new ArrayList<>(List.of(new ExternalGatewaySource()));
        sources.addAll(SourceOrder.of(new ContainerSource(), new PathSource()));
        sources.add(new PackageSource());
        return sources;
    }

    private void validateVersion(String expected) throws IOException {
        try {
            String version = version();
            if (!expected.isEmpty() && !expected.equals(version)) {
                throw new IOException(source + " is version " + version + ", not " + expected);
            }
            LOG.info("Pushgateway {} at {} from {}", version, url, source);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Returns the base URL, without a trailing slash. */
    public String url() {
        return url;
    }

    /** Returns the source of this gateway, as words in a sentence. */
    public String source() {
        return source;
    }

    /** Returns the version, such as {@code 1.11.2}. */
    public String version() {
        return reader.version();
    }

    /** Returns the metrics that the gateway exposes to Prometheus, in the text format. */
    public String metrics() {
        return reader.get("/metrics");
    }

    /** Returns all groups. */
    public List<PushgatewayGroup> groups() {
        return reader.groups();
    }

    /** Returns the group with exactly these labels, passed as name, value, name, value. */
    public Optional<PushgatewayGroup> group(String... labels) {
        if (labels.length % 2 != 0) {
            throw new IllegalArgumentException("a label's value is missing");
        }
        Map<String, String> expected = new HashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            expected.put(labels[i], labels[i + 1]);
        }
        return groups().stream()
                .filter(group -> group.labels().equals(expected))
                .findFirst();
    }

    /**
     * Returns the value of a metric in the group with exactly these labels, or nothing if the gateway does not have this
     * group or this metric. A test can wait for the value, because a missing group is not an error.
     *
     * @param metric the name of a metric with exactly one sample
     * @param labels the labels of the group, passed as name, value, name, value
     */
    public OptionalDouble value(String metric, String... labels) {
        return group(labels).map(group -> group.find(metric)).orElse(OptionalDouble.empty());
    }

    /** Suspends the gateway. It sends no responses and accepts connections only as far as the operating system does. */
    public void pause() {
        try {
            control.pause();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resumes the gateway after {@link #pause()}. */
    public void resume() {
        try {
            control.resume();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Kills the gateway (SIGKILL) at once, and returns when its process has ended. Connections break, and only
     * persisted groups are kept. Requires {@link PushgatewaySetup#withRestarts()}.
     */
    public void kill() {
        signalEnd(GatewayControl.EndSignal.KILL);
    }

    /**
     * Terminates the gateway (SIGTERM), as the shutdown of a machine does, and returns when its process has ended. The
     * gateway persists its groups if a persistence file is set. Requires {@link PushgatewaySetup#withRestarts()}.
     */
    public void terminate() {
        signalEnd(GatewayControl.EndSignal.TERM);
    }

    private void signalEnd(GatewayControl.EndSignal signal) {
        requireRestarts();
        try {
            control.signalEnd(signal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts the gateway again at the same address after {@link #kill()} or {@link #terminate()}, and waits until it
     * responds.
     */
    public void restart() {
        requireRestarts();
        try {
            control.restart();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader.awaitReady();
    }

    private void requireRestarts() {
        if (!setup.restarts()) {
            throw new IllegalStateException("this gateway cannot be restarted; start it with withRestarts()");
        }
    }

    @Override
    public void close() {
        control.stop();
    }

    @Override
    public String toString() {
        return "Pushgateway at " + url + " from " + source;
    }
}
