package io.github.camelpushgateway.test.infra;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * JUnit 5 extension that runs a gateway for the tests of one class:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final PushgatewayExtension GATEWAY = new PushgatewayExtension();
 * }</pre>
 */
public final class PushgatewayExtension implements BeforeAllCallback, AfterAllCallback {

    private final PushgatewaySetup setup;

    @Nullable
    private Pushgateway gateway;

    /** Prepares a gateway with plain HTTP and without authentication. */
    public PushgatewayExtension() {
        this(PushgatewaySetup.plain());
    }

    /** Prepares a gateway with a setup. */
    public PushgatewayExtension(PushgatewaySetup setup) {
        this.setup = setup;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        gateway = Pushgateway.start(setup);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (gateway != null) {
            gateway.close();
            gateway = null;
        }
    }

    /** Returns the running gateway. */
    public Pushgateway get() {
        return Objects.requireNonNull(
                gateway, "the gateway is not running: it starts before the first test of a class");
    }

    /** Returns the base URL: see {@link Pushgateway#url()}. */
    public String url() {
        return get().url();
    }

    /** Returns the exposed metrics: see {@link Pushgateway#metrics()}. */
    public String metrics() {
        return get().metrics();
    }

    /** Returns all groups: see {@link Pushgateway#groups()}. */
    public List<PushgatewayGroup> groups() {
        return get().groups();
    }

    /** Returns one group: see {@link Pushgateway#group(String...)}. */
    public Optional<PushgatewayGroup> group(String... labels) {
        return get().group(labels);
    }

    /** Returns the value of a metric of one group: see {@link Pushgateway#value(String, String...)}. */
    public OptionalDouble value(String metric, String... labels) {
        return get().value(metric, labels);
    }
}
