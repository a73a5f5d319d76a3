package io.github.camelpushgateway.test.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Pushgateway that runs, and a look at what it holds. Close it when it is no longer needed.
 *
 * <p>{@link #start()} takes the first that can be had of: the gateway that the system property {@code pushgateway.url}
 * names; a container of {@code prom/pushgateway} (version 1.11.2, or the system property {@code pushgateway.version});
 * {@code pushgateway-1.11.2} (or another wanted version), {@code pushgateway} or {@code prometheus-pushgateway} on the PATH, or these before a
 * container if the system property {@code pushgateway.prefer} is {@code program}; on Debian and Ubuntu the distribution's package,
 * unpacked into {@code ~/.cache/camel-pushgateway}. All but the first listen on a free port of the loopback address and keep
 * nothing on disk. One line of the log at INFO tells which was taken.
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

    /** Starts a gateway that speaks HTTP to everybody. */
    public static Pushgateway start() {
        return start(PushgatewaySetup.plain());
    }

    /**
     * Starts a gateway.
     *
     * @throws IllegalStateException if none can be had; the message tells the reason of each way that was tried
     */
    public static Pushgateway start(PushgatewaySetup setup) {
        List<String> reasons = new ArrayList<>();
        for (PushgatewaySource from : sources()) {
            try {
                Pushgateway gateway = from.start(setup);
                gateway.check(setup.version());
                return gateway;
            } catch (IOException e) {
                LOG.debug("No Pushgateway: {}", e.getMessage(), e);
                reasons.add(e.getMessage());
            }
        }
        throw new IllegalStateException("no Pushgateway can be had: " + String.join("; ", reasons));
    }

    private static List<PushgatewaySource> sources() {
        List<PushgatewaySource> sources = new ArrayList<>(List.of(new NamedSource()));
        sources.addAll(SourceOrder.of(new ContainerSource(), new ProgramSource()));
        sources.add(new PackageSource());
        return sources;
    }

    private void check(String wanted) throws IOException {
        try {
            String version = version();
            if (!wanted.isEmpty() && !wanted.equals(version)) {
                throw new IOException(source + " is version " + version + ", not " + wanted);
            }
            LOG.info("Pushgateway {} at {} from {}", version, url, source);
        } catch (IOException | RuntimeException e) {
            close();
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

    /** Returns its version, such as {@code 1.11.2}. */
    public String version() {
        return reader.version();
    }

    /** Returns what it exposes to Prometheus, in text format. */
    public String metrics() {
        return reader.get("/metrics");
    }

    /** Returns all groups that it holds. */
    public List<PushgatewayGroup> groups() {
        return reader.groups();
    }

    /** Returns the group with exactly these labels, given as name, value, name, value. */
    public Optional<PushgatewayGroup> group(String... labels) {
        if (labels.length % 2 != 0) {
            throw new IllegalArgumentException("a label's value is missing");
        }
        Map<String, String> wanted = new HashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        return groups().stream().filter(group -> group.labels().equals(wanted)).findFirst();
    }

    /** Makes it hang: it answers nothing, and takes connections only as far as the operating system does. */
    public void pause() {
        try {
            control.pause();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets it go on after {@link #pause()}. */
    public void resume() {
        try {
            control.resume();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Kills it (SIGKILL), whatever it does, and comes back when it is dead: connections break, and what it held is gone but for
     * what it has persisted. Only with {@link PushgatewaySetup#withRestarts()}.
     */
    public void kill() {
        signalEnd(GatewayControl.EndSignal.KILL);
    }

    /**
     * Asks it to end (SIGTERM), as an orderly stop of a machine does, and comes back when it has. If it has a file for that, it
     * persists what it holds. Only with {@link PushgatewaySetup#withRestarts()}.
     */
    public void terminate() {
        signalEnd(GatewayControl.EndSignal.TERM);
    }

    private void signalEnd(GatewayControl.EndSignal signal) {
        checkRestarts();
        try {
            control.signalEnd(signal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again at the same address after {@link #kill()} or {@link #terminate()}, and waits until it answers. */
    public void restart() {
        checkRestarts();
        try {
            control.restart();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader.awaitReady();
    }

    private void checkRestarts() {
        if (!setup.restarts()) {
            throw new IllegalStateException("this gateway cannot be started again; ask for it with withRestarts()");
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
